/**
 * Decoupling of one row at scales 1..3 (spec/adm.md section 6), followed at
 * once by the contrast sensitivity: what the later stages read is the
 * weighted magnitude |csf| of both parts, not the parts themselves.
 */
import { COS_SQUARED } from './decouple-first';
import { all64, lowHalves, upperPair } from './lanes';

/**
 * The angle test, a 64-bit... mask in 32-bit lanes for every position. Scalar:
 * the conversion from a 64-bit integer to binary32 must round once, and there
 * is no vector instruction for that. |h|, |v| < 2.104e9: the sums of two
 * squares stay below 8.9e18 < 2^63.
 */
export function anglesUpper(
  oh: usize,
  ov: usize,
  th: usize,
  tv: usize,
  flags: usize,
  bytes: usize,
): void {
  const c = load<f64>(COS_SQUARED);
  for (let p: usize = 0; p < bytes; p += 4) {
    const a = <i64>load<i32>(oh + p);
    const b = <i64>load<i32>(ov + p);
    const d = <i64>load<i32>(th + p);
    const e = <i64>load<i32>(tv + p);
    const product = a * d + b * e;
    const x = <f64>(<f32>product);
    const y = <f64>(<f32>(a * a + b * b));
    const z = <f64>(<f32>(d * d + e * e));
    store<i32>(flags + p, -(i32(product >= 0) & i32(x * x >= c * y * z)));
  }
}

/** Doubles: 2^30, 2^-14, 1, 2^14, 32768, 2^-15, 1.5 * 2^52. */
const REALS = memory.data<f64>(
  [1073741824, 0.00006103515625, 1, 16384, 32768, 0.000030517578125, 6755399441055744],
  16,
);

/** Patterns: half of the 15th bit of a mantissa, mask of 15 bits and more, exponent, 2 * 1023 - 15. */
const PATTERNS = memory.data<i64>(
  [0x2000000000, -0x4000000000, 0x7ff0000000000000, 0x7ef0000000000000],
  16,
);

// r of two positions as doubles; o and t as doubles.
//
// The magnitude of o is rounded, half up, to its 15 leading bits: M = m * 2^sh
// of the text, an addition and a mask on the pattern of the double; below
// 32768 nothing changes. U = 2^sh is the larger of 1 and M's leading bit over
// 2^14. (Where the rounding carries into a new bit, U is twice 2^sh and m
// half, 16384: RECIP[16384] / 2^(sh+1) = RECIP[32768] / 2^sh.) Then
//   q = floor((RECIP[m] * t + 2^14 * U) / (2^15 * U))
// with RECIP[m] = trunc(2^30 * U / M), sign included. Products past 2^53 are
// inexact, but then q is far outside 0..32768; with U > 1 they are below 2^48.
// o = 0: an infinite or absent number, which the limits take to 32768 or 0.
@inline
function restored(o: v128, t: v128, zero: v128): v128 {
  const rounded = v128.and(i64x2.add(o, all64(PATTERNS)), all64(PATTERNS + 8));
  const leading = v128.and(rounded, all64(PATTERNS + 16));
  const unit = f64x2.pmax(f64x2.mul(leading, all64(REALS + 8)), all64(REALS + 16));
  const reciprocal = f64x2.trunc(f64x2.div(f64x2.mul(unit, all64(REALS)), rounded));
  const product = f64x2.add(f64x2.mul(reciprocal, t), f64x2.mul(unit, all64(REALS + 24)));
  // 2^-15 / U by its exponent.
  const inverse = i64x2.sub(all64(PATTERNS + 24), unit);
  const q = f64x2.floor(f64x2.mul(product, inverse));
  const k = f64x2.pmin(all64(REALS + 32), f64x2.pmax(zero, q));
  // |k * o| < 2^46.
  return f64x2.floor(
    f64x2.mul(f64x2.add(f64x2.mul(k, o), all64(REALS + 24)), all64(REALS + 40)),
  );
}

// r * G, truncated, between 0 and t where the flag is set; signs agree unless r is 0.
@inline
function enhanced(r: v128, t: v128, flag: v128, gain: v128, zero: v128): v128 {
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
  const zero = i32x4.splat(0);
  const gains = f64x2.splat(gain);
  const toInteger = all64(REALS + 48);
  for (let p: usize = 0; p < bytes; p += 16) {
    const os = v128.load(o + p);
    const ts = v128.load(t + p);
    const fs = v128.load(flags + p);
    const t0 = f64x2.convert_low_i32x4_s(ts);
    const t1 = f64x2.convert_low_i32x4_s(upperPair(ts));
    const near = enhanced(
      restored(f64x2.convert_low_i32x4_s(os), t0, zero),
      t0,
      i64x2.extend_low_i32x4_s(fs),
      gains,
      zero,
    );
    const far = enhanced(
      restored(f64x2.convert_low_i32x4_s(upperPair(os)), t1, zero),
      t1,
      i64x2.extend_high_i32x4_s(fs),
      gains,
      zero,
    );
    const rs = lowHalves(f64x2.add(near, toInteger), f64x2.add(far, toInteger));
    v128.store(r + p, rs);
    v128.store(a + p, i32x4.sub(ts, rs));
  }
}

const ROUND27 = memory.data<i64>([0x8000000], 16);

/**
 * |csf| of a row in place: |(F * x + 2^27) >> 28|, which for negative x is
 * (F * |x| + 2^27 - 1) >> 28. F below 2^28 or so (F = rf * 2^32 with rf < 1/16),
 * the product below 2^60, the result below 2^31.
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
