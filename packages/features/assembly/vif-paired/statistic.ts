// From means and moments to the four sums of a scale, without a branch, in
// 64-bit lanes, four at a time: where nothing is to be added, the inputs are
// made such that the outcome is 0. Products, quotients and truncations in
// binary64 are the same operations as in the definition. Conversions and
// truncations are not paired by V8, so both are made of additions.
// Source: spec/vif.md sections 6 and 7.
import {
  EPSILON,
  FLOOR,
  FLOOR_NOISE,
  INTEGER,
  LIMIT,
  longs,
  MINUS_HALF,
  NOISE,
  OF_NOISE,
  OF_REFERENCE,
  OF_SIGNAL,
  reals,
  ZERO,
} from './constants';
import {
  COLUMN,
  LOG_STEPS,
  MEAN1,
  MEAN2,
  MOMENT1,
  MOMENT12,
  MOMENT2,
  scratch,
  WORK,
} from '../vif/layout';
import { add, CNT_LIN, DEN_LOG, NUM_LIN, NUM_LOG } from '../vif/scale';

/** Offset of column `j` in a row: even columns of a block of 16 come first. */
export function place(j: i32): usize {
  return (((j & ~15) + ((j & 1) << 3) + ((j & 15) >> 1)) << 2) as usize;
}

/**
 * Between the two halves, binary64: variance of the reference, gain, and what
 * the gain does not explain.
 */
const V1: usize = 0;
const GAIN: usize = 2 * COLUMN;
const RESIDUE: usize = 4 * COLUMN;

/**
 * Indices in the logarithm's table, 64 bits for the three of a sample. In front
 * are 32 bytes that stay 0.
 */
const LISTS: usize = WORK + 6 * COLUMN + 32;

/** What the lanes have summed. */
const LANES: usize = WORK + 8 * COLUMN + 64;

function sum(lanes: usize): i64 {
  return load<i64>(lanes) + load<i64>(lanes, 8) + load<i64>(lanes, 16) + load<i64>(lanes, 24);
}

// A moment less the product of means, which is (a * b + 2^31) >> 32 of unsigned
// 32-bit numbers, as binary64: |difference| < 2^32, so bits below 2^51 hold it.
function central(moment: v128, product: v128, minusHalf: v128, integer: v128): v128 {
  const mean = i64x2.shr_u(i64x2.sub(product, minusHalf), 32);
  return f64x2.sub(i64x2.add(i64x2.sub(moment, mean), integer), integer);
}

// The integer at or below 0 <= x < 2^51, as 2^52 more than it: adding rounds
// to an integer, and where that is above x, the one below has bits less by one.
function floor(x: v128, base: v128): v128 {
  const near = f64x2.add(x, base);
  return i64x2.add(near, f64x2.lt(x, f64x2.sub(near, base)));
}

// The logarithm of x >= 2^16 in units of 1/2048 is: the first bits of its
// binary64, which are the exponent and 11 bits of mantissa, less the exponent's
// bias; and a small step, which depends on 15 bits of mantissa. The first part,
// < 1055 * 2048, is summed at once. For the step, its address is listed.

/**
 * First half: flat samples are counted and done with; for the others the
 * reference's logarithm and the gain.
 * @param reference where its row is, less `MEAN1`
 * @param columns of the row, in blocks of 16; those beyond count as flat
 */
export function gains(reference: usize, columns: i32, sums: usize): void {
  const blocks = (columns + 15) & ~15;
  const base = scratch();
  const minusHalf = v128.load64_splat(longs(), MINUS_HALF);
  const index = v128.load64_splat(longs(), OF_REFERENCE);
  const integer = v128.load64_splat(reals(), INTEGER);
  const zero = v128.load64_splat(reals(), ZERO);
  const noise = v128.load64_splat(reals(), NOISE);
  const epsilon = v128.load64_splat(reals(), EPSILON);
  let leadA = zero,
    leadB = zero;
  let linearA = zero,
    linearB = zero;
  let countA = zero,
    countB = zero;
  let at = base;
  let wide = base + WORK;
  let list = base + LISTS;
  for (const end = at + ((blocks as usize) << 2); at < end; at += 16) {
    const mean1 = v128.load(reference, MEAN1);
    const mean2 = v128.load(at, MEAN2);
    const s1A = central(
      v128.load32x2_u(reference, MOMENT1),
      i64x2.extmul_low_i32x4_u(mean1, mean1),
      minusHalf,
      integer,
    );
    const s1B = central(
      v128.load32x2_u(reference, MOMENT1 + 8),
      i64x2.extmul_high_i32x4_u(mean1, mean1),
      minusHalf,
      integer,
    );
    const s2A = f64x2.pmax(
      central(
        v128.load32x2_u(at, MOMENT2),
        i64x2.extmul_low_i32x4_u(mean2, mean2),
        minusHalf,
        integer,
      ),
      zero,
    );
    const s2B = f64x2.pmax(
      central(
        v128.load32x2_u(at, MOMENT2 + 8),
        i64x2.extmul_high_i32x4_u(mean2, mean2),
        minusHalf,
        integer,
      ),
      zero,
    );
    const s12A = central(
      v128.load32x2_u(at, MOMENT12),
      i64x2.extmul_low_i32x4_u(mean1, mean2),
      minusHalf,
      integer,
    );
    const s12B = central(
      v128.load32x2_u(at, MOMENT12 + 8),
      i64x2.extmul_high_i32x4_u(mean1, mean2),
      minusHalf,
      integer,
    );
    const texturedA = f64x2.le(noise, s1A);
    const texturedB = f64x2.le(noise, s1B);
    countA = i64x2.add(countA, texturedA);
    countB = i64x2.add(countB, texturedB);
    // Sums over a row are < 2^42: exact.
    linearA = f64x2.add(linearA, v128.andnot(s2A, texturedA));
    linearB = f64x2.add(linearB, v128.andnot(s2B, texturedB));
    const commonA = v128.and(f64x2.pmax(s12A, zero), v128.and(texturedA, f64x2.lt(zero, s2A)));
    const commonB = v128.and(f64x2.pmax(s12B, zero), v128.and(texturedB, f64x2.lt(zero, s2B)));
    const v1A = v128.and(s1A, texturedA);
    const v1B = v128.and(s1B, texturedB);
    const gainA = f64x2.div(commonA, f64x2.add(v1A, epsilon));
    const gainB = f64x2.div(commonB, f64x2.add(v1B, epsilon));
    v128.store(wide, v1B, V1 + 16);
    v128.store(wide, v1A, V1);
    v128.store(wide, gainB, GAIN + 16);
    v128.store(wide, gainA, GAIN);
    v128.store(wide, f64x2.pmax(f64x2.sub(s2B, f64x2.mul(gainB, commonB)), zero), RESIDUE + 16);
    v128.store(wide, f64x2.pmax(f64x2.sub(s2A, f64x2.mul(gainA, commonA)), zero), RESIDUE);
    const bitsA = f64x2.add(v1A, noise);
    const bitsB = f64x2.add(v1B, noise);
    leadA = i64x2.add(leadA, i64x2.shr_u(bitsA, 41));
    leadB = i64x2.add(leadB, i64x2.shr_u(bitsB, 41));
    v128.store(list, v128.and(i64x2.shr_u(bitsB, 5), index), 16);
    v128.store(list, v128.and(i64x2.shr_u(bitsA, 5), index));
    wide += 32;
    list += 32;
    reference += 16;
  }
  v128.store(base, leadB, LANES + 16);
  v128.store(base, leadA, LANES);
  v128.store(base, linearB, LANES + 48);
  v128.store(base, linearA, LANES + 32);
  v128.store(base, countB, LANES + 80);
  v128.store(base, countA, LANES + 64);
  // Less the exponent's bias and the logarithm of the noise: 1023 + 17.
  add(sums + DEN_LOG, sum(base + LANES) - (blocks as i64) * (1040 * 2048));
  add(
    sums + NUM_LIN,
    (load<f64>(base, LANES + 32) as i64) +
      (load<f64>(base, LANES + 40) as i64) +
      (load<f64>(base, LANES + 48) as i64) +
      (load<f64>(base, LANES + 56) as i64),
  );
  // A mask is -1. Flat places behind the last column are none.
  add(sums + CNT_LIN, (columns as i64) + sum(base + LANES + 64));
}

// What the table has for an index.
function step(index: u64): i32 {
  return load<u8>(index as usize, LOG_STEPS) as i32;
}

// Steps of a signal, less that of its noise.
function difference(indices: u64): i32 {
  return step(indices & 0xffff) - step((indices >> 16) & 0xffff);
}

/**
 * Second half: the distorted picture's logarithms.
 * @param columns of the row, in blocks of 16
 */
export function signals(columns: i32, sums: usize): void {
  const blocks = (columns + 15) & ~15;
  const base = scratch();
  const ofSignal = v128.load64_splat(longs(), OF_SIGNAL);
  const ofNoise = v128.load64_splat(longs(), OF_NOISE);
  const zero = v128.load64_splat(reals(), ZERO);
  const low = v128.load64_splat(reals(), FLOOR);
  const lowNoise = v128.load64_splat(reals(), FLOOR_NOISE);
  const limit = v128.load64_splat(reals(), LIMIT);
  let leadA = zero,
    leadB = zero;
  let wide = base + WORK;
  // Steps are bytes: sums over a row are < 2^19.
  let num = 0;
  let den = 0;
  let list = base + LISTS;
  for (const end = list + ((blocks as usize) << 3); list < end; list += 32) {
    // What the gain leaves unexplained, and the noise: < 2^31.
    const restA = f64x2.sub(floor(v128.load(wide, RESIDUE), low), lowNoise);
    const restB = f64x2.sub(floor(v128.load(wide, RESIDUE + 16), low), lowNoise);
    // What the limited gain explains, on top of that: < 2^44, as gains are <= 100.
    const gainA = f64x2.pmin(v128.load(wide, GAIN), limit);
    const gainB = f64x2.pmin(v128.load(wide, GAIN + 16), limit);
    const explainedA = f64x2.mul(f64x2.mul(gainA, gainA), v128.load(wide, V1));
    const explainedB = f64x2.mul(f64x2.mul(gainB, gainB), v128.load(wide, V1 + 16));
    const signalA = f64x2.add(f64x2.sub(floor(explainedA, low), low), restA);
    const signalB = f64x2.add(f64x2.sub(floor(explainedB, low), low), restB);
    leadA = i64x2.add(leadA, i64x2.sub(i64x2.shr_u(signalA, 41), i64x2.shr_u(restA, 41)));
    leadB = i64x2.add(leadB, i64x2.sub(i64x2.shr_u(signalB, 41), i64x2.shr_u(restB, 41)));
    v128.store(
      list,
      v128.or(
        v128.or(
          v128.and(i64x2.shr_u(signalB, 37), ofSignal),
          v128.and(i64x2.shr_u(restB, 21), ofNoise),
        ),
        v128.load(list, 16),
      ),
      16,
    );
    v128.store(
      list,
      v128.or(
        v128.or(
          v128.and(i64x2.shr_u(signalA, 37), ofSignal),
          v128.and(i64x2.shr_u(restA, 21), ofNoise),
        ),
        v128.load(list),
      ),
    );
    const first = load<u64>(list - 32);
    const second = load<u64>(list - 32, 8);
    const third = load<u64>(list - 32, 16);
    const fourth = load<u64>(list - 32, 24);
    num += difference(first) + difference(second) + difference(third) + difference(fourth);
    den += step(first >> 32) + step(second >> 32) + step(third >> 32) + step(fourth >> 32);
    wide += 32;
  }
  const first = load<u64>(list - 32);
  const second = load<u64>(list - 32, 8);
  const third = load<u64>(list - 32, 16);
  const fourth = load<u64>(list - 32, 24);
  num += difference(first) + difference(second) + difference(third) + difference(fourth);
  den += step(first >> 32) + step(second >> 32) + step(third >> 32) + step(fourth >> 32);
  v128.store(base, leadB, LANES + 16);
  v128.store(base, leadA, LANES);
  add(sums + NUM_LOG, sum(base + LANES) + (num as i64));
  add(sums + DEN_LOG, den as i64);
}
