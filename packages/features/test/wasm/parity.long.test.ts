// The backends give the same bits in at least ten thousand cases. The seed is
// printed; TINYVMAF_SEED repeats a run, TINYVMAF_PARITY_SECONDS makes it longer.
import { describe, expect, it } from 'vitest';
import { caseFrom, compareBackends, type ParityCase } from './cases.js';

const CASES = 10_000;
const SECONDS = Number(process.env['TINYVMAF_PARITY_SECONDS'] ?? 0);
const SEED = Number(process.env['TINYVMAF_SEED'] ?? Date.now() % 2 ** 24);

const check = async (which: ParityCase): Promise<void> => {
  const { differences } = await compareBackends(which);
  expect(differences.slice(0, 3), JSON.stringify(which)).toEqual([]);
};

describe('wasm equals reference', () => {
  it('in ten thousand cases', async () => {
    console.log(`parity: seed ${SEED}`);
    const end = performance.now() + 1000 * SECONDS;
    let count = 0;
    for (; count < CASES || performance.now() < end; count++) {
      // Most cases are small so that there can be many; some reach further.
      const most = count % 50 === 0 ? 400 : count % 5 === 0 ? 160 : 56;
      await check(caseFrom(SEED + count, most));
    }
    console.log(`parity: ${count} cases`);
    expect(count).toBeGreaterThanOrEqual(CASES);
  });

  // All widths and heights 33..160, crossed sparsely: each occurs once.
  it('at every width and height from 33 to 160', async () => {
    for (let i = 0; i < 128; i++) {
      const width = 33 + i;
      const height = 33 + ((i * 37) % 128);
      const frames = i % 8 === 0 ? 2 : 1;
      await check({ ...caseFrom(i, 160), width, height, frames, count: 1, subsample: 1 });
    }
  });

  it.each([
    [1920, 1080, 8],
    [1920, 1080, 10],
    [1917, 1077, 12],
    [3840, 2160, 8],
    [3837, 2158, 16],
  ] as const)('at %ix%i and %i bits', async (width, height, bitDepth) => {
    for (const content of ['texture', 'noise']) {
      const size = { width, height, bitDepth, content };
      await check({ ...caseFrom(5, 64), ...size, frames: 2, count: 1, subsample: 1 });
    }
  });
});
