import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plcc, ranks, rmse, srocc } from '../src/index.js';

describe('ranks', () => {
  it('gives equal values the mean of their places', () => {
    expect([...ranks([10, 20, 20, 30])]).toEqual([1, 2.5, 2.5, 4]);
    expect([...ranks([100, 100, 100])]).toEqual([2, 2, 2]);
  });

  it('takes last-bit noise for a tie', () => {
    expect([...ranks([95.00001, 95.00002, 90])]).toEqual([2.5, 2.5, 1]);
  });
});

describe('correlation', () => {
  it('knows the textbook values', () => {
    expect(plcc([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 15);
    expect(plcc([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 15);
    expect(srocc([1, 2, 3, 4], [1, 8, 27, 64])).toBe(1);
    // One swap of neighbours among four: 1 - 6*2/(4*15).
    expect(srocc([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
  });

  it('does not exist for constant, short, unequal or broken series', () => {
    expect(plcc([0.1, 0.1, 0.1], [1, 2, 3])).toBeUndefined();
    expect(srocc([100, 100.00001, 100], [1, 2, 3])).toBeUndefined();
    expect(plcc([1], [1])).toBeUndefined();
    expect(plcc([1, 2], [1, 2, 3])).toBeUndefined();
    expect(plcc([1, NaN], [1, 2])).toBeUndefined();
    expect(srocc([1, NaN], [1, 2])).toBeUndefined();
  });

  it('stays within -1..1 and does not care about scale or order', () => {
    const series = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3 });
    fc.assert(
      fc.property(series, (a) => {
        const b = a.map((x, i) => x / 2 + (i % 3));
        for (const f of [plcc, srocc]) {
          const r = f(a, b);
          expect(r === undefined || Math.abs(r) <= 1).toBe(true);
          expect(f(b, a)).toBe(r);
        }
      }),
    );
  });
});

it('measures the distance of two series', () => {
  expect(rmse([1, 2], [4, 6])).toBe(Math.sqrt(12.5));
  expect(rmse([], [])).toBeUndefined();
  expect(rmse([1], [1, 2])).toBeUndefined();
});
