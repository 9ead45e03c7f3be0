/**
 * The plain evaluator: every operation as a loop in binary64, sums in order of
 * the index. It is what trainers, exported files and other runners are judged
 * against. Frame models are computed in blocks of rows, so memory does not grow
 * with the number of frames beyond input and output.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { LayerGraph, Operation, Shape, Weights } from './graph.js';
import { exp } from './exp.js';
import { INPUT_COLUMNS } from './shape.js';

/** Frames that a frame model computes at a time. */
export const BLOCK_ROWS = 256;

/** A matrix, row by row. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

const bad = (argument: string, rule: string, value: string): never => {
  throw new TinyVmafException({ _tag: 'BadArgument', argument, rule, value });
};

/**
 * Scores of frames, or of one clip.
 * @param graph a checked graph.
 * @param weights its weights, see `checkWeights`.
 * @param features `[frames, 6]` row by row in canonical order.
 * @param mask clip models: one number per frame, 1 or 0 for padding; all 1 by default.
 * @returns one score per frame, or one for the clip; VMAF points.
 * @throws TinyVmafException `BadArgument` for lengths that do not fit.
 */
export const runGraph = (
  graph: LayerGraph,
  weights: Weights,
  features: Float64Array | Float32Array,
  mask?: ArrayLike<number>,
): Float64Array => {
  const rows = features.length / INPUT_COLUMNS;
  if (!Number.isInteger(rows)) {
    bad('features', `must hold ${INPUT_COLUMNS} numbers per frame`, `${features.length} numbers`);
  }
  if (graph.kind === 'clip') {
    if (rows === 0) bad('features', 'must hold at least one frame of a clip', 'none');
    const given = mask === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(mask);
    if (given.length !== rows) {
      bad('mask', `must have one number per frame, ${rows}`, `${given.length} numbers`);
    }
    return runBlock(graph, weights, Float64Array.from(features), given).slice();
  }
  if (mask !== undefined) bad('mask', 'is for clip models only', `${mask.length} numbers`);
  const scores = new Float64Array(rows);
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, rows);
    const block = Float64Array.from(features.subarray(start * INPUT_COLUMNS, end * INPUT_COLUMNS));
    scores.set(runBlock(graph, weights, block, undefined), start);
  }
  return scores;
};

const runBlock = (
  graph: LayerGraph,
  weights: Weights,
  features: Float64Array,
  mask: Float64Array | undefined,
): Float64Array => {
  const frames = features.length / INPUT_COLUMNS;
  const values: Float64Array[] = [];
  const sizes: (readonly [number, number])[] = graph.nodes.map(({ shape }) =>
    resolve(shape, frames),
  );
  const at = (node: number): Matrix => {
    const [rows, columns] = sizes[node] ?? [0, 0];
    return { rows, columns, values: values[node] ?? EMPTY };
  };
  for (const [index, { operation }] of graph.nodes.entries()) {
    if (index > graph.output) break;
    const [rows, columns] = sizes[index] ?? [0, 0];
    values.push(evaluate(operation, rows, columns, at, features, mask, weights));
  }
  return values[graph.output] ?? EMPTY;
};

const EMPTY = new Float64Array(0);

const resolve = ([rows, columns]: Shape, frames: number): readonly [number, number] => [
  rows === 'N' ? frames : rows,
  columns === 'N' ? frames : columns,
];

const evaluate = (
  operation: Operation,
  rows: number,
  columns: number,
  at: (node: number) => Matrix,
  features: Float64Array,
  mask: Float64Array | undefined,
  weights: Weights,
): Float64Array => {
  switch (operation.op) {
    case 'input':
      return features;
    case 'mask':
      return mask ?? EMPTY;
    case 'constant':
      return operation.values;
    case 'parameter': {
      const values = weights.get(operation.name);
      return values?.length === rows * columns
        ? values
        : bad(
            `weights.${operation.name}`,
            `must hold ${rows * columns} numbers`,
            `${values?.length ?? 0}`,
          );
    }
    case 'add':
      return elementwise(at(operation.a), at(operation.b), (a, b) => a + b);
    case 'subtract':
      return elementwise(at(operation.a), at(operation.b), (a, b) => a - b);
    case 'multiply':
      return elementwise(at(operation.a), at(operation.b), (a, b) => a * b);
    case 'matmul':
      return matmul(at(operation.a), at(operation.b));
    case 'transpose':
      return transpose(at(operation.a));
    case 'relu':
      return at(operation.a).values.map((a) => Math.max(a, 0));
    case 'exp':
      return at(operation.a).values.map(exp);
    case 'scale': {
      const { factor } = operation;
      return at(operation.a).values.map((a) => a * factor);
    }
    case 'clip': {
      const { low, high } = operation;
      return at(operation.a).values.map((a) => Math.min(high, Math.max(low, a)));
    }
    case 'sum':
      return sum(at(operation.a));
    case 'softmax':
      return softmax(
        at(operation.a),
        operation.mask === undefined ? undefined : at(operation.mask).values,
      );
    case 'distances':
      return distances(at(operation.a), at(operation.b));
  }
};

const elementwise = (a: Matrix, b: Matrix, f: (a: number, b: number) => number): Float64Array => {
  const { rows, columns } = a;
  const out = new Float64Array(rows * columns);
  const rowStep = b.rows === 1 ? 0 : b.columns;
  const columnStep = b.columns === 1 ? 0 : 1;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      out[at] = f(a.values[at] ?? NaN, b.values[i * rowStep + j * columnStep] ?? NaN);
    }
  }
  return out;
};

const matmul = (a: Matrix, b: Matrix): Float64Array => {
  const { columns } = b;
  const out = new Float64Array(a.rows * columns);
  // Row by row of b: each sum still runs over k in order, and memory is read in order.
  for (let i = 0; i < a.rows; i++) {
    const base = i * columns;
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[i * a.columns + k] ?? NaN;
      const from = k * columns;
      for (let j = 0; j < columns; j++) {
        out[base + j] = (out[base + j] ?? NaN) + factor * (b.values[from + j] ?? NaN);
      }
    }
  }
  return out;
};

const transpose = ({ rows, columns, values }: Matrix): Float64Array => {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j] ?? NaN;
  }
  return out;
};

const sum = ({ rows, columns, values }: Matrix): Float64Array => {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let j = 0; j < columns; j++) total += values[i * columns + j] ?? NaN;
    out[i] = total;
  }
  return out;
};

const softmax = (
  { rows, columns, values }: Matrix,
  mask: Float64Array | undefined,
): Float64Array => {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const base = i * columns;
    let largest = -Infinity;
    for (let j = 0; j < columns; j++) {
      const value = values[base + j] ?? NaN;
      if (mask?.[j] !== 0 && !(value <= largest)) largest = value;
    }
    let total = 0;
    for (let j = 0; j < columns; j++) {
      const term = mask?.[j] === 0 ? 0 : exp((values[base + j] ?? NaN) - largest);
      out[base + j] = term;
      total += term;
    }
    for (let j = 0; j < columns; j++) out[base + j] = (out[base + j] ?? NaN) / total;
  }
  return out;
};

const distances = (a: Matrix, b: Matrix): Float64Array => {
  const { columns } = a;
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let total = 0;
      for (let k = 0; k < columns; k++) {
        const difference = (a.values[i * columns + k] ?? NaN) - (b.values[j * columns + k] ?? NaN);
        total += difference * difference;
      }
      out[i * b.rows + j] = total;
    }
  }
  return out;
};
