import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expNonPositive } from '../../src/exp/exp.js';
import { powerTable, TABLE_SIZE } from '../../src/exp/table.js';
import { exact, hex } from './bits.js';

const BITS = 1200n;
const ONE = 1n << BITS;

/** e^x * 2^1200 for -512 < x <= 0, to about 400 correct bits, from Taylor's series with integers. */
const expFixed = (x: number): bigint => {
  const { significand, exponent } = exact(x);
  const shift = BITS + BigInt(exponent);
  const fixed = shift >= 0n ? significand << shift : significand >> -shift;
  // e^x = (e^(x / 1024))^1024
  const small = fixed >> 10n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && n < 400n; n++) {
    term = (term * small) / (ONE * n);
    sum += term;
  }
  for (let i = 0; i < 10; i++) sum = (sum * sum) >> BITS;
  return sum;
};

/** |actual - e^x| in units of the last place of actual, to three decimals. */
const errorInUlp = (x: number): number => {
  const { significand, exponent } = exact(expNonPositive(x));
  const ulp = 1n << (BITS + BigInt(exponent));
  const difference = significand * ulp - expFixed(x);
  return Math.abs(Number((difference * 1000n) / ulp)) / 1000;
};

describe('power table', () => {
  const { high, tail } = powerTable();

  it('has the entries that the specification prints', () => {
    expect(high[0]).toBe(1);
    expect(tail[0]).toBe(0);
    expect(hex(high[1] ?? NaN)).toBe('3ff0163da9fb3335');
    expect(hex(tail[1] ?? NaN)).toBe('3c9b3b4f1a88bf6e');
    expect(hex(high[2] ?? NaN)).toBe('3ff02c9a3e778061');
    expect(hex(tail[2] ?? NaN)).toBe('bc7160139cd8dc5d');
  });

  it('agrees with the engine to the last place, and its tails lie below half a place', () => {
    for (let k = 0; k < TABLE_SIZE; k++) {
      const expected = 2 ** (k / TABLE_SIZE);
      expect(Math.abs((high[k] ?? NaN) - expected)).toBeLessThanOrEqual(2 ** -52);
      expect(Math.abs(tail[k] ?? NaN)).toBeLessThan(2 ** -53);
    }
    expect(high[64]).toBe(Math.SQRT2);
  });
});

describe('expNonPositive', () => {
  it('is within 0.52 units in the last place, from -512 to 0', () => {
    const argument = fc.oneof(
      fc.double({ min: -40, max: 0, noNaN: true }),
      fc.double({ min: -511, max: 0, noNaN: true }),
      fc.double({ min: -1e-3, max: 0, noNaN: true }),
    );
    fc.assert(
      fc.property(argument, (x) => errorInUlp(x) <= 0.52),
      { numRuns: 400, seed: 4 },
    );
  });

  it('equals the C library as bits on 200,000 arguments', () => {
    const values = new DataView(new ArrayBuffer(8 * 200_000));
    let random = 12345;
    for (let i = 0; i < 200_000; i++) {
      random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
      const x = -(i % 2 === 0 ? 40 : 511) * (random / 2 ** 31);
      values.setFloat64(8 * i, expNonPositive(x), true);
    }
    // Of the results of exp() of the GNU C library 2.36 on an x86-64 processor with
    // FMA, for the same arguments, as little-endian doubles one after another.
    expect(createHash('sha256').update(values).digest('hex')).toBe(
      '5f11bf49baf107819de4d6d1f271779aac53d80cbc808698dfcd2c88bfb4cd5b',
    );
  });

  it('is exact at 0 and rounds 1 + x beside it', () => {
    expect(expNonPositive(0)).toBe(1);
    expect(expNonPositive(-0)).toBe(1);
    expect(expNonPositive(-(2 ** -55))).toBe(1);
    expect(expNonPositive(-(2 ** -53))).toBe(1 - 2 ** -53);
  });

  it('continues below -512', () => {
    expect(expNonPositive(-512)).toBe(Math.exp(-512));
    expect(expNonPositive(-1000)).toBe(0);
    expect(expNonPositive(-Infinity)).toBe(0);
    expect(expNonPositive(NaN)).toBeNaN();
  });

  it('is within one unit of the engine at every table index and power', () => {
    for (let n = 0; n < 512 * 4; n++) {
      const x = -n / 4 - n / 4096;
      if (x <= -512) continue;
      const engine = Math.exp(x);
      const ratio = Math.abs(expNonPositive(x) - engine) / engine;
      expect(ratio).toBeLessThanOrEqual(2 ** -51);
    }
  });
});
