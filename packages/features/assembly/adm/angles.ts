/**
 * The angle test of decoupling (spec/adm.md section 6): whether the gradients
 * of both pictures lie within one degree, as x >= 0 and x*x >= (C*y)*z, where
 * x, y and z are dot products rounded to binary32. (The text divides each by
 * 4096; powers of two change nothing.)
 *
 * The comparison is made in the lanes at hand with a little error. Where the
 * sides lie within 2^-20 of each other it is made again, exactly, position by
 * position. Zeros are exact. Where x*x is the larger, |x| is too large for its
 * sign to be in doubt.
 */
import { all32, all64, lowHalves, zipHigh16, zipLow16 } from './lanes';

/** C = cos(1 degree)^2, a binary32 number, and 2^-20. */
const COS_SQUARED: f64 = 0.99969542026519775;
const REALS = memory.data<f64>([COS_SQUARED, 0.00000095367431640625], 16);
const REALS32 = memory.data<f32>([<f32>COS_SQUARED, 0.00000095367431640625], 16);

/** 0 or -1. */
function decide(product: i64, first: i64, second: i64): i32 {
  const x = <f64>(<f32>product);
  const y = <f64>(<f32>first);
  const z = <f64>(<f32>second);
  return -(i32(product >= 0) & i32(x * x >= COS_SQUARED * y * z));
}

/**
 * Scale 0: a 16-bit mask for every position of the row. Dots are below
 * 2 * 22930^2 < 2^31; rounded once, as the text wants, they are binary32
 * numbers x, y, z, and the two sides have relative errors below 2^-22.
 */
export function anglesFirst(
  oh: usize,
  ov: usize,
  th: usize,
  tv: usize,
  flags: usize,
  bytes: usize,
): void {
  const c = all32(REALS32);
  const margin = all32(REALS32 + 4);
  const zero = i32x4.splat(0);
  for (let p: usize = 0; p < bytes; p += 16) {
    const a = v128.load(oh + p);
    const b = v128.load(ov + p);
    const d = v128.load(th + p);
    const e = v128.load(tv + p);
    // Without detail the flag changes nothing.
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(d, e)))) continue;
    const o0 = zipLow16(a, b);
    const o1 = zipHigh16(a, b);
    const t0 = zipLow16(d, e);
    const t1 = zipHigh16(d, e);
    const x0 = dots(o0, t0);
    const x1 = dots(o1, t1);
    const limit0 = f32x4.mul(f32x4.mul(c, dots(o0, o0)), dots(t0, t0));
    const limit1 = f32x4.mul(f32x4.mul(c, dots(o1, o1)), dots(t1, t1));
    const over0 = f32x4.sub(f32x4.mul(x0, x0), limit0);
    const over1 = f32x4.sub(f32x4.mul(x1, x1), limit1);
    const flag0 = v128.and(f32x4.ge(x0, zero), f32x4.ge(over0, zero));
    const flag1 = v128.and(f32x4.ge(x1, zero), f32x4.ge(over1, zero));
    v128.store(flags + p, i16x8.narrow_i32x4_s(flag0, flag1));
    const doubt0 = f32x4.lt(f32x4.abs(over0), f32x4.mul(limit0, margin));
    const doubt1 = f32x4.lt(f32x4.abs(over1), f32x4.mul(limit1, margin));
    if (v128.any_true(v128.or(doubt0, doubt1))) {
      for (let i: usize = 0; i < 16; i += 2) {
        angleFirst(oh + p + i, ov + p + i, th + p + i, tv + p + i, flags + p + i);
      }
    }
  }
}

function dots(a: v128, b: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(a, b));
}

function angleFirst(oh: usize, ov: usize, th: usize, tv: usize, flag: usize): void {
  const a = <i64>load<i16>(oh);
  const b = <i64>load<i16>(ov);
  const d = <i64>load<i16>(th);
  const e = <i64>load<i16>(tv);
  store<i16>(flag, decide(a * d + b * e, a * a + b * b, d * d + e * e));
}

/**
 * Scales 1..3: a mask in a 32-bit lane for every position. The text's dots are
 * rounded from 64-bit integers to binary32 at once, which no vector
 * instruction does; doubles differ from that by relative errors that make
 * less than 2^-21 of the two sides.
 */
export function anglesUpper(
  oh: usize,
  ov: usize,
  th: usize,
  tv: usize,
  flags: usize,
  bytes: usize,
): void {
  const c = all64(REALS);
  const margin = all64(REALS + 8);
  const zero = i32x4.splat(0);
  for (let p: usize = 0; p < bytes; p += 8) {
    const a = f64x2.convert_low_i32x4_s(v128.load64_zero(oh + p));
    const b = f64x2.convert_low_i32x4_s(v128.load64_zero(ov + p));
    const d = f64x2.convert_low_i32x4_s(v128.load64_zero(th + p));
    const e = f64x2.convert_low_i32x4_s(v128.load64_zero(tv + p));
    const x = f64x2.add(f64x2.mul(a, d), f64x2.mul(b, e));
    const y = f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b));
    const z = f64x2.add(f64x2.mul(d, d), f64x2.mul(e, e));
    const limit = f64x2.mul(f64x2.mul(c, y), z);
    const over = f64x2.sub(f64x2.mul(x, x), limit);
    const flag = v128.and(f64x2.ge(x, zero), f64x2.ge(over, zero));
    v128.store64_lane(flags + p, lowHalves(flag, flag), 0);
    if (v128.any_true(f64x2.lt(f64x2.abs(over), f64x2.mul(limit, margin)))) {
      angleUpper(oh + p, ov + p, th + p, tv + p, flags + p);
      angleUpper(oh + p + 4, ov + p + 4, th + p + 4, tv + p + 4, flags + p + 4);
    }
  }
}

// |h|, |v| < 2.104e9: the sums of two squares stay below 8.9e18 < 2^63.
function angleUpper(oh: usize, ov: usize, th: usize, tv: usize, flag: usize): void {
  const a = <i64>load<i32>(oh);
  const b = <i64>load<i32>(ov);
  const d = <i64>load<i32>(th);
  const e = <i64>load<i32>(tv);
  store<i32>(flag, decide(a * d + b * e, a * a + b * b, d * d + e * e));
}
