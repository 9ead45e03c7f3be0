/**
 * Agreement between two series of scores. Ranks are taken of rounded scores:
 * static content repeats one score, and last-bit noise between such frames
 * would otherwise move a rank correlation visibly (spec/ml-notes.md section 8).
 */
import { mean } from './pooling.js';

/** Step to which scores are rounded before ranking, in VMAF points. */
export const RANK_STEP = 1e-4;

/**
 * Pearson's linear correlation.
 * @returns -1..1, or `undefined` where it does not exist: fewer than two
 * pairs, unequal lengths, a constant series or a value that is not finite.
 */
export const plcc = (a: ArrayLike<number>, b: ArrayLike<number>): number | undefined => {
  if (a.length !== b.length || a.length < 2) return undefined;
  const meanA = mean(a);
  const meanB = mean(b);
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] ?? NaN) - meanA;
    const db = (b[i] ?? NaN) - meanB;
    covariance += da * db;
    varianceA += da * da;
    varianceB += db * db;
  }
  // One root, so that perfect agreement is exactly 1.
  const scale = Math.sqrt(varianceA * varianceB);
  // A constant series leaves only rounding dust of its mean: no correlation.
  if (!(scale > 0) || isConstant(a) || isConstant(b)) return undefined;
  const r = covariance / scale;
  return Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : undefined;
};

const isConstant = (values: ArrayLike<number>): boolean => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
};

/**
 * Ranks from 1; equal values share the mean of their places.
 * @param step values are rounded to multiples of this before they are compared.
 */
export const ranks = (values: ArrayLike<number>, step = RANK_STEP): Float64Array => {
  const rounded = Float64Array.from(values, (value) => Math.round(value / step));
  const order = Array.from(rounded.keys()).sort((i, j) => (rounded[i] ?? 0) - (rounded[j] ?? 0));
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = rounded[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && rounded[order[end] ?? 0] === value) end++;
    // Places start+1 .. end share their mean.
    for (let i = start; i < end; i++) out[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return out;
};

/**
 * Spearman's rank correlation: Pearson's of the tie-averaged {@link ranks}.
 * @returns -1..1, or `undefined` under the conditions of {@link plcc}.
 */
export const srocc = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  step = RANK_STEP,
): number | undefined => {
  const finite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);
  return finite(a) && finite(b) ? plcc(ranks(a, step), ranks(b, step)) : undefined;
};

/**
 * Root of the mean squared difference, in the unit of the series.
 * @returns `undefined` for empty or unequal lengths.
 */
export const rmse = (a: ArrayLike<number>, b: ArrayLike<number>): number | undefined => {
  if (a.length !== b.length || a.length === 0) return undefined;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
  return Math.sqrt(sum / a.length);
};
