/**
 * The pass along columns: rows of the first pass to a row of code values.
 * Rows are added four at a time, which is all that the commonest filter has.
 */
import type { MiddleRow } from './horizontal.js';
import type { Precision } from './precision.js';

/** Sums of a row: whole numbers of 32 bits, or for 16-bit video of 33 in doubles. */
export type Sums = Int32Array | Float64Array;

/** Sums for rows of a width. */
export const createSums = (width: number, { middleBits }: Precision): Sums =>
  middleBits === 15 ? new Int32Array(width) : new Float64Array(width);

/**
 * Merges rows into a row of code values, halves rounded up, limited to the
 * range of the depth.
 *
 * With 15-bit rows a sum is within 1.5 * 2^15 * 2^12 < 2^28; with 19-bit rows
 * within 1.5 * 2^31, beyond 32 bits and exact in a double.
 * @param rows the first `weights.length` of them are merged; all as long as `sums`.
 * @param start where the row begins in `out`.
 */
export const mergeRows = (
  rows: readonly MiddleRow[],
  weights: Int16Array,
  { verticalShift, top }: Precision,
  sums: Sums,
  out: Uint8Array | Uint16Array,
  start: number,
): void => {
  sums.fill(2 ** (verticalShift - 1));
  for (let k = 0; k < weights.length; k += 4) addFour(sums, rows, weights, k);
  if (sums instanceof Int32Array) roundNarrow(sums, verticalShift, top, out, start);
  else roundWide(sums, 2 ** verticalShift, top, out, start);
};

/** Adds rows `k` to `k + 3`; those beyond the last weigh nothing. */
const addFour = (sums: Sums, rows: readonly MiddleRow[], weights: Int16Array, k: number): void => {
  const a = rows[k];
  if (a === undefined) return;
  const b = rows[k + 1] ?? a;
  const c = rows[k + 2] ?? a;
  const d = rows[k + 3] ?? a;
  const [p = 0, q = 0, r = 0, s = 0] = weights.subarray(k, k + 4);
  if (sums instanceof Int32Array) addNarrow(sums, a, b, c, d, p, q, r, s);
  else addWide(sums, a, b, c, d, p, q, r, s);
};

/** Adds four weighted rows. Two functions of the same text: each sees one kind of array. */
const addNarrow = (
  sums: Int32Array,
  a: MiddleRow,
  b: MiddleRow,
  c: MiddleRow,
  d: MiddleRow,
  p: number,
  q: number,
  r: number,
  s: number,
): void => {
  for (let x = 0; x < sums.length; x++) {
    const left = Math.imul(a[x] ?? 0, p) + Math.imul(b[x] ?? 0, q);
    const right = Math.imul(c[x] ?? 0, r) + Math.imul(d[x] ?? 0, s);
    sums[x] = ((sums[x] ?? 0) + left + right) | 0;
  }
};

const addWide = (
  sums: Float64Array,
  a: MiddleRow,
  b: MiddleRow,
  c: MiddleRow,
  d: MiddleRow,
  p: number,
  q: number,
  r: number,
  s: number,
): void => {
  for (let x = 0; x < sums.length; x++) {
    const left = (a[x] ?? 0) * p + (b[x] ?? 0) * q;
    const right = (c[x] ?? 0) * r + (d[x] ?? 0) * s;
    sums[x] = (sums[x] ?? 0) + left + right;
  }
};

const roundNarrow = (
  sums: Int32Array,
  shift: number,
  top: number,
  out: Uint8Array | Uint16Array,
  start: number,
): void => {
  for (let x = 0; x < sums.length; x++) {
    const value = (sums[x] ?? 0) >> shift;
    out[start + x] = value < 0 ? 0 : value > top ? top : value;
  }
};

const roundWide = (
  sums: Float64Array,
  unit: number,
  top: number,
  out: Uint8Array | Uint16Array,
  start: number,
): void => {
  for (let x = 0; x < sums.length; x++) {
    const value = Math.floor((sums[x] ?? 0) / unit);
    out[start + x] = value < 0 ? 0 : value > top ? top : value;
  }
};
