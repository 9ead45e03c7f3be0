/**
 * What the operators of the runner share: tensors, a budget that no file can
 * overdraw, and loops over shapes that stretch to fit each other.
 */
import { allocate, type ElementType, type OnnxNode, type TensorData } from './types.js';

/** Most dimensions of a tensor. */
export const MAX_RANK = 8;

/** Numbers with their sizes, row by row. */
export interface Tensor {
  /** Element type. */
  readonly type: ElementType;
  /** Sizes; none for a single number. */
  readonly dims: readonly number[];
  /** The numbers. */
  readonly data: TensorData;
}

/** An operator that cannot be computed, or costs too much. */
export class RunError extends Error {}

/** What a computation may still cost. */
export interface Budget {
  /** Largest tensor: elements. */
  readonly maxElements: number;
  /** Elements of all results together. */
  elements: number;
  /** Multiplications and the like. */
  work: number;
}

/** Computes a node from its operands; an operand left out is `undefined`. */
export type Operator = (
  node: OnnxNode,
  inputs: readonly (Tensor | undefined)[],
  budget: Budget,
) => readonly Tensor[];

/** The operand at a place; it must be there. */
export const operand = (inputs: readonly (Tensor | undefined)[], at: number): Tensor => {
  const found = inputs[at];
  if (found === undefined) throw new RunError(`operand ${at} is missing`);
  return found;
};

/** Number of elements of a shape. */
export const sizeOf = (dims: readonly number[]): number =>
  dims.reduce((count, dim) => count * dim, 1);

/** Zeros, if the budget allows them. */
export const zeros = (budget: Budget, type: ElementType, dims: readonly number[]): Tensor => {
  const count = sizeOf(dims);
  if (count > budget.maxElements) {
    throw new RunError(
      `a result of ${dims.join(' x ')} numbers; at most ${budget.maxElements} are computed`,
    );
  }
  budget.elements -= count;
  if (budget.elements < 0) throw new RunError('the results together take too much memory');
  spend(budget, count);
  return { type, dims, data: allocate(type, count) };
};

/** Takes work from the budget. */
const spend = (budget: Budget, work: number): void => {
  budget.work -= work;
  if (budget.work < 0) throw new RunError('the model takes too much computation');
};

/** The same numbers with other sizes of the same count. */
export const reshaped = ({ type, data }: Tensor, dims: readonly number[]): Tensor => {
  if (dims.length > MAX_RANK) throw new RunError(`more than ${MAX_RANK} dimensions`);
  return { type, dims, data };
};

/** An axis from the front: -1 is the last one. */
export const axisOf = (axis: number, rank: number): number => {
  const front = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || front < 0 || front >= rank) {
    throw new RunError(`axis ${axis} of ${rank} dimensions`);
  }
  return front;
};

/** Sizes before, at and after an axis. */
export const around = (
  dims: readonly number[],
  axis: number,
): readonly [before: number, at: number, after: number] => [
  sizeOf(dims.slice(0, axis)),
  dims[axis] ?? 1,
  sizeOf(dims.slice(axis + 1)),
];

const joined = (a: readonly number[], b: readonly number[]): readonly number[] => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new RunError(`[${a.join(', ')}] and [${b.join(', ')}] do not fit each other`);
    }
    return x === 1 ? y : x;
  });
};

/** Steps through a tensor stretched to `rank` dimensions: 0 along stretched ones. */
const steps = (dims: readonly number[], rank: number): readonly number[] => {
  const out = new Array<number>(rank).fill(0);
  let step = 1;
  for (let i = dims.length - 1; i >= 0; i--) {
    const dim = dims[i] ?? 1;
    if (dim !== 1) out[rank - dims.length + i] = step;
    step *= dim;
  }
  return out;
};

/** f of two tensors, element by element; each side of a shape is equal or 1. */
export const elementwise = (
  budget: Budget,
  a: Tensor,
  b: Tensor,
  f: (x: number, y: number) => number,
): Tensor => {
  if (a.type !== b.type) throw new RunError(`${a.type} with ${b.type}`);
  const dims = joined(a.dims, b.dims);
  const out = zeros(budget, a.type, dims);
  const rank = dims.length;
  const last = dims[rank - 1] ?? 1;
  const stepsA = steps(a.dims, rank);
  const stepsB = steps(b.dims, rank);
  const stepA = stepsA[rank - 1] ?? 0;
  const stepB = stepsB[rank - 1] ?? 0;
  const counter = new Array<number>(rank).fill(0);
  let atA = 0;
  let atB = 0;
  for (let start = 0; start < out.data.length; start += last) {
    for (let j = 0; j < last; j++) {
      out.data[start + j] = f(a.data[atA + j * stepA] ?? NaN, b.data[atB + j * stepB] ?? NaN);
    }
    // One step in the dimensions before the last, carrying over.
    for (let i = rank - 2; i >= 0; i--) {
      atA += stepsA[i] ?? 0;
      atB += stepsB[i] ?? 0;
      counter[i] = (counter[i] ?? 0) + 1;
      const dim = dims[i] ?? 1;
      if ((counter[i] ?? 0) < dim) break;
      counter[i] = 0;
      atA -= dim * (stepsA[i] ?? 0);
      atB -= dim * (stepsB[i] ?? 0);
    }
  }
  return out;
};

/** f of each element. */
export const mapped = (budget: Budget, a: Tensor, f: (x: number) => number): Tensor => {
  const out = zeros(budget, a.type, a.dims);
  for (let i = 0; i < out.data.length; i++) out.data[i] = f(a.data[i] ?? NaN);
  return out;
};

/**
 * Matrix product of lists and matrices; sums in binary64 in order of k.
 * @param type of the result.
 */
export const product = (budget: Budget, a: Tensor, b: Tensor, type: ElementType): Tensor => {
  if (![1, 2].includes(a.dims.length) || ![1, 2].includes(b.dims.length)) {
    throw new RunError(`products of ${a.dims.length} and ${b.dims.length} dimensions`);
  }
  const [rows, inner] =
    a.dims.length === 1 ? [1, a.dims[0] ?? 0] : [a.dims[0] ?? 0, a.dims[1] ?? 0];
  const [innerB, columns] =
    b.dims.length === 1 ? [b.dims[0] ?? 0, 1] : [b.dims[0] ?? 0, b.dims[1] ?? 0];
  if (inner !== innerB) {
    throw new RunError(`[${a.dims.join(', ')}] times [${b.dims.join(', ')}]`);
  }
  const dims = [...(a.dims.length === 1 ? [] : [rows]), ...(b.dims.length === 1 ? [] : [columns])];
  spend(budget, rows * inner * columns);
  const out = zeros(budget, type, dims);
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    sums.fill(0);
    for (let k = 0; k < inner; k++) {
      const factor = a.data[i * inner + k] ?? NaN;
      const from = k * columns;
      for (let j = 0; j < columns; j++) {
        sums[j] = (sums[j] ?? NaN) + factor * (b.data[from + j] ?? NaN);
      }
    }
    out.data.set(sums, i * columns);
  }
  return out;
};
