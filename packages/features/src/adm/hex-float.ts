/**
 * Floating-point constants in C99 notation, which shows every bit: the tables
 * of ADM are published that way, and so they can be compared by eye.
 */

/** The number that `-0x1.8p-3` and the like denote; exact for binary64 constants. */
export const hexFloat = (text: string): number => {
  const [mantissa = '', exponent = '0'] = text.split('p');
  const negative = mantissa.startsWith('-');
  const [integer = '', fraction = ''] = mantissa.replace(/^-?0x/, '').split('.');
  // At most 53 bits in all, so the digits as one integer are exact.
  const digits = Number.parseInt(integer + fraction, 16);
  const value = digits * 2 ** (Number(exponent) - 4 * fraction.length);
  return negative ? -value : value;
};

/** Several constants, separated by white space. */
export const hexFloats = (text: string): Float64Array =>
  Float64Array.from(text.trim().split(/\s+/), hexFloat);
