/**
 * Decoupling of one row at scale 0 (spec/adm.md section 6): 16-bit bands of both
 * pictures in; restored and additive part out, in 32-bit samples, so that nothing
 * has to be narrowed. In two loops, for short ones overlap better.
 */
import { all32, all64 } from '../common/splat';
import {
  ALMOST_HALF,
  every32,
  FULL32,
  INTEGER,
  INTEGER_ROUND15,
  INTEGER_ROUNDED,
  LEAST,
  POWER_30,
  ROUND15,
  UPPER,
  ZERO,
} from './constants';
import { lowHalves } from './lanes';
import { floorOf, highReals, lowReals } from './reals';

// 2^30 / (x * y), from which both 2^30 / x and 2^30 / y follow by a product: one
// division is slower than three products.
function shared(x: v128, y: v128, one: v128): v128 {
  return f64x2.div(one, f64x2.mul(x, y));
}

// trunc(2^30 / o) for 1 <= o <= 22930, of which `share * other` is less than 2^-21 away.
function reciprocal(share: v128, other: v128, almostHalf: v128, integer: v128): v128 {
  return floorOf(f64x2.mul(share, other), almostHalf, integer);
}

// (reciprocal * t + 2^14) >> 15 in the lower half of each 64-bit lane; the
// product is below 2^45, q below 2^30.
function quotient(reciprocal: v128, t: v128, integerHalf: v128): v128 {
  return i64x2.shr_u(f64x2.add(f64x2.mul(reciprocal, t), integerHalf), 15);
}

// 0 where the signs of o and t differ, for q is not positive then; else q, but 2^15 at most.
function limited(q: v128, o: v128, t: v128, full: v128): v128 {
  return v128.andnot(i32x4.min_s(q, full), i32x4.shr_s(v128.xor(o, t), 31));
}

// k * o < 2^15 * 22930 < 2^30.
function restored(k: v128, o: v128, half: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.mul(k, o), half), 15);
}

// Before the enhancement.
function restoreFirst(o: usize, t: usize, r: usize, bytes: usize): void {
  const one = all64(POWER_30);
  const almostHalf = all64(ALMOST_HALF);
  const integer = all64(INTEGER);
  const integerHalf = all64(INTEGER_ROUND15);
  const upper = all32(UPPER);
  const least = all32(LEAST);
  const full = all32(FULL32);
  const half = all32(ROUND15);
  const zero = all32(ZERO);
  const end = o + bytes;
  for (; o < end; o += 16) {
    // No detail, nothing restored: common in flat places.
    if ((load<u64>(o) | load<u64>(o, 8)) == 0) {
      v128.store(r, zero, 16);
      v128.store(r, zero);
      t += 16;
      r += 32;
      continue;
    }
    const oA = v128.load16x4_s(o);
    const oB = v128.load16x4_s(o, 8);
    const tA = v128.load16x4_s(t);
    const tB = v128.load16x4_s(t, 8);
    const mA = i32x4.max_s(i32x4.abs(oA), least);
    const mB = i32x4.max_s(i32x4.abs(oB), least);
    const nA = i32x4.abs(tA);
    const nB = i32x4.abs(tB);
    const xA = lowReals(mA, upper, integer);
    const xB = lowReals(mB, upper, integer);
    const yA = highReals(mA, upper, integer);
    const yB = highReals(mB, upper, integer);
    const sA = shared(xA, yA, one);
    const sB = shared(xB, yB, one);
    const qA = lowHalves(
      quotient(reciprocal(sA, yA, almostHalf, integer), lowReals(nA, upper, integer), integerHalf),
      quotient(reciprocal(sA, xA, almostHalf, integer), highReals(nA, upper, integer), integerHalf),
    );
    const qB = lowHalves(
      quotient(reciprocal(sB, yB, almostHalf, integer), lowReals(nB, upper, integer), integerHalf),
      quotient(reciprocal(sB, xB, almostHalf, integer), highReals(nB, upper, integer), integerHalf),
    );
    v128.store(r, restored(limited(qB, oB, tB, full), oB, half), 16);
    v128.store(r, restored(limited(qA, oA, tA, full), oA, half));
    t += 16;
    r += 32;
  }
}

// r * G between 0 and t where the flag is set; signs of r and t agree unless r is 0.
function enhanced(r: v128, grown: v128, t: v128, flag: v128, zero: v128): v128 {
  return v128.bitselect(
    i32x4.min_s(i32x4.max_s(grown, i32x4.min_s(t, zero)), i32x4.max_s(t, zero)),
    r,
    flag,
  );
}

function enhanceFirst(t: usize, flags: usize, r: usize, a: usize, bytes: usize, gain: i32): void {
  const gains = every32(gain);
  const zero = all32(ZERO);
  const end = t + bytes;
  for (; t < end; t += 16) {
    const tA = v128.load16x4_s(t);
    const tB = v128.load16x4_s(t, 8);
    const rA = v128.load(r);
    const rB = v128.load(r, 16);
    const eA = enhanced(rA, i32x4.mul(rA, gains), tA, v128.load(flags), zero);
    const eB = enhanced(rB, i32x4.mul(rB, gains), tB, v128.load(flags, 16), zero);
    v128.store(r, eB, 16);
    v128.store(r, eA);
    v128.store(a, i32x4.sub(tB, eB), 16);
    v128.store(a, i32x4.sub(tA, eA));
    flags += 32;
    r += 32;
    a += 32;
  }
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
  restoreFirst(o, t, r, bytes);
  enhanceFirst(t, flags, r, a, bytes, gain);
}

// trunc(r * G), four positions, below 2^22. Rare, and not joined.
function grownBy(r: v128, gain: v128, magic: v128): v128 {
  const near = f64x2.trunc(f64x2.mul(f64x2.convert_low_i32x4_s(r), gain));
  const far = f64x2.trunc(
    f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(r, r, 2, 3, 2, 3)), gain),
  );
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
  restoreFirst(o, t, r, bytes);
  const gains = f64x2.splat(gain);
  const toInteger = all64(INTEGER_ROUNDED);
  const zero = i32x4.splat(0);
  const end = t + bytes;
  for (; t < end; t += 8) {
    const ts = v128.load16x4_s(t);
    const rs = v128.load(r);
    const es = enhanced(rs, grownBy(rs, gains, toInteger), ts, v128.load(flags), zero);
    v128.store(r, es);
    v128.store(a, i32x4.sub(ts, es));
    flags += 16;
    r += 16;
    a += 16;
  }
}
