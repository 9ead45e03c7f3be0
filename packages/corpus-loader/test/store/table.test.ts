import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '@tinyvmaf/core';
import { SEAL_KEY } from '../../src/store/seal.js';
import { decodeTable, encodeTable, isTable, type Table } from '../../src/store/table.js';
import { metadataIndependently, readIndependently } from '../support/arrow.js';
import { AWKWARD, bits, featureRows } from '../support/store-data.js';

const tableOf = (frames: number, firstFrame = 0): Table => ({
  firstFrame,
  rows: frames,
  columns: new Map(FEATURES.map((name) => [name, featureRows(frames, 3).columns[name]])),
  metadata: new Map([['tinyvmaf.kind', 'test']]),
});

const decoded = async (bytes: Uint8Array): Promise<Table> => {
  const table = await decodeTable(bytes);
  if (!isTable(table)) throw new Error(table.problem);
  return table;
};

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a table', () => {
  it('comes back as bits, here and in an independent reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(finite, fc.constantFrom(...AWKWARD)), { minLength: 1, maxLength: 80 }),
        fc.nat(1e6),
        async (rows, firstFrame) => {
          const a = Float64Array.from(rows, ([x]) => x);
          const b = Float64Array.from(rows, ([, x]) => x);
          const columns = new Map([
            ['a', a],
            ['b', b],
          ]);
          const metadata = new Map([['k', 'ü\n"']]);
          const bytes = encodeTable({ firstFrame, rows: rows.length, columns, metadata });
          const table = await decoded(bytes);
          expect(bits(table.columns.get('a')!)).toEqual(bits(a));
          expect(bits(table.columns.get('b')!)).toEqual(bits(b));
          expect(table.metadata.get('k')).toBe('ü\n"');
          expect(table.firstFrame).toBe(firstFrame);
          const other = readIndependently(bytes);
          expect(bits(other.columns.get('a') as Float64Array)).toEqual(bits(a));
          expect(bits(other.columns.get('b') as Float64Array)).toEqual(bits(b));
          expect([...other.columns.get('frame')!]).toEqual(rows.map((_, i) => firstFrame + i));
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  it('of more rows than a row group has comes back whole', async () => {
    const table = tableOf(140_001);
    const bytes = encodeTable(table);
    const back = await decoded(bytes);
    const other = readIndependently(bytes);
    for (const name of FEATURES) {
      const expected = table.columns.get(name)!;
      expect(Buffer.from(back.columns.get(name)!.buffer).equals(Buffer.from(expected.buffer))).toBe(
        true,
      );
      const there = other.columns.get(name) as Float64Array;
      expect(Buffer.from(there.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
    }
    expect(other.columns.get('frame')).toHaveLength(140_001);
  });

  it('says its version, kind and checksum in metadata that any reader sees', async () => {
    const bytes = encodeTable(tableOf(10));
    const metadata = await metadataIndependently(bytes);
    expect(metadata.get('tinyvmaf.table')).toBe('1');
    expect(metadata.get('tinyvmaf.kind')).toBe('test');
    const seal = metadata.get(SEAL_KEY)!;
    const blank = Buffer.from(bytes);
    blank.write('0'.repeat(64), blank.lastIndexOf(seal), 'latin1');
    expect(createHash('sha256').update(blank).digest('hex')).toBe(seal);
  });

  it('without rows is refused', () => {
    expect(() => encodeTable(tableOf(0))).toThrow(/frames must be 1 or more, got "0"/);
  });

  it('is the same bytes every time', () => {
    expect(encodeTable(tableOf(100))).toEqual(encodeTable(tableOf(100)));
  });

  it('of a later version is told from a corrupt one', async () => {
    const newer = encodeTable({ ...tableOf(3), metadata: new Map([['tinyvmaf.table', '2']]) });
    expect(await decodeTable(newer)).toEqual({
      kind: 'newer',
      problem: 'its table version is 2; this version reads 1',
    });
  });
});

describe('a damaged table', () => {
  it('is found, wherever a bit flips', async () => {
    const bytes = encodeTable(tableOf(7));
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= 1 << (at % 8);
      expect(await decodeTable(damaged)).toMatchObject({ kind: 'corrupt' });
    }
  });

  it('is found, wherever it was cut off', async () => {
    const bytes = encodeTable(tableOf(7));
    for (let length = 0; length < bytes.length; length++) {
      expect(await decodeTable(bytes.subarray(0, length))).toMatchObject({ kind: 'corrupt' });
    }
    expect(await decodeTable(Buffer.concat([bytes, Buffer.from([0])]))).toMatchObject({
      kind: 'corrupt',
    });
    expect(await decodeTable(Buffer.concat([bytes, Buffer.from('PAR1')]))).toMatchObject({
      kind: 'corrupt',
    });
  });

  it('of random bytes is none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        const framed = Buffer.concat([Buffer.from('PAR1'), noise, Buffer.from('PAR1')]);
        expect(await decodeTable(noise)).toMatchObject({ kind: 'corrupt' });
        expect(await decodeTable(framed)).toMatchObject({ kind: 'corrupt' });
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});
