/**
 * Sums of cubes of one row: of the reference for the denominator, of what
 * passes the threshold for the numerator (spec/adm.md sections 8 and 9.3). A
 * row's sum is exact; it is the caller who rounds it.
 *
 * Each cube is rounded by (n + add) >> shift, where the shift depends on the
 * picture's size. It is done once, on the sum: bits below it are cleared, upper
 * and lower halves are added up separately.
 */
import { all32, all64, lowHalves, sum64, zipLow16 } from './lanes';

/** Largest thresholds whose shifts by 10 and by 12 stay below 2^31. */
const HIGHEST = memory.data<i32>([0x1fffff, 0x7ffff], 16);
/** Rounding of squares: 2^28, 2^29, 2^30, 2^31. */
const ROUND = memory.data<i64>([0x10000000, 0x20000000, 0x40000000, 0x80000000], 16);

/** Rounds a cube, both lanes. */
function halfUnit(shift: u64): v128 {
  return i64x2.splat((1 << shift) >> 1);
}

/** Bits of the lower half that a cube's rounding keeps, both lanes. */
function keptBits(shift: u64): v128 {
  return i64x2.splat(0xffffffff & -(1 << shift));
}

function upperHalves(near: v128, far: v128): v128 {
  return i64x2.add(i64x2.shr_u(near, 32), i64x2.shr_u(far, 32));
}

function lowerHalves(near: v128, far: v128, kept: v128): v128 {
  return i64x2.add(v128.and(near, kept), v128.and(far, kept));
}

function finish(upper: v128, lower: v128, shift: u64): u64 {
  return (sum64(upper) << (32 - shift)) + (sum64(lower) >> shift);
}

/** (m^2 + round) >> bits, four positions. */
function square(m: v128, round: v128, bits: i32): v128 {
  return lowHalves(
    i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_u(m, m), round), bits),
    i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_u(m, m), round), bits),
  );
}

/** |F x|, four positions from the lower half of `x`; `f` holds two words that add up to F. */
function visible(x: v128, f: v128): v128 {
  return i32x4.abs(i32x4.dot_i16x8_s(zipLow16(x, x), f));
}

/**
 * Scale 0, band h or v: 16-bit x, 32-bit thresholds. With |x| <= 22930 and F
 * as the default or less, |F x| <= 8.36e8; a threshold is -65536 or more, so
 * m < 9.1e8, its square >> 29 below 1.53e9. The row's sum fits 64 bits: where
 * a band's x is at its limit its masking part is next to nothing, hence a
 * threshold of -32768 or more (one other band wraps), m < 8.7e8 and a cube
 * below 1.23e18; there are at most 14 positions at shift 0, and at most 12.8 *
 * 2^shift above (the crop leaves 0.8 of a width below 16 * 2^shift).
 */
export function numeratorHv(
  x: usize,
  threshold: usize,
  bytes: usize,
  factor: i32,
  shift: u64,
): u64 {
  const f = i32x4.splat(factor);
  const zero = i32x4.splat(0);
  const highest = all32(HIGHEST);
  const round = all64(ROUND);
  const add = halfUnit(shift);
  const kept = keptBits(shift);
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 8) {
    const limit = i32x4.shl(i32x4.min_s(v128.load(threshold + 2 * p), highest), 10);
    const m = i32x4.max_s(i32x4.sub(visible(v128.load64_zero(x + p), f), limit), zero);
    if (!v128.any_true(m)) continue;
    const s = square(m, round, 29);
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, upperHalves(near, far));
    lower = i64x2.add(lower, lowerHalves(near, far, kept));
  }
  return finish(upper, lower, shift);
}

/**
 * Scale 0, band d: |F x| <= 1.14e9, m < 1.41e9, its square >> 30 below 1.84e9,
 * a cube below 2.6e18 and half of it after the smallest shift, 1, at which
 * there are 14 positions at most; above, 6.4 * 2^shift. A threshold of 2^19 or
 * more hides everything.
 */
export function numeratorD(x: usize, threshold: usize, bytes: usize, factor: i32, shift: u64): u64 {
  const f = i32x4.splat(factor);
  const zero = i32x4.splat(0);
  const highest = all32(HIGHEST + 4);
  const round = all64(ROUND + 8);
  const add = halfUnit(shift);
  const kept = keptBits(shift);
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 8) {
    const limit = i32x4.shl(i32x4.min_s(v128.load(threshold + 2 * p), highest), 12);
    const m = i32x4.max_s(i32x4.sub(visible(v128.load64_zero(x + p), f), limit), zero);
    if (!v128.any_true(m)) continue;
    const s = square(m, round, 30);
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, upperHalves(near, far));
    lower = i64x2.add(lower, lowerHalves(near, far, kept));
  }
  return finish(upper, lower, shift);
}

/**
 * Scales 1..3: x is |csf|, below 2.104e9 (`weighUpper`); thresholds are -27 or
 * more; squares >> 30 below 4.13e9 < 2^32, cubes below 8.7e18 < 2^63 and their
 * sum, shifted by the binary logarithm of the width, as well.
 */
export function numeratorUpper(x: usize, threshold: usize, bytes: usize, shift: u64): u64 {
  const zero = i32x4.splat(0);
  const round = all64(ROUND + 8);
  const add = halfUnit(shift);
  const kept = keptBits(shift);
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 16) {
    const m = i32x4.max_s(i32x4.sub(v128.load(x + p), v128.load(threshold + p)), zero);
    if (!v128.any_true(m)) continue;
    const s = square(m, round, 30);
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, upperHalves(near, far));
    lower = i64x2.add(lower, lowerHalves(near, far, kept));
  }
  return finish(upper, lower, shift);
}

/** x * y of four positions, added in pairs; below 2^45. */
function products(x: v128, y: v128): v128 {
  return i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.extmul_high_i32x4_u(x, y));
}

/**
 * Scale 0: the sum of |o|^3, each below 1.21e13, over a row; `mask` is 0
 * outside the crop region. A picture's total, shifted where the region has
 * more than 2^20 positions, is below 2^20 * 1.21e13 < 2^64.
 */
export function cubesFirst(o: usize, mask: usize, bytes: usize): u64 {
  let sum = i64x2.splat(0);
  for (let p: usize = 0; p < bytes; p += 16) {
    const x = i16x8.abs(v128.and(v128.load(o + p), v128.load(mask + p)));
    if (!v128.any_true(x)) continue;
    const near = products(i32x4.extmul_low_i16x8_u(x, x), i32x4.extend_low_i16x8_u(x));
    const far = products(i32x4.extmul_high_i16x8_u(x, x), i32x4.extend_high_i16x8_u(x));
    sum = i64x2.add(sum, i64x2.add(near, far));
  }
  return sum64(sum);
}

/**
 * Scales 1 and 3: |o| < 2.104e9, squares >> 31 below 2.07e9, cubes below
 * 4.4e18 and their sum, shifted by the binary logarithm of the region's width,
 * as well. The rounding of squares is a full unit.
 */
export function cubes31(o: usize, mask: usize, bytes: usize, shift: u64): u64 {
  const round = all64(ROUND + 24);
  const add = halfUnit(shift);
  const kept = keptBits(shift);
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 16) {
    const m = i32x4.abs(v128.and(v128.load(o + p), v128.load(mask + p)));
    const s = square(m, round, 31);
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, upperHalves(near, far));
    lower = i64x2.add(lower, lowerHalves(near, far, kept));
  }
  return finish(upper, lower, shift);
}

/** Scale 2: |o| < 1.48e9, squares >> 30 below 2.05e9. */
export function cubes30(o: usize, mask: usize, bytes: usize, shift: u64): u64 {
  const round = all64(ROUND + 16);
  const add = halfUnit(shift);
  const kept = keptBits(shift);
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 16) {
    const m = i32x4.abs(v128.and(v128.load(o + p), v128.load(mask + p)));
    const s = square(m, round, 30);
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, upperHalves(near, far));
    lower = i64x2.add(lower, lowerHalves(near, far, kept));
  }
  return finish(upper, lower, shift);
}
