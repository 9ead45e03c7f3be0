// Split 64-bit arithmetic against big integers.
import { describe, expect, it } from 'vitest';
import { multiplyShift, WideSum } from '../../src/adm/int64.js';
import { ceilLog2, power2, roundingOf } from '../../src/adm/powers.js';
import { createShaped, float32OfBigInt } from './exact.js';

describe('multiplyShift', () => {
  it('floors the exact product', () => {
    const shaped = createShaped(0x5eed2);
    for (let i = 0; i < 100_000; i++) {
      const a = Math.abs(shaped(32));
      const b = shaped(31);
      const shift = 16 + (i % 20);
      const add = shaped(32);
      const exact = Number((BigInt(a) * BigInt(b) + BigInt(add)) >> BigInt(shift));
      if (multiplyShift(a, b, add, shift) !== exact) {
        expect([a, b, add, shift, multiplyShift(a, b, add, shift)]).toEqual([
          ...[a, b, add, shift],
          exact,
        ]);
      }
    }
  });

  it('rounds half up for either sign when half a unit is added', () => {
    const half = roundingOf(28);
    expect([3, 1, -1, -3].map((n) => multiplyShift(2 ** 27, n, half, 28))).toEqual([2, 1, 0, -1]);
  });

  it('takes the largest squares', () => {
    const x = 2 ** 32 - 1;
    expect(multiplyShift(x, x, 2 ** 31, 31)).toBe(
      Number((BigInt(x) * BigInt(x) + 2n ** 31n) >> 31n),
    );
  });
});

describe('WideSum', () => {
  it('adds up shifted products exactly, far beyond 2^53', () => {
    const shaped = createShaped(0x5eed3);
    for (let shift = 0; shift <= 16; shift++) {
      const sum = new WideSum();
      let exact = 0n;
      for (let i = 0; i < 4000; i++) {
        const a = Math.abs(shaped(34));
        const b = Math.abs(shaped(32));
        const add = roundingOf(shift);
        sum.addProduct(a, b, add, shift);
        exact += (BigInt(a) * BigInt(b) + BigInt(add)) >> BigInt(shift);
      }
      expect(sum.toBigInt()).toBe(exact);
      expect(sum.toNumber()).toBe(Number(exact));
    }
  });

  it('adds a row to a total with a rounding shift', () => {
    const shaped = createShaped(0x5eed4);
    for (let shift = 0; shift <= 20; shift++) {
      const total = new WideSum();
      let exact = 0n;
      for (let i = 0; i < 200; i++) {
        const row = new WideSum();
        for (let j = 0; j < 9; j++) row.add(Math.abs(shaped(52)));
        const add = roundingOf(shift);
        exact += (row.toBigInt() + BigInt(add)) >> BigInt(shift);
        total.addShifted(row, add, shift);
      }
      expect(total.toBigInt()).toBe(exact);
    }
  });

  it('converts to binary32 with one rounding and starts again from 0', () => {
    const sum = new WideSum();
    for (const value of [2n ** 60n + 2n ** 36n + 1n, 2n ** 62n + 3n * 2n ** 38n - 1n]) {
      sum.clear();
      for (let rest = value; rest > 0n; rest -= rest < 2n ** 51n ? rest : 2n ** 51n) {
        sum.add(Number(rest < 2n ** 51n ? rest : 2n ** 51n));
      }
      expect(sum.toBigInt()).toBe(value);
      expect(sum.toFloat32()).toBe(float32OfBigInt(value));
      expect(Math.fround(sum.toNumber())).not.toBe(sum.toFloat32());
    }
  });
});

describe('powers of two', () => {
  it('are exact', () => {
    for (let n = 0; n < 64; n++) expect(BigInt(power2(n))).toBe(1n << BigInt(n));
    expect([0, 1, 2, 20].map(roundingOf)).toEqual([0, 1, 2, 524288]);
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [1024, 10],
    [1025, 11],
    [2 ** 20, 20],
    [2 ** 20 + 1, 21],
  ])('ceilLog2(%d) is %d', (n, c) => {
    expect(ceilLog2(n)).toBe(c);
  });
});
