import { describe, expect, test } from 'vitest';
import { createRandom } from '@tinyvmaf/core';
import {
  exactRate,
  fromDecimal,
  limitDenominator,
  minus,
  rational,
  rounded,
} from '../../src/ladder/rational.js';

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

describe('fractions', () => {
  test.each([
    ['29.97', '30000/1001'],
    ['23.976', '24000/1001'],
    ['59.94', '60000/1001'],
    ['12.5', '25/2'],
    ['24', '24/1'],
    ['13.333333333', '40/3'],
    ['0.999', '1000/1001'],
  ])('the rate %s is %s', (text, expected) => {
    const { n, d } = exactRate(fromDecimal(text)!);
    expect(`${n}/${d}`).toBe(expected);
  });

  test.each(['', '-1', '1e3', 'NaN', '1,5', '0x10', '.5'])('%j is no decimal', (text) => {
    expect(fromDecimal(text)).toBeUndefined();
  });

  test('a limited denominator gives the closest fraction there is', () => {
    const random = createRandom(5);
    for (let i = 0; i < 200; i++) {
      const a = rational(random.below(100_000), 1 + random.below(100_000));
      const limit = 1 + random.below(30);
      const found = limitDenominator(a, BigInt(limit));
      expect(found.d <= BigInt(limit)).toBe(true);
      const error = minus(a, found);
      for (let d = 1; d <= limit; d++) {
        // The nearest numerator for this denominator.
        const near = rational(rounded(rational(a.n * BigInt(d), a.d)), d);
        const other = minus(a, near);
        expect(abs(error.n) * other.d <= abs(other.n) * error.d).toBe(true);
      }
    }
  });

  test('halves round up', () => {
    expect([rational(1, 2), rational(3, 2), rational(5, 4), rational(0)].map(rounded)).toEqual([
      1, 2, 1, 0,
    ]);
  });
});
