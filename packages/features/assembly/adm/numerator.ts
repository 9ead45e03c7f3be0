/**
 * Sums of cubes of one row: of the reference for the denominator, of what
 * passes the threshold for the numerator (spec/adm.md sections 8 and 9.3). A
 * row's sum is exact; it is the caller who rounds it.
 */
import { all32, all64, lowHalves, sum64, zipHigh16, zipLow16 } from './lanes';

/** Largest thresholds whose shifts by 10 and by 12 stay below 2^31. */
const HIGHEST = memory.data<i32>([0x1fffff, 0x7ffff], 16);
/** Rounding of the squares: 2^28, 2^29. */
const ROUND_SQUARE = memory.data<i64>([0x10000000, 0x20000000], 16);
const LOWER = memory.data<i64>([0xffffffff], 16);

/**
 * A sum of numbers each rounded by (n + add) >> shift, where the shift is not
 * known beforehand: it is done once, on the sum. Bits below it are cleared,
 * upper and lower halves are added up separately.
 */
@inline
function finish(upper: v128, lower: v128, shift: u64): u64 {
  return (sum64(upper) << (32 - shift)) + (sum64(lower) >> shift);
}

@inline
function first(
  x: usize,
  threshold: usize,
  bytes: usize,
  factor: i32,
  shift: u64,
  unit: i32,
  highest: v128,
  square: i32,
  round: v128,
): u64 {
  const f = i32x4.splat(factor);
  const zero = i32x4.splat(0);
  const add = i64x2.splat(((1 << shift) >> 1));
  const keep = i64x2.splat(0xffffffff & -(1 << shift));
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 8) {
    const xs = v128.load64_zero(x + p);
    const visible = i32x4.abs(i32x4.dot_i16x8_s(zipLow16(xs, xs), f));
    const limit = i32x4.shl(i32x4.min_s(v128.load(threshold + 2 * p), highest), unit);
    const m = i32x4.max_s(i32x4.sub(visible, limit), zero);
    if (!v128.any_true(m)) continue;
    const s = lowHalves(
      i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_u(m, m), round), square),
      i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_u(m, m), round), square),
    );
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, i64x2.add(i64x2.shr_u(near, 32), i64x2.shr_u(far, 32)));
    lower = i64x2.add(lower, i64x2.add(v128.and(near, keep), v128.and(far, keep)));
  }
  return finish(upper, lower, shift);
}

/**
 * Scale 0, band h or v: 16-bit x, 32-bit thresholds. With |x| <= 22930 and F
 * as the default or less, |F x| <= 8.36e8; a threshold is -65536 or more, so
 * m < 9.1e8, its square >> 29 below 1.53e9.
 * @param factor two words whose sum is F
 */
export function numeratorHv(x: usize, threshold: usize, bytes: usize, factor: i32, shift: u64): u64 {
  return first(x, threshold, bytes, factor, shift, 10, all32(HIGHEST), 29, all64(ROUND_SQUARE));
}

/**
 * Scale 0, band d: |F x| <= 1.14e9, m < 1.41e9, its square >> 30 below 1.84e9.
 * A threshold of 2^19 or more hides everything.
 */
export function numeratorD(x: usize, threshold: usize, bytes: usize, factor: i32, shift: u64): u64 {
  return first(
    x,
    threshold,
    bytes,
    factor,
    shift,
    12,
    all32(HIGHEST + 4),
    30,
    all64(ROUND_SQUARE + 8),
  );
}

/**
 * Scales 1..3: x is |csf|, below 2^31; thresholds -27 or more, differences
 * below 2^31; squares >> 30 below 2^32, cubes below 2^63.
 */
export function numeratorUpper(x: usize, threshold: usize, bytes: usize, shift: u64): u64 {
  const zero = i32x4.splat(0);
  const round = all64(ROUND_SQUARE + 8);
  const add = i64x2.splat(((1 << shift) >> 1));
  const keep = i64x2.splat(0xffffffff & -(1 << shift));
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 16) {
    const m = i32x4.max_s(i32x4.sub(v128.load(x + p), v128.load(threshold + p)), zero);
    if (!v128.any_true(m)) continue;
    const s = lowHalves(
      i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_u(m, m), round), 30),
      i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_u(m, m), round), 30),
    );
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, i64x2.add(i64x2.shr_u(near, 32), i64x2.shr_u(far, 32)));
    lower = i64x2.add(lower, i64x2.add(v128.and(near, keep), v128.and(far, keep)));
  }
  return finish(upper, lower, shift);
}

/** Scale 0: the sum of |o|^3, each below 2^44, over a row; `mask` is 0 outside the crop region. */
export function cubesFirst(o: usize, mask: usize, bytes: usize): u64 {
  let sum = i64x2.splat(0);
  for (let p: usize = 0; p < bytes; p += 16) {
    const x = i16x8.abs(v128.and(v128.load(o + p), v128.load(mask + p)));
    const near = i32x4.extend_low_i16x8_u(x);
    const far = i32x4.extend_high_i16x8_u(x);
    const squareNear = i32x4.extmul_low_i16x8_u(x, x);
    const squareFar = i32x4.extmul_high_i16x8_u(x, x);
    sum = i64x2.add(
      sum,
      i64x2.add(
        i64x2.add(
          i64x2.extmul_low_i32x4_u(squareNear, near),
          i64x2.extmul_high_i32x4_u(squareNear, near),
        ),
        i64x2.add(
          i64x2.extmul_low_i32x4_u(squareFar, far),
          i64x2.extmul_high_i32x4_u(squareFar, far),
        ),
      ),
    );
  }
  return sum64(sum);
}

@inline
function cubesUpper(o: usize, mask: usize, bytes: usize, shift: u64, square: i32): u64 {
  // A full unit, not a half.
  const round = i64x2.splat(1 << square);
  const add = i64x2.splat(((1 << shift) >> 1));
  const keep = i64x2.splat(0xffffffff & -(1 << shift));
  let upper = i64x2.splat(0);
  let lower = upper;
  for (let p: usize = 0; p < bytes; p += 16) {
    const m = i32x4.abs(v128.and(v128.load(o + p), v128.load(mask + p)));
    const s = lowHalves(
      i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_u(m, m), round), square),
      i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_u(m, m), round), square),
    );
    const near = i64x2.add(i64x2.extmul_low_i32x4_u(s, m), add);
    const far = i64x2.add(i64x2.extmul_high_i32x4_u(s, m), add);
    upper = i64x2.add(upper, i64x2.add(i64x2.shr_u(near, 32), i64x2.shr_u(far, 32)));
    lower = i64x2.add(lower, i64x2.add(v128.and(near, keep), v128.and(far, keep)));
  }
  return finish(upper, lower, shift);
}

/** Scales 1 and 3: |o| < 2.104e9, squares >> 31 below 2.1e9, cubes below 2^63. */
export function cubes31(o: usize, mask: usize, bytes: usize, shift: u64): u64 {
  return cubesUpper(o, mask, bytes, shift, 31);
}

/** Scale 2: |o| < 1.48e9, squares >> 30 below 2.1e9. */
export function cubes30(o: usize, mask: usize, bytes: usize, shift: u64): u64 {
  return cubesUpper(o, mask, bytes, shift, 30);
}
