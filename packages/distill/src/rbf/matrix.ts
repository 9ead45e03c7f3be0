/**
 * Symmetric positive definite systems, small and dense, in binary64 and in a
 * fixed order of operations. Matrices are full squares, row by row; only the
 * lower triangle is read and written.
 */

/**
 * Cholesky factor in place: `A = L L^T`.
 * @param a `[n, n]`, overwritten by L.
 * @returns whether A was positive definite; if not, `a` is of no use any more.
 */
export const factorise = (a: Float64Array, n: number): boolean => {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j] ?? NaN;
      for (let k = 0; k < j; k++) sum -= (a[row + k] ?? NaN) * (a[other + k] ?? NaN);
      if (j < i) a[row + j] = sum / (a[other + j] ?? NaN);
      else if (sum > 0) a[row + j] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
};

/** Solves `L L^T x = b` in place of `b`, with the factor of {@link factorise}. */
export const substitute = (l: Float64Array, n: number, b: Float64Array): void => {
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? NaN;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] ?? NaN) * (b[k] ?? NaN);
    b[i] = sum / (l[i * n + i] ?? NaN);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] ?? NaN;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] ?? NaN) * (b[k] ?? NaN);
    b[i] = sum / (l[i * n + i] ?? NaN);
  }
};

/** Rows that are multiplied at a time, so that they stay in the cache. */
const BLOCK = 256;

/**
 * Lower triangle of `C^T C`.
 * @param columns `[n, rows]`: column after column.
 * @param out `[n, n]`, overwritten.
 */
export const gram = (columns: Float64Array, n: number, rows: number, out: Float64Array): void => {
  out.fill(0);
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows);
    for (let i = 0; i < n; i += 2) {
      for (let j = 0; j <= i; j += 2) tile(columns, n, rows, out, i, j, start, end);
    }
  }
};

/** Two columns against two others: four sums at a time, each in order of the rows. */
const tile = (
  columns: Float64Array,
  n: number,
  rows: number,
  out: Float64Array,
  i: number,
  j: number,
  start: number,
  end: number,
): void => {
  const a = i * rows;
  const b = j * rows;
  // The last column of an odd number stands in for the one after it.
  const a2 = i + 1 < n ? a + rows : a;
  const b2 = j + 1 < n ? b + rows : b;
  let s11 = 0;
  let s12 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let k = start; k < end; k++) {
    const x1 = columns[a + k] as number;
    const x2 = columns[a2 + k] as number;
    const y1 = columns[b + k] as number;
    const y2 = columns[b2 + k] as number;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s21 += x2 * y1;
    s22 += x2 * y2;
  }
  out[i * n + j] = (out[i * n + j] ?? NaN) + s11;
  if (j + 1 < n) out[i * n + j + 1] = (out[i * n + j + 1] ?? NaN) + s12;
  if (i + 1 < n) {
    out[(i + 1) * n + j] = (out[(i + 1) * n + j] ?? NaN) + s21;
    if (j + 1 < n) out[(i + 1) * n + j + 1] = (out[(i + 1) * n + j + 1] ?? NaN) + s22;
  }
};
