/**
 * Decoupling of one row at scales 1..3 (spec/adm.md section 6), followed at
 * once by the contrast sensitivity: what the later stages read is the
 * weighted magnitude |csf| of both parts, not the parts themselves. Magnitudes
 * are computed; signs are put back at the end.
 */
import { all32, all64 } from '../common/splat';
import {
  ALMOST_HALF,
  every32,
  FULL,
  HALF,
  INTEGER,
  INTEGER_ROUND15,
  POWER_16,
  POWER_20,
  POWER_30,
  UPPER,
  ZERO,
} from './constants';
import { lowHalves, zipHigh32, zipLow32 } from './lanes';
import { floorOf, highReals, lowReals } from './reals';

/**
 * Patterns: half of the 15th bit of a mantissa, mask of 15 bits and more,
 * exponent, exponent 2 * 1023 - 15 + 30; all but 32 bits.
 */
const PATTERNS: usize = memory.data<i64>(
  [0x2000000000, -0x4000000000, 0x7ff0000000000000, -0x7f30000000000000, -0x100000000],
  16,
);

/*
 * k of two positions, |o| and |t| as binary64. The magnitude of o is rounded,
 * half up, to its 15 leading bits: M = m * 2^sh of the text, an addition and a
 * mask on the pattern of the double; below 32768 nothing changes. U = 2^sh is the
 * larger of 1 and M's leading bit over 2^14. (Where the rounding carries into a
 * new bit, U is twice 2^sh and m half, 16384: RECIP[16384] / 2^(sh+1) =
 * RECIP[32768] / 2^sh.) Then
 *   q = floor((RECIP[m] * t + 2^14 * U) / (2^15 * U)) = floor(RECIP[m] * t / (2^15 * U) + 1/2)
 * with RECIP[m] = trunc(2^30 * U / M), a quotient that is at most 1 - 2^-15 above an
 * integer. Products past 2^53 are inexact, but then q is far above 32768; with
 * U > 1 they are below 2^48, and the half unit is added to at most 31 fraction bits.
 * o = 0: an infinite or absent number, which the limit takes to 32768.
 */

/** |o| rounded, half up, to its 15 leading bits. */
function leading(o: v128, halfBit: v128, leadingBits: v128): v128 {
  return v128.and(i64x2.add(o, halfBit), leadingBits);
}

/** 2^30 * U, where U is the weight of the last of those bits, or 1. */
function unitOf(rounded: v128, exponent: v128, power16: v128, power30: v128): v128 {
  return f64x2.pmax(power30, f64x2.mul(v128.and(rounded, exponent), power16));
}

// RECIP * t / (2^15 * U) + 1/2, and 32768 at most.
function shareOf(
  reciprocal: v128,
  t: v128,
  unit: v128,
  inverse: v128,
  half: v128,
  full: v128,
): v128 {
  const q = f64x2.mul(f64x2.mul(reciprocal, t), i64x2.sub(inverse, unit));
  return f64x2.pmin(full, f64x2.add(q, half));
}

// The integer below a number up to 2^20 with 32 fraction bits.
function whole(x: v128, power20: v128, mask: v128): v128 {
  return f64x2.sub(v128.and(f64x2.add(x, power20), mask), power20);
}

// (k * |o| + 2^14 - 1) >> 15 for negative o, else (k * o + 2^14) >> 15, in the lower
// half of each lane; both are what (k * o + 2^14) >> 15 has for a magnitude.
function magnitudeOf(k: v128, o: v128, sign: v128, integerRound15: v128): v128 {
  return i64x2.shr_u(i64x2.add(f64x2.add(f64x2.mul(k, o), integerRound15), sign), 15);
}

/** |r| before the enhancement. */
function restoreUpper(o: usize, t: usize, r: usize, bytes: usize): void {
  const upper = all32(UPPER);
  const integer = all64(INTEGER);
  const halfBit = all64(PATTERNS);
  const leadingBits = all64(PATTERNS + 8);
  const exponent = all64(PATTERNS + 16);
  const inverse = all64(PATTERNS + 24);
  const fraction = all64(PATTERNS + 32);
  const power16 = all64(POWER_16);
  const power20 = all64(POWER_20);
  const power30 = all64(POWER_30);
  const almostHalf = all64(ALMOST_HALF);
  const half = all64(HALF);
  const full = all64(FULL);
  const integerRound15 = all64(INTEGER_ROUND15);
  const zero = all64(ZERO);
  const end = o + bytes;
  for (; o < end; o += 32) {
    // No detail, nothing restored.
    if ((load<u64>(o) | load<u64>(o, 8) | load<u64>(o, 16) | load<u64>(o, 24)) == 0) {
      v128.store(r, zero, 16);
      v128.store(r, zero);
      t += 32;
      r += 32;
      continue;
    }
    const oA = v128.load(o);
    const oB = v128.load(o, 16);
    const tA = v128.load(t);
    const tB = v128.load(t, 16);
    const sA = i32x4.shr_s(oA, 31);
    const sB = i32x4.shr_s(oB, 31);
    const mA = i32x4.abs(oA);
    const mB = i32x4.abs(oB);
    const nA = i32x4.abs(tA);
    const nB = i32x4.abs(tB);
    const xA = lowReals(mA, upper, integer);
    const xB = lowReals(mB, upper, integer);
    const yA = highReals(mA, upper, integer);
    const yB = highReals(mB, upper, integer);
    const xLeadA = leading(xA, halfBit, leadingBits);
    const xLeadB = leading(xB, halfBit, leadingBits);
    const yLeadA = leading(yA, halfBit, leadingBits);
    const yLeadB = leading(yB, halfBit, leadingBits);
    const xUnitA = unitOf(xLeadA, exponent, power16, power30);
    const xUnitB = unitOf(xLeadB, exponent, power16, power30);
    const yUnitA = unitOf(yLeadA, exponent, power16, power30);
    const yUnitB = unitOf(yLeadB, exponent, power16, power30);
    const xRecipA = floorOf(f64x2.div(xUnitA, xLeadA), almostHalf, integer);
    const xRecipB = floorOf(f64x2.div(xUnitB, xLeadB), almostHalf, integer);
    const yRecipA = floorOf(f64x2.div(yUnitA, yLeadA), almostHalf, integer);
    const yRecipB = floorOf(f64x2.div(yUnitB, yLeadB), almostHalf, integer);
    const xShareA = shareOf(xRecipA, lowReals(nA, upper, integer), xUnitA, inverse, half, full);
    const xShareB = shareOf(xRecipB, lowReals(nB, upper, integer), xUnitB, inverse, half, full);
    const yShareA = shareOf(yRecipA, highReals(nA, upper, integer), yUnitA, inverse, half, full);
    const yShareB = shareOf(yRecipB, highReals(nB, upper, integer), yUnitB, inverse, half, full);
    const xKA = whole(xShareA, power20, fraction);
    const xKB = whole(xShareB, power20, fraction);
    const yKA = whole(yShareA, power20, fraction);
    const yKB = whole(yShareB, power20, fraction);
    const rA = lowHalves(
      magnitudeOf(xKA, xA, zipLow32(sA, sA), integerRound15),
      magnitudeOf(yKA, yA, zipHigh32(sA, sA), integerRound15),
    );
    const rB = lowHalves(
      magnitudeOf(xKB, xB, zipLow32(sB, sB), integerRound15),
      magnitudeOf(yKB, yB, zipHigh32(sB, sB), integerRound15),
    );
    // Where the signs of o and t differ, q is not positive.
    v128.store(r, v128.andnot(rB, i32x4.shr_s(v128.xor(oB, tB), 31)), 16);
    v128.store(r, v128.andnot(rA, i32x4.shr_s(v128.xor(oA, tA), 31)));
    t += 32;
    r += 32;
  }
}

// |r| * G, all bits set where that passes 31 bits, and limited to |t|.
function grownBy(r: v128, t: v128, gains: v128, most: v128): v128 {
  return i32x4.min_u(v128.or(i32x4.mul(r, gains), i32x4.gt_s(r, most)), i32x4.abs(t));
}

function signed(magnitude: v128, sign: v128): v128 {
  return i32x4.sub(v128.xor(magnitude, sign), sign);
}

/**
 * Restored and additive part of one band's row, 32-bit, for an integer gain
 * limit. Enhancement limits |r| * G to |t|; the sign is o's, which is t's unless
 * r is 0.
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
  restoreUpper(o, t, r, bytes);
  const gains = every32(gain);
  // From here on |r| * G is 2^31 or more, and |t| is less.
  const most = every32(0x7fffffff / gain);
  const end = o + bytes;
  for (; o < end; o += 32) {
    const sA = i32x4.shr_s(v128.load(o), 31);
    const sB = i32x4.shr_s(v128.load(o, 16), 31);
    const tA = v128.load(t);
    const tB = v128.load(t, 16);
    const rA = v128.load(r);
    const rB = v128.load(r, 16);
    const gA = grownBy(rA, tA, gains, most);
    const gB = grownBy(rB, tB, gains, most);
    const eA = signed(v128.bitselect(gA, rA, v128.load(flags)), sA);
    const eB = signed(v128.bitselect(gB, rB, v128.load(flags, 16)), sB);
    v128.store(r, eB, 16);
    v128.store(r, eA);
    v128.store(a, i32x4.sub(tB, eB), 16);
    v128.store(a, i32x4.sub(tA, eA));
    t += 32;
    flags += 32;
    r += 32;
    a += 32;
  }
}

/** {@link decoupleUpper} for any gain limit: |r| * G, truncated. Rare, and not joined. */
export function decoupleUpperFraction(
  o: usize,
  t: usize,
  flags: usize,
  r: usize,
  a: usize,
  bytes: usize,
  gain: f64,
): void {
  restoreUpper(o, t, r, bytes);
  const gains = f64x2.splat(gain);
  const integer = all64(INTEGER);
  const end = o + bytes;
  for (; o < end; o += 8) {
    const sign = i32x4.shr_s(v128.load64_zero(o), 31);
    const t32 = v128.load64_zero(t);
    const r32 = v128.load64_zero(r);
    const limit = f64x2.convert_low_i32x4_u(i32x4.abs(t32));
    const grown = f64x2.pmin(f64x2.mul(f64x2.convert_low_i32x4_u(r32), gains), limit);
    const packed = f64x2.add(f64x2.trunc(grown), integer);
    const g32 = lowHalves(packed, packed);
    const e32 = signed(v128.bitselect(g32, r32, v128.load64_zero(flags)), sign);
    v128.store64_lane(r, e32, 0);
    v128.store64_lane(a, i32x4.sub(t32, e32), 0);
    t += 8;
    flags += 8;
    r += 8;
    a += 8;
  }
}

/** Taken away, adds 2^27. */
const ROUND28 = memory.data<i64>([-0x8000000], 16);

/**
 * |csf| of a row in place: |(F * x + 2^27) >> 28|, which for negative x is
 * (F * |x| + 2^27 - 1) >> 28. F <= 2^28, which the host makes sure of, so the
 * product is below 2^59.1 and the result no larger than |x| < 2.104e9.
 *
 * Eight results are in the order 0, 1, 4, 5, 2, 3, 6, 7: products come as a pair of
 * low and high lanes of one vector, and are narrowed together with the next pair.
 */
export function weighUpper(row: usize, bytes: usize, factor: i32): void {
  const f = every32(factor);
  const round = all64(ROUND28);
  const end = row + bytes;
  for (; row < end; row += 32) {
    const x = v128.load(row);
    const y = v128.load(row, 16);
    const xs = i32x4.shr_s(x, 31);
    const ys = i32x4.shr_s(y, 31);
    const xm = i32x4.abs(x);
    const ym = i32x4.abs(y);
    const xA = i64x2.sub(i64x2.extmul_low_i32x4_u(xm, f), round);
    const xB = i64x2.sub(i64x2.extmul_high_i32x4_u(xm, f), round);
    const yA = i64x2.sub(i64x2.extmul_low_i32x4_u(ym, f), round);
    const yB = i64x2.sub(i64x2.extmul_high_i32x4_u(ym, f), round);
    const uA = i64x2.shr_u(i64x2.add(xA, i64x2.extend_low_i32x4_s(xs)), 28);
    const uB = i64x2.shr_u(i64x2.add(xB, i64x2.extend_high_i32x4_s(xs)), 28);
    const vA = i64x2.shr_u(i64x2.add(yA, i64x2.extend_low_i32x4_s(ys)), 28);
    const vB = i64x2.shr_u(i64x2.add(yB, i64x2.extend_high_i32x4_s(ys)), 28);
    v128.store(row, lowHalves(uB, vB), 16);
    v128.store(row, lowHalves(uA, vA));
  }
}
