/**
 * Numbers as text, digit for digit as C's `printf` gives them in libvmaf's
 * logs (spec/pooling-and-io.md section 2). JavaScript's `toFixed` and
 * `toPrecision` agree except that they round exact ties away from zero, where
 * C rounds to even, and lose the sign of -0.
 */

const EXACT_DIGITS = 100; // the most that toFixed and toPrecision deliver, all exact

const nonFinite = (x: number): string => (Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf');

const withSign = (x: number, digits: string): string =>
  x < 0 || Object.is(x, -0) ? `-${digits}` : digits;

/** Adds one to a string of decimal digits that may hold a point. */
const increment = (digits: string): string => {
  const last = /^(.*?)([0-8]?)(9*(?:\.9*)?)$/.exec(digits);
  const [, head = '', digit = '', nines = ''] = last ?? [];
  const zeros = nines.replaceAll('9', '0');
  return digit === '' ? `${head}1${zeros}` : `${head}${Number(digit) + 1}${zeros}`;
};

/**
 * Cuts an exact decimal expansion after `keep` characters and rounds to
 * nearest, ties to even.
 */
const roundDigits = (exact: string, keep: number): string => {
  const kept = exact.slice(0, keep).replace(/\.$/, '');
  const rest = exact.slice(keep).replace('.', '');
  const half = rest.startsWith('5') && /^50*$/.test(rest);
  const last = kept.at(-1) ?? '0';
  const up = half ? Number(last) % 2 === 1 : rest >= '5';
  return up ? increment(kept) : kept;
};

/** `%.<decimals>f` of C. Non-finite values give `nan`, `inf`, `-inf`. */
export const formatFixed = (x: number, decimals: number): string => {
  if (!Number.isFinite(x)) return nonFinite(x);
  const magnitude = Math.abs(x);
  if (magnitude >= 1e21) return withSign(x, `${BigInt(magnitude)}.${'0'.repeat(decimals)}`);
  const exact = magnitude.toFixed(EXACT_DIGITS);
  const point = exact.indexOf('.');
  return withSign(x, roundDigits(exact, point + 1 + decimals));
};

/**
 * `%.<significant>g` of C: `significant` digits, no trailing zeros, exponent
 * form below 1e-4 and from 10^significant on. `%g` is `significant = 6`;
 * 17 digits round-trip every binary64.
 */
export const formatGeneral = (x: number, significant = 6): string => {
  if (!Number.isFinite(x)) return nonFinite(x);
  if (x === 0) return withSign(x, '0');
  const [mantissa = '', exponentText = '0'] = Math.abs(x).toExponential(EXACT_DIGITS).split('e');
  let digits = roundDigits(mantissa, significant + 1).replace('.', '');
  let exponent = Number(exponentText);
  if (digits.length > significant) {
    // 9.99.. became 10.0..
    digits = digits.slice(0, significant);
    exponent += 1;
  }
  const trimmed = (text: string): string =>
    text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  if (exponent < -4 || exponent >= significant) {
    const body = trimmed(`${digits.slice(0, 1)}.${digits.slice(1)}`).replace(/\.$/, '');
    const sign = exponent < 0 ? '-' : '+';
    return withSign(x, `${body}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`);
  }
  const plain =
    exponent < 0
      ? `0.${'0'.repeat(-exponent - 1)}${digits}`
      : `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return withSign(x, trimmed(plain).replace(/\.$/, ''));
};

/**
 * A value as libvmaf's logs print it: six decimals, or sixteen where the
 * fractional part is not zero but below about 1e-6.
 */
export const formatLogNumber = (x: number): string => {
  if (!Number.isFinite(x)) return nonFinite(x);
  let fraction = Math.abs(x) % 1;
  let steps = 0;
  while (fraction > 0 && fraction < 1) {
    fraction *= 10;
    steps++;
  }
  return formatFixed(x, steps > 6 ? 16 : 6);
};
