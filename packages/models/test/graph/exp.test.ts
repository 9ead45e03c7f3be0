import { createRandom } from '@tinyvmaf/core';
import { exp } from '@tinyvmaf/models';
import { describe, expect, it } from 'vitest';

const bitsOf = (value: number): bigint => new BigInt64Array(Float64Array.of(value).buffer)[0]!;

describe('exp', () => {
  it('is within a unit of the last place of another one', () => {
    const random = createRandom(1);
    let equal = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = (random.float() - 0.5) * [2, 20, 1400][i % 3]!;
      const away = bitsOf(exp(x)) - bitsOf(Math.exp(x));
      expect(away >= -1n && away <= 1n, String(x)).toBe(true);
      if (away === 0n) equal++;
    }
    expect(equal).toBeGreaterThan(95_000);
  });

  it('is exact where it must be, and ends where doubles do', () => {
    expect([0, -0, NaN, Infinity, -Infinity, 710, -746].map(exp)).toEqual([
      1,
      1,
      NaN,
      Infinity,
      0,
      Infinity,
      0,
    ]);
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(-745)).toBe(5e-324);
  });

  it('gives pinned bits', () => {
    expect([-0.3, 0.1, 5.5, -700].map((x) => bitsOf(exp(x)).toString(16))).toEqual([
      '3fe7b4c869c37c05',
      '3ff1aec7b35a00d4',
      '406e96244f21bbf6',
      'd14f2b0fb9307f',
    ]);
  });
});
