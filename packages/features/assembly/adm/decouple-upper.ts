/**
 * Decoupling of one row at scales 1..3 (spec/adm.md section 6), followed at
 * once by the contrast sensitivity: what the later stages read is the
 * weighted magnitude |csf| of both parts, not the parts themselves.
 */
import { COS_SQUARED } from './decouple-first';
import { all64, lowHalves } from './lanes';

/** 2^-20. */
const MARGIN = memory.data<f64>([0.00000095367431640625], 16);

/**
 * The angle test, a mask in a 32-bit lane for every position.
 *
 * The text wants sums of products rounded once, from a 64-bit integer to
 * binary32, which no vector instruction does. In doubles x*x and (C*y)*z come
 * out with relative errors below 2^-21 against that, so the comparison is
 * theirs unless the two lie within 2^-20 of each other; then the positions are
 * decided one by one. Zeros are exact. Where x*x is the larger, |x| is too
 * large for its sign to be in doubt.
 */
export function anglesUpper(
  oh: usize,
  ov: usize,
  th: usize,
  tv: usize,
  flags: usize,
  bytes: usize,
): void {
  const c = all64(COS_SQUARED);
  const margin = all64(MARGIN);
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
function angleUpper(oh: usize, ov: usize, th: usize, tv: usize, flags: usize): void {
  const a = <i64>load<i32>(oh);
  const b = <i64>load<i32>(ov);
  const d = <i64>load<i32>(th);
  const e = <i64>load<i32>(tv);
  const product = a * d + b * e;
  const x = <f64>(<f32>product);
  const y = <f64>(<f32>(a * a + b * b));
  const z = <f64>(<f32>(d * d + e * e));
  const flag = i32(product >= 0) & i32(x * x >= load<f64>(COS_SQUARED) * y * z);
  store<i32>(flags, -flag);
}

/** Doubles: 2^16, 2^30, 1/2, 32768, 2^-15, 1.5 * 2^52. */
const REALS = memory.data<f64>(
  [65536, 1073741824, 0.5, 32768, 0.000030517578125, 6755399441055744],
  16,
);

/**
 * Patterns: half of the 15th bit of a mantissa, mask of 15 bits and more,
 * exponent, exponent 2 * 1023 - 15 + 30.
 */
const PATTERNS = memory.data<i64>(
  [0x2000000000, -0x4000000000, 0x7ff0000000000000, -0x7f30000000000000],
  16,
);

// r of two positions as doubles; o and t as doubles.
//
// The magnitude of o is rounded, half up, to its 15 leading bits: M = m * 2^sh
// of the text, an addition and a mask on the pattern of the double; below
// 32768 nothing changes. U = 2^sh is the larger of 1 and M's leading bit over
// 2^14. (Where the rounding carries into a new bit, U is twice 2^sh and m
// half, 16384: RECIP[16384] / 2^(sh+1) = RECIP[32768] / 2^sh.) Then
//   q = floor((RECIP[m] * t + 2^14 * U) / (2^15 * U)) = floor(RECIP[m] * t / (2^15 * U) + 1/2)
// with RECIP[m] = trunc(2^30 * U / M), sign included. Products past 2^53 are
// inexact, but then q is far outside 0..32768; with U > 1 they are below 2^48,
// and the half unit is added to at most 31 fraction bits.
// o = 0: an infinite or absent number, which the limits take to 32768 or 0.
function restored(
  o: v128,
  t: v128,
  halfBit: v128,
  leadingBits: v128,
  exponent: v128,
  full: v128,
  half: v128,
): v128 {
  const rounded = v128.and(i64x2.add(o, halfBit), leadingBits);
  const one = all64(REALS + 8);
  // 2^30 * U
  const unit = f64x2.pmax(one, f64x2.mul(v128.and(rounded, exponent), all64(REALS)));
  const reciprocal = f64x2.trunc(f64x2.div(unit, rounded));
  // 1 / (2^15 * U), by its exponent.
  const inverse = i64x2.sub(all64(PATTERNS + 24), unit);
  const product = f64x2.mul(f64x2.mul(reciprocal, t), inverse);
  const q = f64x2.floor(f64x2.add(product, half));
  const k = f64x2.pmin(full, f64x2.pmax(i64x2.splat(0), q));
  // |k * o| < 2^46.
  return f64x2.floor(f64x2.add(f64x2.mul(f64x2.mul(k, o), all64(REALS + 32)), half));
}

// r * G, truncated, between 0 and t where the flag is set; signs agree unless r is 0.
function enhanced(r: v128, t: v128, flag: v128, gain: v128): v128 {
  const zero = i64x2.splat(0);
  const grown = f64x2.pmin(
    f64x2.pmax(f64x2.mul(r, gain), f64x2.pmin(t, zero)),
    f64x2.pmax(t, zero),
  );
  return v128.bitselect(f64x2.trunc(grown), r, flag);
}

/** Restored and additive part of one band's row, 32-bit. */
export function decoupleUpper(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: f64,
): void {
  const gains = f64x2.splat(gain);
  const toInteger = all64(REALS + 40);
  const halfBit = all64(PATTERNS);
  const leadingBits = all64(PATTERNS + 8);
  const exponent = all64(PATTERNS + 16);
  const full = all64(REALS + 24);
  const half = all64(REALS + 16);
  for (let p: usize = 0; p < bytes; p += 8) {
    const t32 = v128.load64_zero(t + p);
    const os = f64x2.convert_low_i32x4_s(v128.load64_zero(o + p));
    const ts = f64x2.convert_low_i32x4_s(t32);
    const plain = restored(os, ts, halfBit, leadingBits, exponent, full, half);
    const rs = enhanced(plain, ts, v128.load32x2_s(flags + p), gains);
    const packed = f64x2.add(rs, toInteger);
    const r32 = lowHalves(packed, packed);
    v128.store64_lane(r + p, r32, 0);
    v128.store64_lane(a + p, i32x4.sub(t32, r32), 0);
  }
}

const ROUND27 = memory.data<i64>([0x8000000], 16);

/**
 * |csf| of a row in place: |(F * x + 2^27) >> 28|, which for negative x is
 * (F * |x| + 2^27 - 1) >> 28. F <= 2^28, which the host makes sure of, so the
 * product is below 2^59.1 and the result no larger than |x| < 2.104e9.
 */
export function weighUpper(row: usize, bytes: usize, factor: i32): void {
  const f = i32x4.splat(factor);
  const round = all64(ROUND27);
  for (let p: usize = 0; p < bytes; p += 16) {
    const x = v128.load(row + p);
    const sign = i32x4.shr_s(x, 31);
    const magnitude = i32x4.abs(x);
    const near = i64x2.add(
      i64x2.add(i64x2.extmul_low_i32x4_u(magnitude, f), round),
      i64x2.extend_low_i32x4_s(sign),
    );
    const far = i64x2.add(
      i64x2.add(i64x2.extmul_high_i32x4_u(magnitude, f), round),
      i64x2.extend_high_i32x4_s(sign),
    );
    v128.store(row + p, lowHalves(i64x2.shr_u(near, 28), i64x2.shr_u(far, 28)));
  }
}
