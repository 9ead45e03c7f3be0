// The border rule: pictures continue as in a mirror on the edge sample, which
// is not repeated. Columns are laid out that way around each plane; rows are
// found by it.

/** Where row `i` of `n` is read. Rows that only an output beyond the picture needs may be any. */
export function mirror(i: i32, n: i32): i32 {
  if (i < 0) i = -i;
  if (i >= n) i = 2 * n - 2 - i;
  return i < 0 ? 0 : i;
}

/** Continues every row of a plane by `radius` samples on both sides. */
export function mirrorColumns<T>(
  plane: usize,
  pitch: usize,
  width: i32,
  height: i32,
  radius: i32,
): void {
  let left = plane;
  for (let y = 0; y < height; y++) {
    const right = left + ((width - 1) as usize) * sizeof<T>();
    for (let k = 1; k <= radius; k++) {
      const d = (k as usize) * sizeof<T>();
      store<T>(left - d, load<T>(left + d));
      store<T>(right + d, load<T>(right - d));
    }
    left += pitch;
  }
}

/** Moves samples of fewer bits to the top of their words; then every depth is 16 bits. */
export function widen(plane: usize, pitch: usize, width: i32, height: i32, shift: i32): void {
  const size = (width as usize) * 2;
  for (let y = 0; y < height; y++) {
    // Up to 7 samples of the margin are moved along; they are written later.
    for (let x: usize = 0; x < size; x += 16) {
      v128.store(plane + x, i16x8.shl(v128.load(plane + x), shift));
    }
    plane += pitch;
  }
}
