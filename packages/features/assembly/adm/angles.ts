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
import { all32, all64 } from '../common/splat';
import { INTEGER_SIGNED, LOW, SIGN, UPPER, ZERO } from './constants';
import { lowHalves } from './lanes';
import { highReals, lowReals } from './reals';

/** C = cos(1 degree)^2, a binary32 number, and 2^-20. */
const COS_SQUARED: f64 = 0.99969542026519775;
const REALS: usize = memory.data<f64>([COS_SQUARED, 0.00000095367431640625], 16);
const REALS32: usize = memory.data<f32>([<f32>COS_SQUARED, 0.00000095367431640625], 16);

/** 0 or -1. */
function decide(product: i64, first: i64, second: i64): i32 {
  const x = <f64>(<f32>product);
  const y = <f64>(<f32>first);
  const z = <f64>(<f32>second);
  return -(i32(product >= 0) & i32(x * x >= COS_SQUARED * y * z));
}

/** Words of two rows, side by side: what a dot product takes. */
function besides(a: v128, b: v128, low: v128): v128 {
  return v128.or(v128.and(a, low), i32x4.shl(b, 16));
}

function dots(a: v128, b: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(a, b));
}

/**
 * Scale 0: a 32-bit mask for every position of the row. Dots are below
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
  const low = all32(LOW);
  const zero = all32(ZERO);
  const end = oh + bytes;
  for (; oh < end; oh += 16) {
    const oA = besides(v128.load16x4_s(oh), v128.load16x4_s(ov), low);
    const oB = besides(v128.load16x4_s(oh, 8), v128.load16x4_s(ov, 8), low);
    const tA = besides(v128.load16x4_s(th), v128.load16x4_s(tv), low);
    const tB = besides(v128.load16x4_s(th, 8), v128.load16x4_s(tv, 8), low);
    const xA = dots(oA, tA);
    const xB = dots(oB, tB);
    const limitA = f32x4.mul(f32x4.mul(c, dots(oA, oA)), dots(tA, tA));
    const limitB = f32x4.mul(f32x4.mul(c, dots(oB, oB)), dots(tB, tB));
    const overA = f32x4.sub(f32x4.mul(xA, xA), limitA);
    const overB = f32x4.sub(f32x4.mul(xB, xB), limitB);
    v128.store(flags, v128.and(f32x4.le(zero, xB), f32x4.le(zero, overB)), 16);
    v128.store(flags, v128.and(f32x4.le(zero, xA), f32x4.le(zero, overA)));
    // Doubt where |over| < limit * margin; without detail there is none: 0 < 0.
    const doubtA = f32x4.lt(f32x4.abs(overA), f32x4.mul(limitA, margin));
    const doubtB = f32x4.lt(f32x4.abs(overB), f32x4.mul(limitB, margin));
    if (v128.any_true(v128.or(doubtA, doubtB))) {
      for (let i: usize = 0; i < 16; i += 2) {
        store<i32>(flags + 2 * i, angleFirst(oh + i, ov + i, th + i, tv + i));
      }
    }
    ov += 16;
    th += 16;
    tv += 16;
    flags += 32;
  }
}

/** The exact test of one position of scale 0: 0 or -1. */
function angleFirst(oh: usize, ov: usize, th: usize, tv: usize): i32 {
  const a = <i64>load<i16>(oh);
  const b = <i64>load<i16>(ov);
  const d = <i64>load<i16>(th);
  const e = <i64>load<i16>(tv);
  return decide(a * d + b * e, a * a + b * b, d * d + e * e);
}

/** a * c + b * d. */
function dot(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.mul(a, c), f64x2.mul(b, d));
}

/** The limit that x*x has to reach, (C * y) * z. */
function limitOf(a: v128, b: v128, d: v128, e: v128, c: v128): v128 {
  return f64x2.mul(f64x2.mul(c, dot(a, b, a, b)), dot(d, e, d, e));
}

function flagOf(x: v128, over: v128, zero: v128): v128 {
  return v128.and(f64x2.le(zero, x), f64x2.le(zero, over));
}

function doubtOf(over: v128, limit: v128, margin: v128): v128 {
  return f64x2.lt(f64x2.abs(over), f64x2.mul(limit, margin));
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
  const sign = all32(SIGN);
  const upper = all32(UPPER);
  const integer = all64(INTEGER_SIGNED);
  const zero = all64(ZERO);
  const end = oh + bytes;
  for (; oh < end; oh += 32) {
    const oA = v128.xor(v128.load(oh), sign);
    const oB = v128.xor(v128.load(oh, 16), sign);
    const pA = v128.xor(v128.load(ov), sign);
    const pB = v128.xor(v128.load(ov, 16), sign);
    const tA = v128.xor(v128.load(th), sign);
    const tB = v128.xor(v128.load(th, 16), sign);
    const uA = v128.xor(v128.load(tv), sign);
    const uB = v128.xor(v128.load(tv, 16), sign);
    const aA = lowReals(oA, upper, integer);
    const aB = lowReals(oB, upper, integer);
    const bA = lowReals(pA, upper, integer);
    const bB = lowReals(pB, upper, integer);
    const dA = lowReals(tA, upper, integer);
    const dB = lowReals(tB, upper, integer);
    const eA = lowReals(uA, upper, integer);
    const eB = lowReals(uB, upper, integer);
    const xA = dot(aA, bA, dA, eA);
    const xB = dot(aB, bB, dB, eB);
    const limitA = limitOf(aA, bA, dA, eA, c);
    const limitB = limitOf(aB, bB, dB, eB, c);
    const overA = f64x2.sub(f64x2.mul(xA, xA), limitA);
    const overB = f64x2.sub(f64x2.mul(xB, xB), limitB);
    const fA = highReals(oA, upper, integer);
    const fB = highReals(oB, upper, integer);
    const gA = highReals(pA, upper, integer);
    const gB = highReals(pB, upper, integer);
    const hA = highReals(tA, upper, integer);
    const hB = highReals(tB, upper, integer);
    const iA = highReals(uA, upper, integer);
    const iB = highReals(uB, upper, integer);
    const yA = dot(fA, gA, hA, iA);
    const yB = dot(fB, gB, hB, iB);
    const boundA = limitOf(fA, gA, hA, iA, c);
    const boundB = limitOf(fB, gB, hB, iB, c);
    const aboveA = f64x2.sub(f64x2.mul(yA, yA), boundA);
    const aboveB = f64x2.sub(f64x2.mul(yB, yB), boundB);
    v128.store(flags, lowHalves(flagOf(xB, overB, zero), flagOf(yB, aboveB, zero)), 16);
    v128.store(flags, lowHalves(flagOf(xA, overA, zero), flagOf(yA, aboveA, zero)));
    const doubtA = v128.or(doubtOf(overA, limitA, margin), doubtOf(aboveA, boundA, margin));
    const doubtB = v128.or(doubtOf(overB, limitB, margin), doubtOf(aboveB, boundB, margin));
    if (v128.any_true(v128.or(doubtA, doubtB))) {
      for (let i: usize = 0; i < 32; i += 4) {
        angleUpper(oh + i, ov + i, th + i, tv + i, flags + i);
      }
    }
    ov += 32;
    th += 32;
    tv += 32;
    flags += 32;
  }
}

/**
 * The exact test of one position of scales 1..3.
 * |h|, |v| < 2.104e9: the sums of two squares stay below 8.9e18 < 2^63.
 */
function angleUpper(oh: usize, ov: usize, th: usize, tv: usize, flag: usize): void {
  const a = <i64>load<i32>(oh);
  const b = <i64>load<i32>(ov);
  const d = <i64>load<i32>(th);
  const e = <i64>load<i32>(tv);
  store<i32>(flag, decide(a * d + b * e, a * a + b * b, d * d + e * e));
}
