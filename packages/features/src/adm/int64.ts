/**
 * The 64-bit integer arithmetic that ADM needs and doubles cannot hold:
 * products with a rounding shift, and sums of such products. A number is split
 * into parts that stay below 2^53, where doubles are exact.
 */
import { int64ToFloat32 } from './float32.js';
import { power2 } from './powers.js';

const WORD = 2 ** 32;
const HALF_WORD = 2 ** 16;

/**
 * `floor((a*b + add) / 2^shift)`, an arithmetic shift of the exact product.
 * @param a integer, `0 <= a < 2^36`
 * @param b integer, `|b| < 2^32`
 * @param add integer, `|add| < 2^50`
 * @param shift 16..63; the result must be below 2^53
 */
export const multiplyShift = (a: number, b: number, add: number, shift: number): number => {
  const upper = Math.floor(b / HALF_WORD);
  const lower = b - upper * HALF_WORD;
  // |a * upper| < 2^52 and a * lower + add < 2^53.
  const sum = a * upper + Math.floor((a * lower + add) / HALF_WORD);
  return Math.floor(sum / power2(shift - 16));
};

/**
 * A sum of non-negative integers, exact up to 2^84. Made once per kernel and
 * cleared; adding allocates nothing.
 */
export class WideSum {
  /** The sum is `high * 2^32 + low` with `0 <= low < 2^32`. */
  private high = 0;
  private low = 0;

  /** Sets the sum to 0. */
  clear(): void {
    this.high = 0;
    this.low = 0;
  }

  /** Adds an integer, `0 <= value < 2^52`. */
  add(value: number): void {
    const low = this.low + value;
    const carry = Math.floor(low / WORD);
    this.high += carry;
    this.low = low - carry * WORD;
  }

  /**
   * Adds `floor((a*b + add) / 2^shift)`.
   * @param a integer, `0 <= a < 2^34`
   * @param b integer, `0 <= b < 2^32`
   * @param add integer, `0 <= add < 2^49`
   * @param shift 0..16
   */
  addProduct(a: number, b: number, add: number, shift: number): void {
    const upper = Math.floor(b / HALF_WORD);
    const lower = b - upper * HALF_WORD;
    // a*b + add = above * 2^16 + below; above * 2^(16-shift) is an integer, so
    // only the lower part is rounded by the shift.
    const above = a * upper;
    const below = Math.floor((a * lower + add) / power2(shift));
    const words = Math.floor(above / power2(16 + shift));
    this.high += words;
    this.add((above - words * power2(16 + shift)) * power2(16 - shift) + below);
  }

  /** Adds `floor((sum + add) / 2^shift)`: a row into its total; shift 0..20. */
  addShifted(sum: WideSum, add: number, shift: number): void {
    const divisor = power2(shift);
    const words = Math.floor(sum.high / divisor);
    const rest = (sum.high - words * divisor) * WORD + sum.low;
    this.high += words;
    this.add(Math.floor((rest + add) / divisor));
  }

  /** The sum as a double, rounded once. */
  toNumber(): number {
    return this.high * WORD + this.low;
  }

  /** The sum, which must be below 2^63, as binary32, rounded once. */
  toFloat32(): number {
    return int64ToFloat32(this.high, this.low);
  }

  /** The sum itself. */
  toBigInt(): bigint {
    return BigInt(this.high) * BigInt(WORD) + BigInt(this.low);
  }
}
