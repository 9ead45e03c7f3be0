/**
 * Conversions of 64-bit integers to binary32 with one rounding. Going through
 * a double first would round twice: once the integer passes 2^53, and again to
 * 24 bits, which differs where the first rounding lands on a tie.
 */

const WORD = 2 ** 32;
const HALF_WORD = 2 ** 16;
const EXACT = 2 ** 52;

/**
 * The 64-bit integer `high * 2^32 + low` as binary32, rounded to nearest, ties
 * to even.
 * @param high integer, `-2^31 <= high < 2^31`
 * @param low integer, `0 <= low < 2^32`
 */
export const int64ToFloat32 = (high: number, low: number): number => {
  // Below 2^53 the double is exact and fround is the only rounding.
  if (high >= -0x20_0000 && high < 0x20_0000) return Math.fround(high * WORD + low);
  // From 2^53 on half a binary32 unit is 2^29 or more. The bits below 2^16 can
  // only break a tie, so one sticky bit stands for them all; what is left has
  // at most 48 bits and is exact.
  const upper = Math.floor(low / HALF_WORD);
  const sticky = low - upper * HALF_WORD > 0 ? 1 : 0;
  return Math.fround(((high * HALF_WORD + upper) * 2 + sticky) * (HALF_WORD / 2));
};

/**
 * `a*b + c*d` as binary32: the exact 64-bit sum, rounded once.
 * @param a 32-bit signed integer, as `b`, `c` and `d`
 */
export const dotFloat32 = (a: number, b: number, c: number, d: number): number => {
  const first = a * b;
  const second = c * d;
  if (first < EXACT && first > -EXACT && second < EXACT && second > -EXACT) {
    return Math.fround(first + second);
  }
  // a = upper * 2^16 + lower, so that no partial product passes 2^49.
  const upperA = Math.floor(a / HALF_WORD);
  const upperC = Math.floor(c / HALF_WORD);
  const lowSum = (a - upperA * HALF_WORD) * b + (c - upperC * HALF_WORD) * d;
  const carry = Math.floor(lowSum / HALF_WORD);
  const lowest = lowSum - carry * HALF_WORD;
  const above = upperA * b + upperC * d + carry;
  const high = Math.floor(above / HALF_WORD);
  return int64ToFloat32(high, (above - high * HALF_WORD) * HALF_WORD + lowest);
};
