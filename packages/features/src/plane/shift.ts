/**
 * Rounded right shifts of integers that live in binary64. Multiplying by a
 * power of two is exact below 2^53, so flooring afterwards is the arithmetic
 * shift of a 64-bit integer.
 */

/** A rounded right shift as two factors: `floor((x + offset) * factor)`. */
export interface RoundedShift {
  /** Half of the divisor, 0 where nothing is shifted. */
  readonly offset: number;
  /** `2^-bits`. */
  readonly factor: number;
}

/** The shift by `bits` that rounds half up (towards plus infinity): `(x + 2^(bits-1)) >> bits`. */
export const roundedShift = (bits: number): RoundedShift => ({
  offset: bits === 0 ? 0 : 2 ** (bits - 1),
  factor: 2 ** -bits,
});
