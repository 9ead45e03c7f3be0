/**
 * From a fit in binary64 to the numbers of a file: centres rounded to binary32
 * and the weights fitted anew to them; then the weights rounded one after the
 * other, the rest corrected each time (Babai's nearest plane, 1986), so that
 * rounding costs nothing that could be measured.
 */
import { factorise } from './matrix.js';
import { refine, solveWeights, type Placement, type Points, workspace } from './problem.js';

/** Numbers of an A5 file. */
export interface RoundedFit {
  /** `[6]` binary32: what features are multiplied by. */
  readonly scale: Float64Array;
  /** `[K, 6]` binary32. */
  readonly centres: Float64Array;
  /** `[K]` binary32. */
  readonly weights: Float64Array;
  /** Binary64. */
  readonly offset: number;
}

/** Scale and centres of a placement in the teacher's space, with the width folded in, as binary32. */
export const foldPlacement = (
  { centres, width }: Placement,
  { slopes, intercepts }: { readonly slopes: Float64Array; readonly intercepts: Float64Array },
): { readonly scale: Float64Array; readonly centres: Float64Array } => {
  const root = Math.sqrt(width);
  return {
    scale: slopes.map((slope) => Math.fround(root * slope)),
    // The last 0 makes a negative zero positive.
    centres: centres.map((c, i) => Math.fround(root * (c - (intercepts[i % 6] ?? NaN))) + 0),
  };
};

/**
 * Weights for rounded centres, rounded themselves.
 * @param points in the space of the file, `x = scale * feature`.
 * @returns `undefined` where the rounded functions cannot be told apart.
 */
export const roundWeights = (
  points: Points,
  centres: Float64Array,
  ridge: number,
): { readonly weights: Float64Array; readonly offset: number } | undefined => {
  const functions = centres.length / 6;
  const work = workspace(points, functions, ridge);
  const solution = solveWeights(work, { centres, width: 1 });
  if (solution === undefined) return undefined;
  // Large ones first: their rounding is the coarsest, and the others make up for it.
  const order = Array.from({ length: functions }, (_, k) => k + 1).sort(
    (a, b) => Math.abs(solution.weights[b] ?? NaN) - Math.abs(solution.weights[a] ?? NaN) || a - b,
  );
  let weights = solution.weights;
  const size = functions + 1;
  for (const [done, k] of order.entries()) {
    weights = weights.slice();
    weights[k] = Math.fround(weights[k] ?? NaN) + 0;
    const free = [0, ...order.slice(done + 1)].sort((a, b) => a - b);
    const factor = new Float64Array(free.length * free.length);
    for (const [i, p] of free.entries()) {
      for (let j = 0; j <= i; j++) {
        factor[i * free.length + j] = work.normal[p * size + (free[j] ?? 0)] ?? NaN;
      }
    }
    if (!factorise(factor, free.length)) return undefined;
    weights = refine(work, factor, free, weights);
  }
  return { weights: weights.slice(1), offset: weights[0] ?? NaN };
};
