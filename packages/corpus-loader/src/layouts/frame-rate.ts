/** Frame rates as people write them, as rationals. */
import type { FrameRate } from '../corpus/corpus.js';

const RATIO = /^(\d{1,9})\/(\d{1,9})$/;
const DECIMAL = /^\d{1,6}(\.\d{1,9})?$/;

/** Largest distance of a rounded NTSC rate (`29.97`, `23.98`) from N x 1000/1001. */
const NTSC_TOLERANCE = 0.005;

/**
 * `25`, `59.94`, `30000/1001` as a rational; `undefined` for anything else and
 * for 0. A decimal within 0.005 of N x 1000/1001 is that.
 */
export const parseRate = (text: string): FrameRate | undefined => {
  const ratio = RATIO.exec(text);
  if (ratio !== null) return positive(Number(ratio[1]), Number(ratio[2]));
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  if (Number.isInteger(value)) return positive(value, 1);
  const whole = Math.round(value);
  if (Math.abs(value - (whole * 1000) / 1001) < NTSC_TOLERANCE) return positive(whole * 1000, 1001);
  const denominator = 10 ** (text.length - 1 - text.indexOf('.'));
  const numerator = Math.round(value * denominator);
  const shared = divisor(numerator, denominator);
  return positive(numerator / shared, denominator / shared);
};

const positive = (numerator: number, denominator: number): FrameRate | undefined =>
  numerator > 0 && denominator > 0 ? { numerator, denominator } : undefined;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
