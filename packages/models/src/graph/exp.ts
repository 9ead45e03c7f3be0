/**
 * The exponential, the same bits on every engine: multiplications and additions
 * only, in a fixed order. `Math.exp` may differ between engines in the last bit,
 * and a probe's score is part of a file.
 */

/** ln 2 in two parts: k times the first is exact for |k| below 2^21. */
const LN2_HIGH = 0.693147180369123816;
const LN2_LOW = 1.90821492927058770002e-10;
const LOG2_E = 1.4426950408889634;

/** Adding and subtracting it rounds to an integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;

/** Largest argument with a finite result, and smallest with one above 0. */
const HIGHEST = 709.782712893384;
const LOWEST = -745.1332191019412;

/** 2^-1022 .. 2^1023, by exact doubling and halving. */
const POWERS = ((): Float64Array => {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let k = 1; k <= 1023; k++) powers[1022 + k] = 2 * (powers[1021 + k] ?? NaN);
  for (let k = 1; k <= 1022; k++) powers[1022 - k] = (powers[1023 - k] ?? NaN) / 2;
  return powers;
})();

const power = (k: number): number => POWERS[k + 1022] ?? NaN;

/**
 * e^x within one unit of the last place: x = k ln 2 + r with |r| below 0.35, the
 * Taylor series of e^r to r^13 (the rest is below 1e-17), times 2^k.
 */
export const exp = (x: number): number => {
  if (!(x <= HIGHEST)) return x > HIGHEST ? Infinity : NaN;
  if (x < LOWEST) return 0;
  const k = x * LOG2_E + ROUNDER - ROUNDER;
  // What r loses by rounding is kept and added at the end.
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const lost = high - r - low;
  let q = 1 / 6227020800;
  q = q * r + 1 / 479001600;
  q = q * r + 1 / 39916800;
  q = q * r + 1 / 3628800;
  q = q * r + 1 / 362880;
  q = q * r + 1 / 40320;
  q = q * r + 1 / 5040;
  q = q * r + 1 / 720;
  q = q * r + 1 / 120;
  q = q * r + 1 / 24;
  q = q * r + 1 / 6;
  q = q * r + 1 / 2;
  const y = 1 + (r + (r * r * q + lost));
  // Beyond the normal exponents in two steps, of which only the last one rounds.
  if (k > 1023) return y * 2 * power(k - 1);
  if (k < -1021) return y * power(k + 100) * power(-100);
  return y * power(k);
};
