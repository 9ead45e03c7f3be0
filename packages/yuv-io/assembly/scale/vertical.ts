// The pass along columns. Same integers as src/scale/vertical.ts at 8 to 12
// bits: |sum| < 1.5 * 2^15 * 2^12, so 32 bits are enough.

/** Two rows times their weights, added to the sums of four columns, the lower or the upper four of eight. */
export function addPair(a: v128, b: v128, weights: v128, sum: v128, upper: bool): v128 {
  const mixed = upper
    ? v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
    : v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  return i32x4.add(sum, i32x4.dot_i16x8_s(mixed, weights));
}

/**
 * Merges rows to code values.
 * @param rows addresses of `taps` rows of 16-bit results; an even number.
 * @param weights of those rows.
 * @param blocks of eight columns.
 * @param top largest code value; 255 writes bytes, else words.
 */
export function merge(
  rows: usize,
  weights: usize,
  taps: i32,
  out: usize,
  blocks: i32,
  shift: i32,
  top: i32,
): void {
  if (taps === 2) mergeTwo(rows, weights, out, blocks, shift, top);
  else if (taps === 4) mergeFour(rows, weights, out, blocks, shift, top);
  else mergeMany(rows, weights, taps, out, blocks, shift, top);
}

function put(out: usize, n: i32, low: v128, high: v128, shift: i32, top: i32): void {
  const a = i32x4.shr_s(low, shift);
  const b = i32x4.shr_s(high, shift);
  if (top === 255) {
    const words = i16x8.narrow_i32x4_s(a, b);
    v128.store64_lane(out + ((<usize>n) << 3), i8x16.narrow_i16x8_u(words, words), 0);
  } else {
    v128.store(
      out + ((<usize>n) << 4),
      i16x8.min_u(i16x8.narrow_i32x4_u(a, b), i16x8.splat(<i16>top)),
    );
  }
}

function mergeTwo(
  rows: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
  top: i32,
): void {
  const r0 = load<usize>(rows);
  const r1 = load<usize>(rows, 4);
  const w = v128.load32_splat(weights);
  const half = i32x4.splat(1 << (shift - 1));
  for (let n = 0; n < blocks; n++) {
    const at = (<usize>n) << 4;
    const a = v128.load(r0 + at);
    const b = v128.load(r1 + at);
    put(out, n, addPair(a, b, w, half, false), addPair(a, b, w, half, true), shift, top);
  }
}

function mergeFour(
  rows: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
  top: i32,
): void {
  const r0 = load<usize>(rows);
  const r1 = load<usize>(rows, 4);
  const r2 = load<usize>(rows, 8);
  const r3 = load<usize>(rows, 12);
  const w = v128.load32_splat(weights);
  const v = v128.load32_splat(weights, 4);
  const half = i32x4.splat(1 << (shift - 1));
  for (let n = 0; n < blocks; n++) {
    const at = (<usize>n) << 4;
    const a = v128.load(r0 + at);
    const b = v128.load(r1 + at);
    const c = v128.load(r2 + at);
    const d = v128.load(r3 + at);
    const low = addPair(c, d, v, addPair(a, b, w, half, false), false);
    const high = addPair(c, d, v, addPair(a, b, w, half, true), true);
    put(out, n, low, high, shift, top);
  }
}

function mergeMany(
  rows: usize,
  weights: usize,
  taps: i32,
  out: usize,
  blocks: i32,
  shift: i32,
  top: i32,
): void {
  const half = i32x4.splat(1 << (shift - 1));
  for (let n = 0; n < blocks; n++) {
    const at = (<usize>n) << 4;
    let low = half;
    let high = half;
    for (let k = 0; k < taps; k += 2) {
      const a = v128.load(load<usize>(rows + ((<usize>k) << 2)) + at);
      const b = v128.load(load<usize>(rows + ((<usize>k) << 2), 4) + at);
      const w = v128.load32_splat(weights + ((<usize>k) << 1));
      low = addPair(a, b, w, low, false);
      high = addPair(a, b, w, high, true);
    }
    put(out, n, low, high, shift, top);
  }
}
