/**
 * The Lanczos window from additions, multiplications and divisions alone.
 * `Math.sin` may differ between engines in its last bit; these operations are
 * exact to the bit by the language's definition, so the filters are the same
 * everywhere.
 */

/** Coefficients of sin(pi t) / t as a polynomial in (pi t)^2, times pi: (-1)^k / (2k + 1)!, k from 0. */
const SERIES: readonly number[] = (() => {
  const terms = [1];
  for (let k = 1; k <= 12; k++) terms.push(-(terms[k - 1] ?? 0) / (2 * k * (2 * k + 1)));
  return terms;
})();

/**
 * sin(pi x) for 0 <= x < 2^20. The part of x beyond the nearest whole number is
 * exact and at most 1/2, where the first term left out is below 1e-22.
 */
export const sinPi = (x: number): number => {
  const whole = Math.round(x);
  const angle = (x - whole) * Math.PI;
  const square = angle * angle;
  let sum = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * square + (SERIES[k] ?? 0);
  const sine = sum * angle;
  return whole % 2 === 0 ? sine : -sine;
};

/** sinc(x) sinc(x / lobes) for |x| <= lobes, else 0; 1 at 0. `x >= 0`. */
export const lanczos = (x: number, lobes: number): number => {
  if (x === 0) return 1;
  if (x > lobes) return 0;
  return (sinPi(x) * sinPi(x / lobes)) / (x * x * Math.PI * (Math.PI / lobes));
};
