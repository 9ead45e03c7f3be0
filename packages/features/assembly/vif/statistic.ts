// From variances and covariance to the four sums of a scale, without a branch
// per sample: where nothing is to be added, the inputs are made such that the
// outcome is 0. Products, quotients and truncations in binary64 are the same
// operations as in the definition. Source: spec/vif.md sections 6 and 7.
import { BELOW_NOISE, bits, EPSILON, INDEX, NOISE, reals } from './constants';
import {
  INDICES,
  LOG_STEPS,
  OF_NOISE,
  OF_REFERENCE,
  OF_SIGNAL,
  S1,
  S12,
  S2,
  STATISTICS,
  SUMS,
} from './layout';

let numLog: i64 = 0;
let denLog: i64 = 0;
let numLin: i64 = 0;
let cntLin: i64 = 0;

/** Starts a scale. */
export function clear(): void {
  numLog = 0;
  denLog = 0;
  numLin = 0;
  cntLin = 0;
}

/** Ends a scale; `surplus` flat places were none. A sum beyond 2^53 is rounded once. */
export function finish(surplus: i64): void {
  store<f64>(SUMS, numLog as f64);
  store<f64>(SUMS, denLog as f64, 8);
  store<f64>(SUMS, numLin as f64, 16);
  store<f64>(SUMS, (cntLin - surplus) as f64, 24);
}

function sum(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) +
    i32x4.extract_lane(v, 1) +
    i32x4.extract_lane(v, 2) +
    i32x4.extract_lane(v, 3)
  );
}

// Lanes 2 and 3 where conversions read.

function upper(v: v128): v128 {
  return i32x4.shuffle(v, v, 2, 3, 2, 3);
}

// Upper words of binary64: sign, exponent and the first 20 bits of the mantissa.

function heads(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 1, 3, 5, 7);
}

// What the gain leaves unexplained, and the noise: < 2^31.

function residue(s2: v128, s12: v128, gain: v128, zero: v128, noise: v128): v128 {
  return f64x2.add(f64x2.pmax(f64x2.trunc(f64x2.sub(s2, f64x2.mul(gain, s12))), zero), noise);
}

// What the limited gain explains, on top of that: < 2^44, as gains are <= 100.

function signal(s1: v128, gain: v128, limit: v128, rest: v128): v128 {
  const limited = f64x2.pmin(gain, limit);
  return f64x2.add(f64x2.trunc(f64x2.mul(f64x2.mul(limited, limited), s1)), rest);
}

/**
 * One row. The logarithm of x >= 2^16 in units of 1/2048 is the sum of the
 * first bits of its binary64 (exponent and 11 bits of mantissa), less the
 * exponent's bias, and a small step that the next 4 bits decide too. The first
 * part is summed here, 32 bits a lane: a head >> 9 is below 2^21 * 1.1 and a
 * lane gets at most 64 of them. The steps are looked up afterwards.
 * @param size bytes of the row's variances
 * @returns bytes of each list of addresses
 */
export function statistic(size: usize, gainLimit: f64): usize {
  const below = bits(BELOW_NOISE);
  const index = bits(INDEX);
  const noise = reals(NOISE);
  const epsilon = reals(EPSILON);
  const limit = f64x2.splat(gainLimit);
  const table = i32x4.splat(LOG_STEPS as i32);
  const zero = i32x4.splat(0);
  let leadNum = zero;
  let leadDen = zero;
  let flat = zero;
  let at = STATISTICS;
  const end = STATISTICS + size;
  let out = INDICES;
  for (; at < end; at += 16) {
    let s1 = v128.load(at, S1);
    const s2 = i32x4.max_s(v128.load(at, S2), zero);
    let s12 = v128.load(at, S12);
    const textured = i32x4.gt_s(s1, below);
    if (!i32x4.all_true(textured)) {
      const linear = v128.andnot(s2, textured);
      flat = i32x4.sub(flat, v128.not(textured));
      const pairs = i64x2.add(i64x2.extend_low_i32x4_u(linear), i64x2.extend_high_i32x4_u(linear));
      numLin += i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
      if (!v128.any_true(textured)) continue;
    }
    s12 = v128.and(i32x4.max_s(s12, zero), v128.and(textured, i32x4.gt_s(s2, zero)));
    s1 = v128.and(s1, textured);

    const s1a = f64x2.convert_low_i32x4_s(s1);
    const s1b = f64x2.convert_low_i32x4_s(upper(s1));
    const s12a = f64x2.convert_low_i32x4_s(s12);
    const s12b = f64x2.convert_low_i32x4_s(upper(s12));
    const gainA = f64x2.div(s12a, f64x2.add(s1a, epsilon));
    const gainB = f64x2.div(s12b, f64x2.add(s1b, epsilon));
    const restA = residue(f64x2.convert_low_i32x4_s(s2), s12a, gainA, zero, noise);
    const restB = residue(f64x2.convert_low_i32x4_s(upper(s2)), s12b, gainB, zero, noise);
    const ofNoise = heads(restA, restB);
    const ofSignal = heads(signal(s1a, gainA, limit, restA), signal(s1b, gainB, limit, restB));
    const ofReference = heads(f64x2.add(s1a, noise), f64x2.add(s1b, noise));

    leadNum = i32x4.add(leadNum, i32x4.sub(i32x4.shr_u(ofSignal, 9), i32x4.shr_u(ofNoise, 9)));
    leadDen = i32x4.add(leadDen, i32x4.shr_u(ofReference, 9));
    v128.store(out, i32x4.add(v128.and(i32x4.shr_u(ofSignal, 5), index), table), OF_SIGNAL);
    v128.store(out, i32x4.add(v128.and(i32x4.shr_u(ofNoise, 5), index), table), OF_NOISE);
    v128.store(out, i32x4.add(v128.and(i32x4.shr_u(ofReference, 5), index), table), OF_REFERENCE);
    out += 16;
  }
  const bytes = out - INDICES;
  numLog += sum(leadNum) as i64;
  // Bias of the exponent, and log2 of the noise: 1023 + 17.
  denLog += (sum(leadDen) - ((bytes >> 2) as i32) * (1040 * 2048)) as i64;
  cntLin += sum(flat) as i64;
  return bytes;
}

/** Adds the steps of the logarithms that {@link statistic} listed; each is < 256. */
export function lookUp(size: usize): void {
  let num = 0;
  let den = 0;
  const end = INDICES + size;
  for (let at = INDICES; at < end; at += 16) {
    num += (load<u8>(load<u32>(at, OF_SIGNAL)) as i32) - (load<u8>(load<u32>(at, OF_NOISE)) as i32);
    num +=
      (load<u8>(load<u32>(at, OF_SIGNAL + 4)) as i32) -
      (load<u8>(load<u32>(at, OF_NOISE + 4)) as i32);
    num +=
      (load<u8>(load<u32>(at, OF_SIGNAL + 8)) as i32) -
      (load<u8>(load<u32>(at, OF_NOISE + 8)) as i32);
    num +=
      (load<u8>(load<u32>(at, OF_SIGNAL + 12)) as i32) -
      (load<u8>(load<u32>(at, OF_NOISE + 12)) as i32);
    den += load<u8>(load<u32>(at, OF_REFERENCE)) as i32;
    den += load<u8>(load<u32>(at, OF_REFERENCE + 4)) as i32;
    den += load<u8>(load<u32>(at, OF_REFERENCE + 8)) as i32;
    den += load<u8>(load<u32>(at, OF_REFERENCE + 12)) as i32;
  }
  numLog += num as i64;
  denLog += den as i64;
}
