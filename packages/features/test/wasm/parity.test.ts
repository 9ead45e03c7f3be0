// The backends give the same bits, through the public extractor, over a spread
// of sizes, depths, contents, options and numbers of videos. Thousands more in
// parity.long.test.ts.
import { describe, expect, it } from 'vitest';
import { caseFrom, compareBackends, type ParityCase } from './cases.js';

const SMALL = 240;
const PER_TEST = 24;

/** Sizes where something changes: the least, around whole vectors, around strips. */
const EDGES: readonly (readonly [number, number])[] = [
  [17, 17],
  [32, 33],
  [33, 32],
  [63, 64],
  [64, 63],
  [65, 17],
  [17, 129],
  [127, 40],
  [128, 41],
  [129, 42],
  [256, 20],
  [257, 35],
  [385, 18],
];

const check = async (cases: readonly ParityCase[]): Promise<number> => {
  let values = 0;
  for (const which of cases) {
    const found = await compareBackends(which);
    expect(found.differences.slice(0, 3), JSON.stringify(which)).toEqual([]);
    values += found.values;
  }
  return values;
};

describe('wasm equals reference', () => {
  const starts = Array.from({ length: SMALL / PER_TEST }, (_, i) => i * PER_TEST);

  it.each(starts)('in the cases from seed %i on', async (start) => {
    const cases = Array.from({ length: PER_TEST }, (_, i) => caseFrom(start + i, 72));
    expect(await check(cases)).toBeGreaterThan(PER_TEST * 15);
  });

  it.each(EDGES)('at %ix%i', async (width, height) => {
    const cases = ([8, 10, 16] as const).map((bitDepth, i) => ({
      ...caseFrom(1000 + width + i, 72),
      ...{ width, height, bitDepth, frames: 2, count: 1, subsample: 1 },
    }));
    expect(await check(cases)).toBeGreaterThan(100);
  });
});
