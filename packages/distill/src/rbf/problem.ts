/**
 * The least-squares problem of radial basis functions, `y = w0 + sum of
 * w_k exp(-g |x - c_k|^2)`. For given centres and width the weights are a
 * linear problem and are solved exactly, so only centres and width are searched
 * for (variable projection; Golub and Pereyra 1973).
 */
import { decay } from '../arithmetic/power.js';
import { factorise, gram, substitute } from './matrix.js';

/** Points to fit. */
export interface Points {
  /** Number of points. */
  readonly count: number;
  /** `[count, 6]` in the space where distances are measured. */
  readonly x: Float64Array;
  /** `[count]` targets. */
  readonly y: Float64Array;
  /** `[count]` square roots of the points' weights. */
  readonly root: Float64Array;
}

/** Where functions stand and how wide they are. */
export interface Placement {
  /** `[K, 6]`. */
  readonly centres: Float64Array;
  /** g, above 0. */
  readonly width: number;
}

/** A placement with the weights that fit best. */
export interface Solution extends Placement {
  /** `[K + 1]`: w0, then the weights of the functions. */
  readonly weights: Float64Array;
  /** Weighted sum of squared errors, with the ridge. */
  readonly cost: number;
  /** Weighted sum of squared errors alone. */
  readonly squares: number;
}

/** Memory of one problem, reused by every evaluation. */
export interface Workspace {
  readonly points: Points;
  /** K. */
  readonly functions: number;
  /** Ridge on the weights of the functions, times the number of points. */
  readonly ridge: number;
  /** `[K + 1, count]`: values of the functions times the points' root weights; the first is the constant. */
  readonly values: Float64Array;
  /** `[count]`: target minus fit, times root weight. */
  readonly residual: Float64Array;
  /** `[K + 1, K + 1]`. */
  readonly normal: Float64Array;
}

/**
 * Memory for a problem.
 * @param ridge relative to the number of points.
 */
export const workspace = (points: Points, functions: number, ridge: number): Workspace => ({
  points,
  functions,
  ridge: ridge * points.count,
  values: new Float64Array((functions + 1) * points.count),
  residual: new Float64Array(points.count),
  normal: new Float64Array((functions + 1) * (functions + 1)),
});

/** Fills the columns of a workspace for a placement. */
export const evaluateFunctions = (
  { points: { x, root, count }, functions, values }: Workspace,
  { centres, width }: Placement,
): void => {
  values.set(root);
  for (let k = 0; k < functions; k++) {
    const base = (k + 1) * count;
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(x, 6 * i, centres, 6 * k);
      values[base + i] = (root[i] ?? NaN) * decay(-width * distance);
    }
  }
};

/** Squared distance of two points of six numbers. */
export const squaredDistance = (
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
): number => {
  let sum = 0;
  for (let j = 0; j < 6; j++) {
    const difference = (a[atA + j] as number) - (b[atB + j] as number);
    sum += difference * difference;
  }
  return sum;
};

/** Passes that take the rounding of the normal equations out of the weights again. */
const REFINEMENTS = 2;

/**
 * Best weights for a placement; leaves columns and residual in the workspace.
 * @returns `undefined` where the functions cannot be told apart.
 */
export const solveWeights = (work: Workspace, placement: Placement): Solution | undefined => {
  evaluateFunctions(work, placement);
  const { functions, ridge } = work;
  const fixed = new Float64Array(functions + 1);
  const all = Array.from({ length: functions + 1 }, (_, k) => k);
  gram(work.values, functions + 1, work.points.count, work.normal);
  for (let k = 1; k <= functions; k++) {
    const at = k * (functions + 2);
    work.normal[at] = (work.normal[at] ?? NaN) + ridge;
  }
  const factor = work.normal.slice();
  if (!factorise(factor, functions + 1)) return undefined;
  const weights = refine(work, factor, all, fixed);
  const squares = residualOf(work, weights);
  let penalty = 0;
  for (let k = 1; k <= functions; k++) penalty += (weights[k] ?? NaN) * (weights[k] ?? NaN);
  const cost = squares + ridge * penalty;
  return Number.isFinite(cost) ? { ...placement, weights, cost, squares } : undefined;
};

/**
 * Best values of some weights while the others keep theirs.
 * @param factor Cholesky factor of the normal matrix of the free ones.
 * @param free indices of the free weights; their values in `start` count as first guess.
 */
export const refine = (
  work: Workspace,
  factor: Float64Array,
  free: readonly number[],
  start: Float64Array,
): Float64Array => {
  const { values, residual, ridge, points } = work;
  const weights = start.slice();
  const step = new Float64Array(free.length);
  for (let pass = 0; pass <= REFINEMENTS; pass++) {
    residualOf(work, weights);
    for (const [n, k] of free.entries()) {
      let sum = 0;
      const base = k * points.count;
      for (let i = 0; i < points.count; i++) {
        sum += (values[base + i] as number) * (residual[i] as number);
      }
      step[n] = k === 0 ? sum : sum - ridge * (weights[k] ?? NaN);
    }
    substitute(factor, free.length, step);
    for (const [n, k] of free.entries()) weights[k] = (weights[k] ?? NaN) + (step[n] ?? NaN);
  }
  return weights;
};

/** Leaves the residual of these weights in the workspace; returns its sum of squares. */
export const residualOf = (work: Workspace, weights: Float64Array): number => {
  const {
    points: { y, root, count },
    values,
    residual,
    functions,
  } = work;
  for (let i = 0; i < count; i++) residual[i] = (root[i] as number) * (y[i] as number);
  for (let k = 0; k <= functions; k++) {
    const weight = weights[k] ?? NaN;
    const base = k * count;
    for (let i = 0; i < count; i++) {
      residual[i] = (residual[i] as number) - weight * (values[base + i] as number);
    }
  }
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (residual[i] as number) * (residual[i] as number);
  return squares;
};
