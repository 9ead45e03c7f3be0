/**
 * Powers of two and what the shifts of ADM make of them, in exact integers.
 */

// By doubling: exact in every engine, and quicker in a loop than `**`.
const POWERS = new Float64Array(64);
for (let n = 0, power = 1; n < POWERS.length; n++, power *= 2) POWERS[n] = power;

/** `2^n` for an integer `n` from 0 to 63. */
export const power2 = (n: number): number => POWERS[n] as number;

/** What to add so that a shift by `shift` rounds half up; 0 for no shift. */
export const roundingOf = (shift: number): number => (shift === 0 ? 0 : power2(shift - 1));

/** Smallest `c >= 0` with `2^c >= n`; `n` from 1 to 2^53. */
export const ceilLog2 = (n: number): number => {
  let c = 0;
  while (power2(c) < n) c++;
  return c;
};
