/**
 * Numbers as C's `%g` prints them: six significant digits, no trailing zeros,
 * an exponent where the number is very large or small. Output names contain
 * option values in this form (spec/model-svm.md section 2).
 */

const DIGITS = 6;

/** Enough decimal digits to see whether a binary64 number lies exactly between two candidates. */
const EXACT = 100;

/** A finite number as `%g` prints it. Exact ties go to the even digit, as in C. */
export const formatG = (x: number): string => {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const sign = x < 0 ? '-' : '';
  const { digits, exponent } = roundDigits(Math.abs(x));
  const significant = digits.replace(/0+$/, '');
  if (exponent < -4 || exponent >= DIGITS) {
    const mantissa = withPoint(significant, 1);
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${significant}`;
  return `${sign}${withPoint(significant.padEnd(exponent + 1, '0'), exponent + 1)}`;
};

const withPoint = (digits: string, before: number): string =>
  digits.length > before ? `${digits.slice(0, before)}.${digits.slice(before)}` : digits;

/** The six leading digits, and the power of ten of the first one. */
const roundDigits = (x: number): { readonly digits: string; readonly exponent: number } => {
  const [mantissa = '', power = ''] = x.toExponential(EXACT).split('e');
  const all = mantissa.replace('.', '');
  const rest = all.slice(DIGITS);
  const half = `5${'0'.repeat(rest.length - 1)}`;
  const last = Number(all[DIGITS - 1]);
  const up = rest > half || (rest === half && last % 2 === 1) ? 1 : 0;
  const rounded = String(Number(all.slice(0, DIGITS)) + up);
  const carried = rounded.length > DIGITS;
  return {
    digits: carried ? rounded.slice(0, DIGITS) : rounded,
    exponent: Number(power) + (carried ? 1 : 0),
  };
};
