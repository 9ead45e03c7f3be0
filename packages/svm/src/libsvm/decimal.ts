/**
 * Numbers in text: the decimal syntax of C and nothing else. `Number()` alone
 * would take `""`, `0x10`, `Infinity` and surrounding blanks; `parseFloat`
 * would take `0,9` for 0.
 */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Longest number that is looked at; longer ones are refused. */
const MAX_LENGTH = 400;

/**
 * The binary64 nearest to a decimal number.
 * @returns undefined for anything else (`nan`, `inf`, `0x1p3`, `0,9`, empty) and for
 * numbers too large for binary64.
 */
export const parseDecimal = (text: string): number | undefined => {
  if (text.length > MAX_LENGTH || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
};

/** A non-negative integer of at most nine digits; undefined for anything else. */
export const parseCount = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
