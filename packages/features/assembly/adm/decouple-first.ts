/**
 * Decoupling of one row at scale 0 (spec/adm.md section 6): 16-bit bands of
 * both pictures in, restored and additive part out.
 */
import { all32, all64, lowHalves, upperPair } from './lanes';

/** 2^30, then 1.5 * 2^52 + 2^14, then 1.5 * 2^52. */
const DIVISION = memory.data<f64>([1073741824, 6755399441072128, 6755399441055744], 16);
const LIMITS = memory.data<i32>([32768, 16384], 16);

// (recip(o) * t + 2^14) >> 15 in the lower half of each 64-bit lane, for the
// lower two lanes of o and t. The reciprocal trunc(2^30 / o) equals the table:
// a quotient below 2^30 is 2^-15 or more from the next integer, a rounded
// double within 2^-23. The product is below 2^30 * 22930 < 2^45, so adding
// 1.5 * 2^52 keeps it as an integer in the low 51 bits, where a plain shift of
// the bits is the arithmetic shift. For o = 0 the result is meaningless.
function ratio(o: v128, t: v128, one: v128, magic: v128): v128 {
  const reciprocal = f64x2.trunc(f64x2.div(one, f64x2.convert_low_i32x4_s(o)));
  const product = f64x2.mul(reciprocal, f64x2.convert_low_i32x4_s(t));
  return i64x2.shr_u(f64x2.add(product, magic), 15);
}

// r before enhancement, four positions. |q| < 2^30; k * o < 2^15 * 22930 < 2^30;
// o = 0 gives 0 whatever k.
function restored(
  o: v128,
  t: v128,
  one: v128,
  magic: v128,
  zero: v128,
  full: v128,
  half: v128,
): v128 {
  const q = lowHalves(ratio(o, t, one, magic), ratio(upperPair(o), upperPair(t), one, magic));
  const k = i32x4.min_s(i32x4.max_s(q, zero), full);
  return i32x4.shr_s(i32x4.add(i32x4.mul(k, o), half), 15);
}

// r * G between 0 and t: signs of r and t agree unless r is 0. `grown` is r * G,
// saturated to 16 bits by narrowing, which t's 16 bits allow.
function enhanced(r: v128, grown: v128, t: v128, flag: v128, zero: v128): v128 {
  const limited = i16x8.min_s(i16x8.max_s(grown, i16x8.min_s(t, zero)), i16x8.max_s(t, zero));
  return v128.bitselect(limited, r, flag);
}

/** Restored and additive part of one band's row for an integer gain limit (r * G < 2^22). */
export function decoupleFirst(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: i32,
): void {
  const one = all64(DIVISION);
  const magic = all64(DIVISION + 8);
  const zero = i32x4.splat(0);
  const full = all32(LIMITS);
  const half = all32(LIMITS + 4);
  const gains = i32x4.splat(gain);
  for (let p: usize = 0; p < bytes; p += 16) {
    const os = v128.load(o + p);
    const ts = v128.load(t + p);
    // No detail, no parts: common in flat places.
    if (!v128.any_true(v128.or(os, ts))) {
      v128.store(r + p, ts);
      v128.store(a + p, ts);
      continue;
    }
    const near = restored(
      i32x4.extend_low_i16x8_s(os),
      i32x4.extend_low_i16x8_s(ts),
      one,
      magic,
      zero,
      full,
      half,
    );
    const far = restored(
      i32x4.extend_high_i16x8_s(os),
      i32x4.extend_high_i16x8_s(ts),
      one,
      magic,
      zero,
      full,
      half,
    );
    const grown = i16x8.narrow_i32x4_s(i32x4.mul(near, gains), i32x4.mul(far, gains));
    const rs = enhanced(i16x8.narrow_i32x4_s(near, far), grown, ts, v128.load(flags + p), zero);
    v128.store(r + p, rs);
    v128.store(a + p, i16x8.sub(ts, rs));
  }
}

// trunc(r * G), four positions, below 2^22.
function grownBy(r: v128, gain: v128, magic: v128): v128 {
  const near = f64x2.trunc(f64x2.mul(f64x2.convert_low_i32x4_s(r), gain));
  const far = f64x2.trunc(f64x2.mul(f64x2.convert_low_i32x4_s(upperPair(r)), gain));
  return lowHalves(f64x2.add(near, magic), f64x2.add(far, magic));
}

/** {@link decoupleFirst} for any gain limit; truncating before the limit t, an integer, is the same. */
export function decoupleFirstFraction(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: f64,
): void {
  const one = all64(DIVISION);
  const magic = all64(DIVISION + 8);
  const toInteger = all64(DIVISION + 16);
  const zero = i32x4.splat(0);
  const full = all32(LIMITS);
  const half = all32(LIMITS + 4);
  const gains = f64x2.splat(gain);
  for (let p: usize = 0; p < bytes; p += 16) {
    const os = v128.load(o + p);
    const ts = v128.load(t + p);
    const near = restored(
      i32x4.extend_low_i16x8_s(os),
      i32x4.extend_low_i16x8_s(ts),
      one,
      magic,
      zero,
      full,
      half,
    );
    const far = restored(
      i32x4.extend_high_i16x8_s(os),
      i32x4.extend_high_i16x8_s(ts),
      one,
      magic,
      zero,
      full,
      half,
    );
    const grown = i16x8.narrow_i32x4_s(
      grownBy(near, gains, toInteger),
      grownBy(far, gains, toInteger),
    );
    const rs = enhanced(i16x8.narrow_i32x4_s(near, far), grown, ts, v128.load(flags + p), zero);
    v128.store(r + p, rs);
    v128.store(a + p, i16x8.sub(ts, rs));
  }
}
