/**
 * What is left of weights once a file has held them: rounding to binary32, and
 * eight-bit columns. Training that knows of quantisation, and every test of an
 * exported file, uses these very functions.
 */
import type { LayerGraph, Storage, Weights } from './graph.js';
import { parameters } from './weights.js';

/** A matrix in eight bits. */
export interface Quantised {
  /** Row by row, -127 .. 127. */
  readonly codes: Int8Array;
  /** One per column: binary32, at least the smallest normal number. */
  readonly scales: Float32Array;
}

/** Adding and subtracting it rounds to an integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;

/** Smallest normal binary32: the scale of a column of zeros, so that no division is by 0. */
const MIN_SCALE = 2 ** -126;

/**
 * Eight-bit codes with one scale per column: its largest magnitude / 127,
 * rounded to binary32; codes rounded to nearest, ties to even, and kept within
 * -127 .. 127.
 * @param values row by row.
 */
export const quantise = (values: ArrayLike<number>, rows: number, columns: number): Quantised => {
  const scales = new Float32Array(columns);
  const codes = new Int8Array(rows * columns);
  for (let j = 0; j < columns; j++) {
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      const magnitude = Math.abs(values[i * columns + j] ?? NaN);
      if (magnitude > largest) largest = magnitude;
    }
    const scale = Math.max(Math.fround(largest / 127), MIN_SCALE);
    scales[j] = scale;
    for (let i = 0; i < rows; i++) {
      const code = (values[i * columns + j] ?? NaN) / scale + ROUNDER - ROUNDER;
      codes[i * columns + j] = Math.max(-127, Math.min(127, code));
    }
  }
  return { codes, scales };
};

/** The numbers that eight-bit codes stand for: code * scale, rounded to binary32. */
export const dequantise = ({ codes, scales }: Quantised): Float64Array => {
  const columns = scales.length;
  const values = new Float64Array(codes.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.fround((codes[i] ?? NaN) * (scales[i % columns] ?? NaN));
  }
  return values;
};

/** Numbers as a file with this storage gives them back. */
export const storedValues = (
  values: Float64Array,
  rows: number,
  columns: number,
  storage: Storage,
): Float64Array => {
  switch (storage) {
    case 'float64':
      return values;
    case 'float32':
      return values.map(Math.fround);
    case 'int8':
      return dequantise(quantise(values, rows, columns));
  }
};

/**
 * Weights as the exported file will have them. `runGraph` with these computes
 * what the file computes.
 */
export const storedWeights = (graph: LayerGraph, weights: Weights): Weights =>
  new Map(
    parameters(graph).map(({ name, rows, columns, storage }) => [
      name,
      storedValues(weights.get(name) ?? new Float64Array(rows * columns), rows, columns, storage),
    ]),
  );
