/**
 * Levenberg-Marquardt over centres and width, with the weights projected out
 * (Kaufman's form of variable projection): the normal equations of all
 * unknowns are damped in the block of centres and width only. A search is
 * plain data between steps, so it can be written down and taken up again.
 */
import { growth } from '../arithmetic/power.js';
import { factorise, gram, substitute } from './matrix.js';
import { solveWeights, type Placement, type Solution, type Workspace } from './problem.js';

/** When a search ends, and how far it may step. */
export interface SearchLimits {
  /** Most steps. */
  readonly iterations: number;
}

/** A search between two steps. */
export interface SearchState {
  readonly centres: Float64Array;
  readonly width: number;
  /** Damping. */
  readonly lambda: number;
  /** Steps taken. */
  readonly iteration: number;
  /** Steps in a row that gained less than {@link SMALL_GAIN}. */
  readonly small: number;
  /** Whether there is nothing more to gain. */
  readonly done: boolean;
}

/** Relative gain below which a step counts as small. */
export const SMALL_GAIN = 1e-3;
/** Small steps in a row that end a search. */
const MOST_SMALL = 6;
const FIRST_LAMBDA = 1e-2;
const LEAST_LAMBDA = 1e-12;
const MOST_LAMBDA = 1e12;
/** Farthest that a coordinate of a centre moves in one step. */
const MOST_MOVE = 1;
/** Farthest that the logarithm of the width moves in one step. */
const MOST_WIDENING = 0.3;

/** A search from a placement. */
export const startSearch = ({ centres, width }: Placement): SearchState => ({
  centres,
  width,
  lambda: FIRST_LAMBDA,
  iteration: 0,
  small: 0,
  done: false,
});

/** Memory of the normal equations. */
export interface SearchMemory {
  /** `[P, count]`: derivatives by w0 and weights, centres, logarithm of the width. */
  readonly columns: Float64Array;
  /** `[P, P]`. */
  readonly normal: Float64Array;
  /** `[P, P]`. */
  readonly factor: Float64Array;
}

/** Unknowns in all. */
const unknowns = (functions: number): number => 7 * functions + 2;

/** Memory for searches in a workspace. */
export const searchMemory = ({ functions, points }: Workspace): SearchMemory => {
  const all = unknowns(functions);
  return {
    columns: new Float64Array(all * points.count),
    normal: new Float64Array(all * all),
    factor: new Float64Array(all * all),
  };
};

/**
 * One step: the next state, and the solution it stands at.
 * @returns `undefined` where the functions cannot be told apart from the start.
 */
export const searchStep = (
  work: Workspace,
  memory: SearchMemory,
  state: SearchState,
  limits: SearchLimits,
): { readonly state: SearchState; readonly solution: Solution } | undefined => {
  const now = solveWeights(work, state);
  if (now === undefined) return undefined;
  if (state.done) return { state, solution: now };
  derivatives(work, memory.columns, now);
  const all = unknowns(work.functions);
  gram(memory.columns, all, work.points.count, memory.normal);
  const slope = slopes(work, memory.columns, now);

  let { lambda } = state;
  for (let tries = 0; lambda <= MOST_LAMBDA; tries++) {
    const next = attempt(work, memory, now, slope, lambda);
    if (next !== undefined && next.cost < now.cost) {
      const small = (now.cost - next.cost) / now.cost < SMALL_GAIN ? state.small + 1 : 0;
      const iteration = state.iteration + 1;
      return {
        solution: next,
        state: {
          centres: next.centres,
          width: next.width,
          lambda: Math.max(lambda / 4, LEAST_LAMBDA),
          iteration,
          small,
          done: small >= MOST_SMALL || iteration >= limits.iterations,
        },
      };
    }
    lambda *= tries === 0 ? 4 : 10;
  }
  return { state: { ...state, iteration: state.iteration + 1, done: true }, solution: now };
};

/** Columns of the Jacobian, times the points' root weights. */
export const derivatives = (
  { points: { x, count }, functions, values }: Workspace,
  columns: Float64Array,
  { centres, width, weights }: Solution,
): void => {
  columns.set(values);
  const first = (functions + 1) * count;
  const last = first + 6 * functions * count;
  columns.fill(0, last);
  for (let k = 0; k < functions; k++) {
    const value = (k + 1) * count;
    const weight = weights[k + 1] ?? NaN;
    for (let i = 0; i < count; i++) {
      const common = 2 * width * weight * (values[value + i] as number);
      let distance = 0;
      for (let j = 0; j < 6; j++) {
        const difference = (x[6 * i + j] as number) - (centres[6 * k + j] as number);
        distance += difference * difference;
        columns[first + (6 * k + j) * count + i] = common * difference;
      }
      columns[last + i] = (columns[last + i] as number) - 0.5 * common * distance;
    }
  }
};

/** Right side of the normal equations. */
const slopes = (
  { points: { count }, residual, functions, ridge }: Workspace,
  columns: Float64Array,
  { weights }: Solution,
): Float64Array => {
  const out = new Float64Array(unknowns(functions));
  for (let p = 0; p < out.length; p++) {
    const base = p * count;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (columns[base + i] as number) * (residual[i] as number);
    const penalised = p > 0 && p <= functions;
    out[p] = penalised ? sum - ridge * (weights[p] ?? NaN) : sum;
  }
  return out;
};

const attempt = (
  work: Workspace,
  { normal, factor }: SearchMemory,
  { centres, width }: Solution,
  slope: Float64Array,
  lambda: number,
): Solution | undefined => {
  const { functions, ridge } = work;
  const all = slope.length;
  factor.set(normal);
  for (let p = 1; p < all; p++) {
    const at = p * (all + 1);
    const diagonal = factor[at] ?? NaN;
    factor[at] = p <= functions ? diagonal + ridge : diagonal * (1 + lambda);
  }
  if (!factorise(factor, all)) return undefined;
  const step = slope.slice();
  substitute(factor, all, step);
  const moved = centres.slice();
  for (let p = 0; p < moved.length; p++) {
    const move = limited(step[functions + 1 + p] ?? NaN, MOST_MOVE);
    // The last 0 makes a negative zero positive: JSON has one zero only.
    moved[p] = (moved[p] ?? NaN) + move + 0;
  }
  const widened = width * growth(limited(step[all - 1] ?? NaN, MOST_WIDENING));
  return solveWeights(work, { centres: moved, width: widened });
};

const limited = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
