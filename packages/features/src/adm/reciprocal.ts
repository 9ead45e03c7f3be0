/**
 * The division table of ADM: dividing by a coefficient is multiplying by its
 * reciprocal in units of 2^-30 (spec/adm.md section 5).
 */

/** Largest index of {@link RECIPROCAL}. */
export const RECIPROCAL_MAX = 32768;

/** `floor(2^30 / i)` at index `i` = 1..32768; entry 0 is never used. */
export const RECIPROCAL: Int32Array = Int32Array.from({ length: RECIPROCAL_MAX + 1 }, (_, i) =>
  // Exact: a quotient below 2^30 is at least 2^-15 away from the next integer.
  i === 0 ? 0 : Math.floor(2 ** 30 / i),
);
