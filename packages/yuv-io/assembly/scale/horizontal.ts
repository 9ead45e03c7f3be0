// The pass along rows. Same integers as src/scale/horizontal.ts at 8 to 12 bits.
// A result is 16 bits: narrowing limits the top to 2^15 - 1, and the bottom is
// never reached: negative weights add up to more than -0.5 * 2^14, so a result
// is above -2^14.

/** Sums of neighbouring lanes of two vectors. */
export function pairs(a: v128, b: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
}

// Four sums of four products: bytes.
function quadNarrow(row: usize, first: usize, weights: usize): v128 {
  let s = v128.load32_zero(row + load<u32>(first));
  s = v128.load32_lane(row + load<u32>(first, 4), s, 1);
  s = v128.load32_lane(row + load<u32>(first, 8), s, 2);
  s = v128.load32_lane(row + load<u32>(first, 12), s, 3);
  return pairs(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(s), v128.load(weights)),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(s), v128.load(weights, 16)),
  );
}

// Four sums of four products: words.
function quadWide(row: usize, first: usize, weights: usize): v128 {
  let a = v128.load64_zero(row + load<u32>(first));
  a = v128.load64_lane(row + load<u32>(first, 4), a, 1);
  let b = v128.load64_zero(row + load<u32>(first, 8));
  b = v128.load64_lane(row + load<u32>(first, 12), b, 1);
  return pairs(
    i32x4.dot_i16x8_s(a, v128.load(weights)),
    i32x4.dot_i16x8_s(b, v128.load(weights, 16)),
  );
}

// Eight samples as words.
function eight(at: usize, wide: bool): v128 {
  return wide ? v128.load(at) : i16x8.extend_low_i8x16_u(v128.load64_zero(at));
}

// One sum of 8, 16, ... products, in four parts.
function longSum(at: usize, weights: usize, taps: i32, wide: bool): v128 {
  let sum = i32x4.dot_i16x8_s(eight(at, wide), v128.load(weights));
  const step: usize = wide ? 16 : 8;
  for (let k = 8; k < taps; k += 8) {
    at += step;
    weights += 16;
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(eight(at, wide), v128.load(weights)));
  }
  return sum;
}

// Four sums of 8, 16, ... products.
function quadLong(row: usize, first: usize, weights: usize, taps: i32, wide: bool): v128 {
  const step = <usize>taps * 2;
  const a = longSum(row + load<u32>(first), weights, taps, wide);
  const b = longSum(row + load<u32>(first, 4), weights + step, taps, wide);
  const c = longSum(row + load<u32>(first, 8), weights + 2 * step, taps, wide);
  const d = longSum(row + load<u32>(first, 12), weights + 3 * step, taps, wide);
  return pairs(pairs(a, b), pairs(c, d));
}

/** A row through filters of four weights; bytes. `blocks` of eight results, first samples as byte offsets. */
export function fourNarrow(
  row: usize,
  first: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
): void {
  for (let n = 0; n < blocks; n++) {
    const low = i32x4.shr_s(quadNarrow(row, first, weights), shift);
    const high = i32x4.shr_s(quadNarrow(row, first + 16, weights + 32), shift);
    v128.store(out, i16x8.narrow_i32x4_s(low, high));
    first += 32;
    weights += 64;
    out += 16;
  }
}

/** The same; words. */
export function fourWide(
  row: usize,
  first: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
): void {
  for (let n = 0; n < blocks; n++) {
    const low = i32x4.shr_s(quadWide(row, first, weights), shift);
    const high = i32x4.shr_s(quadWide(row, first + 16, weights + 32), shift);
    v128.store(out, i16x8.narrow_i32x4_s(low, high));
    first += 32;
    weights += 64;
    out += 16;
  }
}

/** A row through filters of a multiple of eight weights; bytes. */
export function longNarrow(
  row: usize,
  first: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
  taps: i32,
): void {
  const step = <usize>taps * 8;
  for (let n = 0; n < blocks; n++) {
    const low = i32x4.shr_s(quadLong(row, first, weights, taps, false), shift);
    const high = i32x4.shr_s(quadLong(row, first + 16, weights + step, taps, false), shift);
    v128.store(out, i16x8.narrow_i32x4_s(low, high));
    first += 32;
    weights += 2 * step;
    out += 16;
  }
}

/** The same; words. */
export function longWide(
  row: usize,
  first: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  shift: i32,
  taps: i32,
): void {
  const step = <usize>taps * 8;
  for (let n = 0; n < blocks; n++) {
    const low = i32x4.shr_s(quadLong(row, first, weights, taps, true), shift);
    const high = i32x4.shr_s(quadLong(row, first + 16, weights + step, taps, true), shift);
    v128.store(out, i16x8.narrow_i32x4_s(low, high));
    first += 32;
    weights += 2 * step;
    out += 16;
  }
}
