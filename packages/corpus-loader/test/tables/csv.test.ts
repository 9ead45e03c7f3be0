import { errorMessage, TinyVmafException } from '@tinyvmaf/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separatorOf, streamCsv } from '../../src/tables/csv.js';

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
}

const read = async (text: string, sizes: readonly number[] = [7]): Promise<string[][]> => {
  const { columns, rows } = await streamCsv(pieces(Buffer.from(text), sizes), 't.csv');
  const all = [[...columns]];
  for await (const { cells } of rows) all.push([...cells]);
  return all;
};

const message = async (text: string): Promise<string> => {
  try {
    await read(text);
    return 'no error';
  } catch (thrown) {
    return thrown instanceof TinyVmafException ? errorMessage(thrown.error) : String(thrown);
  }
};

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    '"',
    '""',
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    '# x',
    ' b ',
    "'",
    '\uFEFF',
    '0',
  ),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);

describe('tables as streams', () => {
  it('give back any cells that were quoted, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (rows, separator, end, sizes) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const table = [['x', 'y', 'z'], ...rows];
          const text = table.map((row) => row.map(quote).join(separator)).join(end);
          expect(await read(text + end, sizes)).toEqual(table);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it('name the line of a row that does not fit', async () => {
    expect(await message('a,b\n1,2\n\n# c\n3\n')).toBe(
      't.csv, line 5: has 1 cells where the header has 2.',
    );
    expect(await message('a,,b\n')).toBe('t.csv, line 1: column 2 has no name.');
  });

  it('give up on a quote that is never closed, without keeping it all', async () => {
    const text = `a,b\n"${'x'.repeat(3 * 2 ** 20)}`;
    expect(await message(text)).toMatch(/^t\.csv, line \d+: /);
  });

  it('hand on what the bytes throw', async () => {
    const error = { _tag: 'Io', operation: 'read', target: 'x', problem: 'gone' } as const;
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(`a,b\n${'1,2\n'.repeat(40_000)}`));
      throw new TinyVmafException(error);
    }
    await expect(
      (async () => {
        const { rows } = await streamCsv(broken(), 't.csv');
        for await (const _row of rows);
      })(),
    ).rejects.toMatchObject({ error });
  });

  it('stop reading when nobody asks any more', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('a,b\n');
        for (;;) yield await Promise.resolve(Buffer.from('1,2\n'.repeat(1000)));
      } finally {
        ended = true;
      }
    }
    const { rows } = await streamCsv(endless(), 't.csv');
    let seen = 0;
    for await (const _row of rows) if (++seen === 5000) break;
    await new Promise((done) => setTimeout(done, 50));
    expect([seen, ended]).toEqual([5000, true]);
  });
});

describe('the separator', () => {
  it.each([
    ['clip,mos', ','],
    ['clip;mos', ';'],
    ['clip\tmos', '\t'],
    ['clip', ','],
    ['"a,b,c";d', ';'],
    ['a;b,c;d', ';'],
  ])('of %j is %j', (header, separator) => {
    expect(separatorOf(header)).toBe(separator);
  });
});
