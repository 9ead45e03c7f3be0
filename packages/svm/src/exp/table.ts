/**
 * The 128 powers of two that the exponential is built from, computed exactly
 * with integers when first needed: no table of constants to trust.
 */

/** Entries of the table: one per 1/128 of an octave. */
export const TABLE_SIZE = 128;

/** `high[k]` = 2^(k/128) rounded to binary64; `tail[k]` = 2^(k/128) / high[k] - 1, rounded too. */
export interface PowerTable {
  readonly high: Float64Array;
  readonly tail: Float64Array;
}

// Fixed point with 256 fractional bits. 128 truncated products lose less than
// 2^-247, far below the last bit of a tail (2^-54 * 2^-53).
const FRACTION = 256n;
const ONE = 1n << FRACTION;

/** The table, from repeated square roots of 2 in 256-bit fixed point. */
export const powerTable = (): PowerTable => {
  const high = new Float64Array(TABLE_SIZE);
  const tail = new Float64Array(TABLE_SIZE);
  let root = 2n * ONE;
  for (let n = 1; n < TABLE_SIZE; n *= 2) root = squareRoot(root << FRACTION);
  let power = ONE;
  for (let k = 0; k < TABLE_SIZE; k++) {
    const rounded = toBinary64(power);
    high[k] = rounded;
    // Exact: `rounded` has 52 fractional bits.
    const roundedFixed = BigInt(rounded * 2 ** 52) << (FRACTION - 52n);
    tail[k] = toBinary64(((power - roundedFixed) << FRACTION) / roundedFixed);
    power = (power * root) >> FRACTION;
  }
  return { high, tail };
};

/** Integer square root, rounded down, by Newton's iteration from above. */
const squareRoot = (n: bigint): bigint => {
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
};

/** A fixed-point number rounded to nearest binary64, ties to even. */
const toBinary64 = (fixed: bigint): number => {
  if (fixed < 0n) return -toBinary64(-fixed);
  const excess = BigInt(Math.max(fixed.toString(2).length - 53, 0));
  let significand = fixed >> excess;
  const rest = fixed - (significand << excess);
  const half = excess === 0n ? 1n : 1n << (excess - 1n);
  if (rest > half || (rest === half && (significand & 1n) === 1n)) significand += 1n;
  return Number(significand) * 2 ** Number(excess - FRACTION);
};
