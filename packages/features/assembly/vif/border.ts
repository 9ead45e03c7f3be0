// The border rule: pictures continue as in a mirror on the edge sample, which
// is not repeated. Columns are laid out that way around each row; rows are
// found by it.

/** Where row `i` of `n` is read. Rows that only an output beyond the picture needs may be any. */
export function mirror(i: i32, n: i32): i32 {
  if (i < 0) i = -i;
  if (i >= n) i = 2 * n - 2 - i;
  return i < 0 ? 0 : i;
}

/** Continues a row by `radius` samples on both sides. */
export function mirrorRow<T>(row: usize, width: i32, radius: i32): void {
  const right = row + ((width - 1) as usize) * sizeof<T>();
  for (let k = 1; k <= radius; k++) {
    const d = (k as usize) * sizeof<T>();
    store<T>(row - d, load<T>(row + d));
    store<T>(right + d, load<T>(right - d));
  }
}

/**
 * Copies a packed row to its place, up to a vector too much, which the margin
 * has room for. Samples move up by `shift` bits to the top of their words; then
 * every depth is 16 bits.
 */
export function copyRow<T>(packed: usize, row: usize, width: i32, shift: i32): void {
  const size = (width as usize) * sizeof<T>();
  for (let x: usize = 0; x < size; x += 16) {
    const samples = v128.load(packed + x);
    v128.store(row + x, sizeof<T>() == 1 ? samples : i16x8.shl(samples, shift));
  }
}
