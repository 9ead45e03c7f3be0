// From variances and covariance to the four sums of a scale, without a branch
// per sample: where nothing is to be added, the inputs are made such that the
// outcome is 0. Products, quotients and truncations in binary64 are the same
// operations as in the definition. Source: spec/vif.md sections 6 and 7.
import { BELOW_NOISE, bits, EPSILON, INDEX, NOISE, reals } from './constants';
import { COLUMN, LOG_STEPS, MOMENT12, MOMENT2, scratch, WORK } from './layout';
import { add, CNT_LIN, DEN_LOG, NUM_LIN, NUM_LOG } from './scale';

/** Offset of column `j` in a row: even columns of a block of 8 come first. */
export function place(j: i32): usize {
  return (((j & ~7) + ((j & 1) << 2) + ((j & 7) >> 1)) << 2) as usize;
}

/**
 * Between the two halves, for the samples that count: gain, gain * covariance
 * (binary64), then variances (32 bits).
 */
const GAIN: usize = 0;
const EXPLAINED: usize = 2 * COLUMN;
const V1: usize = 4 * COLUMN;
const V2: usize = 5 * COLUMN;

/**
 * Lists of addresses in the logarithm's table, 32 bits each: of the reference,
 * the signal and the noise of one row. Each list has a vector in front of it.
 */
const LISTS: usize = WORK + 6 * COLUMN;
const LIST: usize = COLUMN + 16;
const OF_REFERENCE: usize = 0;
const OF_SIGNAL: usize = LIST;
const OF_NOISE: usize = 2 * LIST;

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

// Where the table has the step of a logarithm: 15 bits of mantissa.
function address(head: v128, index: v128, table: v128): v128 {
  return i32x4.add(v128.and(i32x4.shr_u(head, 5), index), table);
}

// Steps of four signals, less those of their noises.
function steps(list: usize): i32 {
  return (
    (load<u8>(load<u32>(list, OF_SIGNAL)) as i32) -
    (load<u8>(load<u32>(list, OF_NOISE)) as i32) +
    (load<u8>(load<u32>(list, OF_SIGNAL + 4)) as i32) -
    (load<u8>(load<u32>(list, OF_NOISE + 4)) as i32) +
    (load<u8>(load<u32>(list, OF_SIGNAL + 8)) as i32) -
    (load<u8>(load<u32>(list, OF_NOISE + 8)) as i32) +
    (load<u8>(load<u32>(list, OF_SIGNAL + 12)) as i32) -
    (load<u8>(load<u32>(list, OF_NOISE + 12)) as i32)
  );
}

// What the gain leaves unexplained, and the noise: < 2^31.
function residue(s2: v128, explained: v128, zero: v128, noise: v128): v128 {
  return f64x2.add(f64x2.pmax(f64x2.trunc(f64x2.sub(s2, explained)), zero), noise);
}

// What the limited gain explains, on top of that: < 2^44, as gains are <= 100.
function signal(s1: v128, gain: v128, limit: v128, rest: v128): v128 {
  const limited = f64x2.pmin(gain, limit);
  return f64x2.add(f64x2.trunc(f64x2.mul(f64x2.mul(limited, limited), s1)), rest);
}

// The logarithm of x >= 2^16 in units of 1/2048 is: the first bits of its
// binary64, which are the exponent and 11 bits of mantissa, less the exponent's
// bias; and a small step, which depends on 15 bits of mantissa. The first part
// is summed at once, in 32 bits a lane: a head >> 9 is < 1055 * 2048, and a lane
// gets at most STRIP / 4 = 240 of them. For the step, its address is listed.
// Dividing takes long, so the work on a row is two loops, in each of which many
// samples are under way.

/**
 * First half: flat samples are counted and done with; for the others the
 * reference's logarithm and the gain. Vectors without texture are left out of
 * what comes after.
 * @param reference its variances
 * @returns bytes of a list
 */
export function gains(reference: usize, columns: i32, sums: usize): usize {
  const below = bits(BELOW_NOISE);
  const index = bits(INDEX);
  const noise = reals(NOISE);
  const epsilon = reals(EPSILON);
  const table = i32x4.splat(LOG_STEPS as i32);
  const zero = i32x4.splat(0);
  let lead = zero;
  let flat = zero;
  let linear: i64 = 0;
  const lists = scratch() + LISTS + 16;
  let list = lists;
  let narrow = scratch() + WORK;
  let wide = narrow;
  let at = scratch();
  const end = reference + ((((columns + 7) & ~7) as usize) << 2);
  for (; reference < end; reference += 16) {
    let s1 = v128.load(reference);
    const s2 = i32x4.max_s(v128.load(at, MOMENT2), zero);
    let s12 = v128.load(at, MOMENT12);
    at += 16;
    const textured = i32x4.gt_s(s1, below);
    if (!i32x4.all_true(textured)) {
      const rest = v128.andnot(s2, textured);
      flat = i32x4.sub(flat, v128.not(textured));
      const pairs = i64x2.add(i64x2.extend_low_i32x4_u(rest), i64x2.extend_high_i32x4_u(rest));
      linear += i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
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
    v128.store(wide, gainA, GAIN);
    v128.store(wide, gainB, GAIN + 16);
    v128.store(wide, f64x2.mul(gainA, s12a), EXPLAINED);
    v128.store(wide, f64x2.mul(gainB, s12b), EXPLAINED + 16);
    v128.store(narrow, s1, V1);
    v128.store(narrow, s2, V2);
    const head = heads(f64x2.add(s1a, noise), f64x2.add(s1b, noise));
    lead = i32x4.add(lead, i32x4.shr_u(head, 9));
    v128.store(list, address(head, index, table), OF_REFERENCE);
    wide += 32;
    narrow += 16;
    list += 16;
  }
  const bytes = list - lists;
  // Less the exponent's bias and the logarithm of the noise: 1023 + 17.
  add(sums + DEN_LOG, (sum(lead) - ((bytes >> 2) as i32) * (1040 * 2048)) as i64);
  add(sums + NUM_LIN, linear);
  // Flat places behind the last column are none.
  add(sums + CNT_LIN, (sum(flat) - (-columns & 7)) as i64);
  return bytes;
}

/**
 * Second half: the distorted picture's logarithms, and the steps of all. Those
 * of signal and noise are looked up one vector later, when the list is written.
 * @param size what {@link gains} returned
 * @param sums the picture's
 */
export function signals(size: usize, gainLimit: f64, sums: usize): void {
  const index = bits(INDEX);
  const noise = reals(NOISE);
  const limit = f64x2.splat(gainLimit);
  const table = i32x4.splat(LOG_STEPS as i32);
  const zero = i32x4.splat(0);
  let lead = zero;
  // Steps are bytes: sums over a row are < 2^19.
  let num = 0;
  let den = 0;
  let narrow = scratch() + WORK;
  let wide = narrow;
  // Equal addresses in front: they cancel out.
  let list = scratch() + LISTS;
  v128.store(list, table, OF_SIGNAL);
  v128.store(list, table, OF_NOISE);
  for (const end = list + size; list < end; list += 16) {
    const s1 = v128.load(narrow, V1);
    const s2 = v128.load(narrow, V2);
    const restA = residue(f64x2.convert_low_i32x4_s(s2), v128.load(wide, EXPLAINED), zero, noise);
    const restB = residue(
      f64x2.convert_low_i32x4_s(upper(s2)),
      v128.load(wide, EXPLAINED + 16),
      zero,
      noise,
    );
    const ofNoise = heads(restA, restB);
    const ofSignal = heads(
      signal(f64x2.convert_low_i32x4_s(s1), v128.load(wide, GAIN), limit, restA),
      signal(f64x2.convert_low_i32x4_s(upper(s1)), v128.load(wide, GAIN + 16), limit, restB),
    );
    lead = i32x4.add(lead, i32x4.sub(i32x4.shr_u(ofSignal, 9), i32x4.shr_u(ofNoise, 9)));
    v128.store(list, address(ofSignal, index, table), OF_SIGNAL + 16);
    v128.store(list, address(ofNoise, index, table), OF_NOISE + 16);
    den += load<u8>(load<u32>(list, OF_REFERENCE + 16)) as i32;
    den += load<u8>(load<u32>(list, OF_REFERENCE + 20)) as i32;
    den += load<u8>(load<u32>(list, OF_REFERENCE + 24)) as i32;
    den += load<u8>(load<u32>(list, OF_REFERENCE + 28)) as i32;
    num += steps(list);
    wide += 32;
    narrow += 16;
  }
  num += steps(list);
  add(sums + NUM_LOG, (sum(lead) + num) as i64);
  add(sums + DEN_LOG, den as i64);
}
