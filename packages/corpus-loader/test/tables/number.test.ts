import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseCell } from '../../src/tables/cells.js';
import { parseCount, parseNumber } from '../../src/tables/number.js';

describe('numbers of tables', () => {
  it('are what JavaScript writes, to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(` ${value} `)).toEqual(E.right(Number(String(value))));
      }),
      { seed: 5 },
    );
  });

  it.each(['+1', '-.5', '1.', '1e3', '1E-3', '007'])('may be written %s', (text) => {
    expect(parseNumber(text)).toEqual(E.right(Number(text)));
  });

  it.each([
    ['98,5', /decimal comma/],
    ['nan', /not a finite number/],
    ['-Infinity', /not a finite number/],
    ['1e999', /too large/],
    ['', /is empty/],
    ['0x10', /is not a number/],
    ['1_000', /is not a number/],
    ['1.234,5', /is not a number/],
    ['1 000', /is not a number/],
    ['٣', /is not a number/],
    ['--1', /is not a number/],
    ['.', /is not a number/],
    ['1e', /is not a number/],
  ])('are not %j', (text, message) => {
    const result = parseNumber(text);
    expect(E.isLeft(result) && result.left).toMatch(message);
  });

  it('are whole where they are counts', () => {
    expect(parseCount('12', 1)).toEqual(E.right(12));
    expect(parseCount('0', 1)).toEqual(E.left('"0" is not a whole number >= 1'));
    expect(parseCount('1.5', 1)._tag).toBe('Left');
    expect(parseCount('9007199254740993', 1)._tag).toBe('Left');
  });

  it('stay text where they look like names', () => {
    expect([looseCell('12.50'), looseCell('007'), looseCell('x'), looseCell('0.5')]).toEqual([
      12.5,
      '007',
      'x',
      0.5,
    ]);
  });
});
