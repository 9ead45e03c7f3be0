/**
 * Decoupling of one row at scales 1..3 (spec/adm.md section 6), followed at
 * once by the contrast sensitivity: what the later stages read is the
 * weighted magnitude |csf| of both parts, not the parts themselves.
 */
import { all64, lowHalves, upperPair } from './lanes';

/** Doubles: 2^16, 2^30, 1/2, 32768, 1.5 * 2^52 + 2^14, 2^-15, 1.5 * 2^52. */
const REALS = memory.data<f64>(
  [65536, 1073741824, 0.5, 32768, 6755399441072128, 0.000030517578125, 6755399441055744],
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

// k * o of two positions, o and t as doubles; below 2^46.
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
function product(
  o: v128,
  t: v128,
  halfBit: v128,
  leadingBits: v128,
  exponent: v128,
  full: v128,
  half: v128,
): v128 {
  const rounded = v128.and(i64x2.add(o, halfBit), leadingBits);
  // 2^30 * U
  const unit = f64x2.pmax(all64(REALS + 8), f64x2.mul(v128.and(rounded, exponent), all64(REALS)));
  const reciprocal = f64x2.trunc(f64x2.div(unit, rounded));
  // 1 / (2^15 * U), by its exponent.
  const inverse = i64x2.sub(all64(PATTERNS + 24), unit);
  const q = f64x2.floor(f64x2.add(f64x2.mul(f64x2.mul(reciprocal, t), inverse), half));
  return f64x2.mul(f64x2.pmin(full, f64x2.pmax(i64x2.splat(0), q)), o);
}

// (k * o + 2^14) >> 15 in the lower half of each lane: 1.5 * 2^52 added keeps
// the product as an integer in the low 51 bits, where a plain shift of the
// bits is the arithmetic shift.
function restored(
  o: v128,
  t: v128,
  halfBit: v128,
  leadingBits: v128,
  exponent: v128,
  full: v128,
  half: v128,
): v128 {
  const scaled = product(
    f64x2.convert_low_i32x4_s(o),
    f64x2.convert_low_i32x4_s(t),
    halfBit,
    leadingBits,
    exponent,
    full,
    half,
  );
  return i64x2.shr_u(f64x2.add(scaled, all64(REALS + 32)), 15);
}

/**
 * Restored and additive part of one band's row, 32-bit, for an integer gain
 * limit. Enhancement takes |r| * G, all bits set where that passes 31 bits, and
 * limits it to |t|; the sign is r's, which is t's unless r is 0.
 */
export function decoupleUpper(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: i32,
): void {
  const gains = i32x4.splat(gain);
  // From here on |r| * G is 2^31 or more, and |t| is less.
  const most = i32x4.splat(0x7fffffff / gain);
  const halfBit = all64(PATTERNS);
  const leadingBits = all64(PATTERNS + 8);
  const exponent = all64(PATTERNS + 16);
  const full = all64(REALS + 24);
  const half = all64(REALS + 16);
  for (let p: usize = 0; p < bytes; p += 16) {
    const os = v128.load(o + p);
    const ts = v128.load(t + p);
    if (!v128.any_true(v128.or(os, ts))) {
      v128.store(r + p, ts);
      v128.store(a + p, ts);
      continue;
    }
    const near = restored(os, ts, halfBit, leadingBits, exponent, full, half);
    const far = restored(upperPair(os), upperPair(ts), halfBit, leadingBits, exponent, full, half);
    const plain = lowHalves(near, far);
    const magnitude = i32x4.abs(plain);
    const sign = i32x4.shr_s(plain, 31);
    const grown = i32x4.min_u(
      v128.or(i32x4.mul(magnitude, gains), i32x4.gt_s(magnitude, most)),
      i32x4.abs(ts),
    );
    const enhanced = i32x4.sub(v128.xor(grown, sign), sign);
    const rs = v128.bitselect(enhanced, plain, v128.load(flags + p));
    v128.store(r + p, rs);
    v128.store(a + p, i32x4.sub(ts, rs));
  }
}

// r * G, truncated, between 0 and t where the flag is set; signs agree unless r is 0.
function enhancedBy(r: v128, t: v128, flag: v128, gain: v128): v128 {
  const zero = i64x2.splat(0);
  const grown = f64x2.pmin(
    f64x2.pmax(f64x2.mul(r, gain), f64x2.pmin(t, zero)),
    f64x2.pmax(t, zero),
  );
  return v128.bitselect(f64x2.trunc(grown), r, flag);
}

/** {@link decoupleUpper} for any gain limit. */
export function decoupleUpperFraction(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: f64,
): void {
  const gains = f64x2.splat(gain);
  const toInteger = all64(REALS + 48);
  const halfBit = all64(PATTERNS);
  const leadingBits = all64(PATTERNS + 8);
  const exponent = all64(PATTERNS + 16);
  const full = all64(REALS + 24);
  const half = all64(REALS + 16);
  const scale = all64(REALS + 40);
  for (let p: usize = 0; p < bytes; p += 8) {
    const t32 = v128.load64_zero(t + p);
    const os = f64x2.convert_low_i32x4_s(v128.load64_zero(o + p));
    const ts = f64x2.convert_low_i32x4_s(t32);
    const scaled = product(os, ts, halfBit, leadingBits, exponent, full, half);
    const plain = f64x2.floor(f64x2.add(f64x2.mul(scaled, scale), half));
    const rs = enhancedBy(plain, ts, v128.load32x2_s(flags + p), gains);
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
    if (!v128.any_true(x)) continue;
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
