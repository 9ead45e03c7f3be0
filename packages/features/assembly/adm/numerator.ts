/**
 * Sums of cubes of one row: of the reference for the denominator, of what
 * passes the threshold for the numerator (spec/adm.md sections 8 and 9.3). A
 * row's sum is exact; it is the caller who rounds it.
 *
 * A row goes through three loops, with its values and their squares in memory in
 * between: a store is where engines begin to join operations, and short loops
 * overlap better. Additions to a product are written as subtractions, which V8
 * joins. In squares, of eight positions the order is 0, 1, 4, 5, 2, 3, 6, 7: see
 * `weighUpper`.
 */
import { all32, all64 } from '../common/splat';
import { every32, every64, scratch, ZERO } from './constants';
import { lowHalves } from './lanes';

/** Largest thresholds whose shifts by 10 and by 12 stay below 2^31. */
const HIGHEST = memory.data<i32>([0x1fffff, 0x7ffff], 16);

/** Whether a bit is set; by way of memory, for a store is where joining starts. */
function some(a: v128, b: v128): bool {
  const lanes = scratch();
  v128.store(lanes, b, 16);
  v128.store(lanes, a);
  return v128.any_true(v128.or(v128.load(lanes), v128.load(lanes, 16)));
}

/**
 * |F x| less the threshold, or 0, at scale 0, band h or v. With |x| <= 22930 and F
 * as the default or less, |F x| <= 8.36e8; a threshold is -65536 or more, so
 * m < 9.1e8, its square >> 29 below 1.53e9. The row's sum fits 64 bits: where
 * a band's x is at its limit its masking part is next to nothing, hence a
 * threshold of -32768 or more (one other band wraps), m < 8.7e8 and a cube
 * below 1.23e18; there are at most 14 positions at shift 0, and at most 12.8 *
 * 2^shift above (the crop leaves 0.8 of a width below 16 * 2^shift).
 * @returns whether anything is left
 */
export function excessHv(x: usize, threshold: usize, out: usize, bytes: usize, factor: i32): bool {
  const f = every32(factor);
  const highest = all32(HIGHEST);
  const zero = all32(ZERO);
  let anyA = zero;
  let anyB = zero;
  const end = x + bytes;
  for (; x < end; x += 32) {
    const limitA = i32x4.shl(i32x4.min_s(v128.load(threshold), highest), 10);
    const limitB = i32x4.shl(i32x4.min_s(v128.load(threshold, 16), highest), 10);
    const fullA = i32x4.abs(i32x4.mul(v128.load(x), f));
    const fullB = i32x4.abs(i32x4.mul(v128.load(x, 16), f));
    const mA = i32x4.max_s(i32x4.sub(fullA, limitA), zero);
    const mB = i32x4.max_s(i32x4.sub(fullB, limitB), zero);
    v128.store(out, mB, 16);
    v128.store(out, mA);
    anyA = v128.or(anyA, mA);
    anyB = v128.or(anyB, mB);
    threshold += 32;
    out += 32;
  }
  return some(anyA, anyB);
}

/**
 * The same of band d: |F x| <= 1.14e9, m < 1.41e9, its square >> 30 below 1.84e9,
 * a cube below 2.6e18 and half of it after the smallest shift, 1, at which
 * there are 14 positions at most; above, 6.4 * 2^shift. A threshold of 2^19 or
 * more hides everything.
 */
export function excessD(x: usize, threshold: usize, out: usize, bytes: usize, factor: i32): bool {
  const f = every32(factor);
  const highest = all32(HIGHEST + 4);
  const zero = all32(ZERO);
  let anyA = zero;
  let anyB = zero;
  const end = x + bytes;
  for (; x < end; x += 32) {
    const limitA = i32x4.shl(i32x4.min_s(v128.load(threshold), highest), 12);
    const limitB = i32x4.shl(i32x4.min_s(v128.load(threshold, 16), highest), 12);
    const fullA = i32x4.abs(i32x4.mul(v128.load(x), f));
    const fullB = i32x4.abs(i32x4.mul(v128.load(x, 16), f));
    const mA = i32x4.max_s(i32x4.sub(fullA, limitA), zero);
    const mB = i32x4.max_s(i32x4.sub(fullB, limitB), zero);
    v128.store(out, mB, 16);
    v128.store(out, mA);
    anyA = v128.or(anyA, mA);
    anyB = v128.or(anyB, mB);
    threshold += 32;
    out += 32;
  }
  return some(anyA, anyB);
}

/**
 * The same at scales 1..3: x is |csf|, below 2.104e9 (`weighUpper`); thresholds are
 * -27 or more; squares >> 30 below 4.13e9 < 2^32, cubes below 8.7e18 < 2^63 and their
 * sum, shifted by the binary logarithm of the width, as well.
 */
export function excessUpper(x: usize, threshold: usize, out: usize, bytes: usize): bool {
  const zero = all32(ZERO);
  let anyA = zero;
  let anyB = zero;
  const end = x + bytes;
  for (; x < end; x += 32) {
    const mA = i32x4.max_s(i32x4.sub(v128.load(x), v128.load(threshold)), zero);
    const mB = i32x4.max_s(i32x4.sub(v128.load(x, 16), v128.load(threshold, 16)), zero);
    v128.store(out, mB, 16);
    v128.store(out, mA);
    anyA = v128.or(anyA, mA);
    anyB = v128.or(anyB, mB);
    threshold += 32;
    out += 32;
  }
  return some(anyA, anyB);
}

/**
 * |o| where the mask is set, for the denominators. Scales 1 and 3: |o| < 2.104e9,
 * squares >> 31 below 2.07e9, cubes below 4.4e18 and their sum, shifted by the
 * binary logarithm of the region's width, as well. Scale 2: |o| < 1.48e9, squares
 * >> 30 below 2.05e9.
 */
export function inside(o: usize, mask: usize, out: usize, bytes: usize): void {
  const end = o + bytes;
  for (; o < end; o += 32) {
    const a = i32x4.abs(v128.and(v128.load(o), v128.load(mask)));
    const b = i32x4.abs(v128.and(v128.load(o, 16), v128.load(mask, 16)));
    v128.store(out, b, 16);
    v128.store(out, a);
    mask += 32;
    out += 32;
  }
}

/** What taken away rounds: 2^28, 2^29, 2^30, 2^31. */
const ROUND = memory.data<i64>([-0x10000000, -0x20000000, -0x40000000, -0x80000000], 16);
/** Of {@link squares30}: half of what is shifted out, or all. */
export const ROUND_HALF: usize = ROUND + 8;
export const ROUND_FULL: usize = ROUND + 16;

function lowSquare(m: v128, minusRound: v128): v128 {
  return i64x2.sub(i64x2.extmul_low_i32x4_u(m, m), minusRound);
}

function highSquare(m: v128, minusRound: v128): v128 {
  return i64x2.sub(i64x2.extmul_high_i32x4_u(m, m), minusRound);
}

/** (m^2 + 2^28) >> 29 of a row. */
export function squares29(m: usize, out: usize, bytes: usize): void {
  const round = all64(ROUND);
  const end = m + bytes;
  for (; m < end; m += 32) {
    const x = v128.load(m);
    const y = v128.load(m, 16);
    const a = i64x2.shr_u(lowSquare(x, round), 29);
    const b = i64x2.shr_u(highSquare(x, round), 29);
    const c = i64x2.shr_u(lowSquare(y, round), 29);
    const d = i64x2.shr_u(highSquare(y, round), 29);
    v128.store(out, lowHalves(b, d), 16);
    v128.store(out, lowHalves(a, c));
    out += 32;
  }
}

/** (m^2 + rounding) >> 30. */
export function squares30(m: usize, out: usize, bytes: usize, rounding: usize): void {
  const round = all64(rounding);
  const end = m + bytes;
  for (; m < end; m += 32) {
    const x = v128.load(m);
    const y = v128.load(m, 16);
    const a = i64x2.shr_u(lowSquare(x, round), 30);
    const b = i64x2.shr_u(highSquare(x, round), 30);
    const c = i64x2.shr_u(lowSquare(y, round), 30);
    const d = i64x2.shr_u(highSquare(y, round), 30);
    v128.store(out, lowHalves(b, d), 16);
    v128.store(out, lowHalves(a, c));
    out += 32;
  }
}

/** (m^2 + 2^31) >> 31. */
export function squares31(m: usize, out: usize, bytes: usize): void {
  const round = all64(ROUND + 24);
  const end = m + bytes;
  for (; m < end; m += 32) {
    const x = v128.load(m);
    const y = v128.load(m, 16);
    const a = i64x2.shr_u(lowSquare(x, round), 31);
    const b = i64x2.shr_u(highSquare(x, round), 31);
    const c = i64x2.shr_u(lowSquare(y, round), 31);
    const d = i64x2.shr_u(highSquare(y, round), 31);
    v128.store(out, lowHalves(b, d), 16);
    v128.store(out, lowHalves(a, c));
    out += 32;
  }
}

function lowCube(s: v128, m: v128, minusAdd: v128): v128 {
  return i64x2.sub(i64x2.extmul_low_i32x4_u(s, m), minusAdd);
}

function highCube(s: v128, m: v128, minusAdd: v128): v128 {
  return i64x2.sub(i64x2.extmul_high_i32x4_u(s, m), minusAdd);
}

function sum(lanes: usize): u64 {
  return load<u64>(lanes) + load<u64>(lanes, 8) + load<u64>(lanes, 16) + load<u64>(lanes, 24);
}

/**
 * Sum of (s * m + half a unit) >> shift over a row, s as one of the above left it.
 * The shift depends on the picture's size; it is done once, on the sum: bits
 * below it are cleared, upper and lower halves are added up separately.
 */
export function cubesOf(m: usize, s: usize, bytes: usize, shift: u64): u64 {
  const minusAdd = every64(-((1 << shift) >> 1));
  const kept = every64(0xffffffff & -(1 << shift));
  let upperA = all64(ZERO);
  let upperB = upperA;
  let lowerA = upperA;
  let lowerB = upperA;
  const end = m + bytes;
  for (; m < end; m += 32) {
    const x = v128.load(m);
    const y = v128.load(m, 16);
    const even = v128.shuffle<i64>(x, y, 0, 2);
    const odd = v128.shuffle<i64>(x, y, 1, 3);
    const p = v128.load(s);
    const q = v128.load(s, 16);
    const a = lowCube(p, even, minusAdd);
    const b = highCube(p, even, minusAdd);
    const c = lowCube(q, odd, minusAdd);
    const d = highCube(q, odd, minusAdd);
    upperA = i64x2.add(upperA, i64x2.add(i64x2.shr_u(a, 32), i64x2.shr_u(c, 32)));
    upperB = i64x2.add(upperB, i64x2.add(i64x2.shr_u(b, 32), i64x2.shr_u(d, 32)));
    lowerA = i64x2.add(lowerA, i64x2.add(v128.and(a, kept), v128.and(c, kept)));
    lowerB = i64x2.add(lowerB, i64x2.add(v128.and(b, kept), v128.and(d, kept)));
    s += 32;
  }
  const lanes = scratch();
  v128.store(lanes, upperB, 16);
  v128.store(lanes, upperA);
  v128.store(lanes, lowerB, 48);
  v128.store(lanes, lowerA, 32);
  return (sum(lanes) << (32 - shift)) + (sum(lanes + 32) >> shift);
}

/**
 * Scale 0: the sum of |o|^3, each below 1.21e13, over a row; `mask` is 0
 * outside the crop region. A picture's total, shifted where the region has
 * more than 2^20 positions, is below 2^20 * 1.21e13 < 2^64.
 */
export function cubesFirst(o: usize, mask: usize, bytes: usize): u64 {
  let sumA = all64(ZERO);
  let sumB = sumA;
  const end = o + bytes;
  for (; o < end; o += 8) {
    const x = i32x4.abs(v128.and(v128.load16x4_s(o), v128.load16x4_s(mask)));
    const square = i32x4.dot_i16x8_s(x, x);
    sumA = i64x2.sub(sumA, i64x2.extmul_low_i32x4_u(square, x));
    sumB = i64x2.sub(sumB, i64x2.extmul_high_i32x4_u(square, x));
    mask += 8;
  }
  const lanes = scratch();
  v128.store(lanes, sumB, 16);
  v128.store(lanes, sumA);
  return -sum(lanes);
}
