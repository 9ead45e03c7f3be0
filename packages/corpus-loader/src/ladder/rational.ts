/**
 * Exact fractions for frame rates and sizes, so that no rounding of doubles
 * decides about a row of samples or a name. Integers without bounds.
 */
import type { FrameRate } from '../corpus/corpus.js';

/** A fraction in lowest terms, denominator above 0. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** `n/d` in lowest terms; `d` is not 0. */
export const rational = (n: bigint | number, d: bigint | number = 1): Rational => {
  const [top, bottom] = [BigInt(n), BigInt(d)];
  const divisor = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { n: top / divisor, d: bottom / divisor };
};

/** a times b. */
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);

/** a minus b. */
export const minus = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.d - b.n * a.d, a.d * b.d);

/** Whether a is below b. */
export const below = (a: Rational, b: Rational): boolean => a.n * b.d < b.n * a.d;

/** The nearest integer of a fraction that is not negative; halves go up. */
export const rounded = (a: Rational): number => Number((2n * a.n + a.d) / (2n * a.d));

/** A decimal number as it is written: `29.97` is 2997/100. Undefined for anything else. */
export const fromDecimal = (text: string): Rational | undefined => {
  const found = /^(\d{1,9})(?:\.(\d{1,17}))?$/u.exec(text);
  if (found === null) return undefined;
  const decimals = found[2] ?? '';
  return rational(BigInt(`${found[1] ?? ''}${decimals}`), 10n ** BigInt(decimals.length));
};

const distance = (a: Rational, b: Rational): Rational => {
  const { n, d } = minus(a, b);
  return { n: n < 0n ? -n : n, d };
};

/** The closest fraction whose denominator is at most `limit`, by continued fractions. */
export const limitDenominator = (a: Rational, limit: bigint): Rational => {
  if (a.d <= limit) return a;
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [a.n, a.d];
  for (;;) {
    const whole = n / d;
    const q2 = q0 + whole * q1;
    if (q2 > limit) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + whole * p1, q2];
    [n, d] = [d, n - whole * d];
  }
  const steps = (limit - q0) / q1;
  const semi = rational(p0 + steps * p1, q0 + steps * q1);
  const full = rational(p1, q1);
  return below(distance(semi, a), distance(full, a)) ? semi : full;
};

const NTSC_TOLERANCE = rational(2, 1000);

/** The rate that a decimal stands for: 29.97 is 30000/1001, 12.5 is 25/2. */
export const exactRate = (decimal: Rational): Rational => {
  const ntsc = rational(rounded(decimal) * 1000, 1001);
  return below(distance(decimal, ntsc), NTSC_TOLERANCE) ? ntsc : limitDenominator(decimal, 1001n);
};

/** A frame rate as a fraction. */
export const ofRate = (rate: FrameRate): Rational => rational(rate.numerator, rate.denominator);

/** A fraction as a frame rate. */
export const toRate = (a: Rational): FrameRate => ({
  numerator: Number(a.n),
  denominator: Number(a.d),
});

/** `30000/1001`: a frame rate as ffmpeg and manifests have it. */
export const rateText = (rate: FrameRate): string => `${rate.numerator}/${rate.denominator}`;
