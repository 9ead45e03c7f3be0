// 64-bit integers to binary32 with one rounding, against big integers. Inputs
// are aimed at ties and at values where rounding twice gives another result.
import { describe, expect, it } from 'vitest';
import { dotFloat32, int64ToFloat32 } from '../../src/adm/float32.js';
import { createShaped, float32OfBigInt } from './exact.js';

const convert = (value: bigint): number =>
  int64ToFloat32(Number(value >> 32n), Number(BigInt.asUintN(32, value)));

/** Neighbourhoods of the ties of binary32 from 2^25 to 2^63. */
const nearTies = (): bigint[] => {
  const values: bigint[] = [];
  for (let exponent = 25n; exponent < 63n; exponent++) {
    const unit = 1n << (exponent - 23n);
    for (const mantissa of [1n << 23n, (1n << 23n) + 1n, (1n << 24n) - 1n, 0xc0ffeen]) {
      const tie = mantissa * unit + unit / 2n;
      for (const offset of [-65537n, -65536n, -257n, -1n, 0n, 1n, 255n, 65535n, 65536n]) {
        values.push(tie + offset, -(tie + offset));
      }
    }
  }
  return values.filter((value) => value >= -(1n << 63n) && value < 1n << 63n);
};

describe('int64ToFloat32', () => {
  it('rounds once around every tie', () => {
    for (const value of nearTies()) {
      expect([value, convert(value)]).toEqual([value, float32OfBigInt(value)]);
    }
  });

  it('differs from rounding through a double', () => {
    const twice = nearTies().filter((value) => Math.fround(Number(value)) !== convert(value));
    expect(twice.length).toBeGreaterThan(50);
    // 2^60 + half a unit + 1: the double drops the 1, and the tie then goes down.
    expect(convert(2n ** 60n + 2n ** 36n + 1n)).toBe(2 ** 60 + 2 ** 37);
    expect(Math.fround(Number(2n ** 60n + 2n ** 36n + 1n))).toBe(2 ** 60);
  });

  it('takes the ends of the range', () => {
    expect(convert(-(2n ** 63n))).toBe(-(2 ** 63));
    expect(convert(2n ** 63n - 1n)).toBe(2 ** 63);
    expect(convert(0n)).toBe(0);
    expect(convert(-1n)).toBe(-1);
    expect(convert(2n ** 53n - 1n)).toBe(2 ** 53);
    expect(convert(-(2n ** 53n) - 1n)).toBe(-(2 ** 53));
  });
});

describe('dotFloat32', () => {
  const exact = (a: number, b: number, c: number, d: number): number =>
    float32OfBigInt(BigInt(a) * BigInt(b) + BigInt(c) * BigInt(d));

  it('equals the exact sum of products, rounded once', () => {
    const shaped = createShaped(0x5eed1);
    for (let i = 0; i < 100_000; i++) {
      const [a, b, c, d] = [shaped(31), shaped(31), shaped(31), shaped(31)] as const;
      const actual = dotFloat32(a, b, c, d);
      if (!Object.is(actual + 0, exact(a, b, c, d) + 0)) {
        expect([a, b, c, d, actual]).toEqual([a, b, c, d, exact(a, b, c, d)]);
      }
    }
  });

  it('rounds once where a double would round twice', () => {
    // 2^30 * c + d reaches any 61-bit integer.
    for (const value of nearTies().filter((v) => v > 0n && v < 1n << 60n)) {
      const [c, d] = [Number(value >> 30n), Number(value & 0x3fffffffn)];
      expect([value, dotFloat32(2 ** 30, c, 1, d)]).toEqual([value, float32OfBigInt(value)]);
    }
  });

  it('is exact where large products cancel', () => {
    const a = 2147483647;
    expect(dotFloat32(a, a, -a, a)).toBe(0);
    expect(dotFloat32(a, a, -(a - 1), a)).toBe(Math.fround(a));
    expect(dotFloat32(-2147483648, -2147483648, 2147483647, -2147483648)).toBe(2147483648);
  });
});
