import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixedLog2, LOG_FIRST, LOG_TABLE } from '../../src/vif/log-table.js';

// Check values of spec/vif.md section 6.
it.each([
  [32767, 30720],
  [32768, 30720],
  [32769, 30720],
  [40000, 31309],
  [50000, 31969],
  [65534, 32768],
  [65535, 32768],
])('LOG[%i] is %i', (i, value) => {
  expect(LOG_TABLE[i - LOG_FIRST]).toBe(value);
});

it('is the published table as a whole', () => {
  let hash = 2166136261;
  let sum = 0;
  for (const entry of LOG_TABLE) {
    sum += entry;
    for (const byte of [entry & 255, entry >> 8]) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  }
  expect(sum).toBe(1044062817);
  expect(hash).toBe(0x228f7ce9);
});

it('keeps the top 16 bits of any number', () => {
  const range = fc.bigInt({ min: 2n ** 16n, max: 2n ** 48n - 1n });
  fc.assert(
    fc.property(range, (x) => {
      const k = x.toString(2).length - 16;
      const top = Number(x >> BigInt(k));
      expect(fixedLog2(Number(x))).toBe((LOG_TABLE[top - LOG_FIRST] as number) + 2048 * k);
    }),
    { seed: 1 },
  );
});
