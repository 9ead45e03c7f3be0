import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accumulateRow, emptySums } from '../../src/vif/accumulate.js';
import { productHigh } from '../../src/vif/statistics.js';

it('multiplies 32-bit numbers without losing a bit', () => {
  const word = fc.oneof(
    fc.nat(2 ** 32 - 1),
    fc.constantFrom(0, 1, 65535, 65536, 2 ** 31, 2 ** 32 - 1),
  );
  fc.assert(
    fc.property(word, word, (a, b) => {
      const exact = (BigInt(a) * BigInt(b) + 2n ** 31n) >> 32n;
      expect(productHigh(a, b)).toBe(Number(exact));
    }),
    { seed: 2, numRuns: 2000 },
  );
});

it('keeps the linear sum exact beyond 2^53 and rounds it once', () => {
  const width = 1001;
  const row = {
    variance1: new Float64Array(width),
    variance2: new Float64Array(width).fill(2 ** 30 - 3),
    covariance: new Float64Array(width),
  };
  const sums = emptySums();
  const rows = 10007;
  for (let y = 0; y < rows; y++) accumulateRow(row, width, 100, sums);
  expect(sums.cntLin).toBe(width * rows);
  expect(sums.numLin).toBe(Number(BigInt(width * rows) * (2n ** 30n - 3n)));
  expect(sums.numLin).toBeGreaterThan(2 ** 53);
});
