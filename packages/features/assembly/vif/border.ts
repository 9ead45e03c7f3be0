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

/**
 * Gives packed rows their margins: row `y` goes from `packed + y * width` samples
 * to `plane + y * pitch` bytes. The packed rows may end where the plane does:
 * they are ahead of what is written by more than a vector, down to the last row.
 * Samples move up by `shift` bits to the top of their words; then every depth
 * is 16 bits.
 */
export function unpack<T>(
  packed: usize,
  plane: usize,
  pitch: usize,
  width: i32,
  height: i32,
  shift: i32,
): void {
  const size = (width as usize) * sizeof<T>();
  for (let y = 0; y < height; y++) {
    // Up to a vector too much, which the margin has room for.
    for (let x: usize = 0; x < size; x += 16) {
      const samples = v128.load(packed + x);
      v128.store(plane + x, sizeof<T>() == 1 ? samples : i16x8.shl(samples, shift));
    }
    packed += size;
    plane += pitch;
  }
}
