// Both passes at 16 bits. Same integers as src/scale at that depth.
//
// Along rows: samples are taken less 2^15, so that they are signed 16-bit
// factors. Weights of a filter add up to 2^14, so that its sum is 2^29 short,
// which is added again. The true sum is within -2^29 and 1.5 * 2^30 and what is
// on the way may wrap. It is cut by 11 bits to 19 and limited at the top.
//
// Between the passes: a result v, within -2^18 and 2^19 - 1, is kept as two rows
// of 16 bits, v >> 4 and v & 15.
//
// Along columns: sums need 33 bits, but those of the two rows do not. With
// A = sum of (v >> 4) * weight, |A| < 1.5 * 2^15 * 2^12, and
// B = sum of (v & 15) * weight + 2^14, |B| < 2^18,
// (16 A + B) >> 15 = (A + (B >> 4)) >> 11, both shifts towards minus infinity.
import { pairs } from './horizontal';
import { addPair } from './vertical';

const SHIFT_ACROSS: i32 = 11;
const SHIFT_DOWN: i32 = 11;
const SPLIT: i32 = 4;

// Two vectors of two samples' products; the words less 2^15.
function dot(samples: v128, weights: usize): v128 {
  return i32x4.dot_i16x8_s(v128.xor(samples, i16x8.splat(-32768)), v128.load(weights));
}

function quad(row: usize, first: usize, weights: usize): v128 {
  let a = v128.load64_zero(row + load<u32>(first));
  a = v128.load64_lane(row + load<u32>(first, 4), a, 1);
  let b = v128.load64_zero(row + load<u32>(first, 8));
  b = v128.load64_lane(row + load<u32>(first, 12), b, 1);
  return pairs(dot(a, weights), dot(b, weights + 16));
}

// One sum of 8, 16, ... products, in four parts.
function longSum(at: usize, weights: usize, taps: i32): v128 {
  let sum = dot(v128.load(at), weights);
  for (let k = 8; k < taps; k += 8) {
    at += 16;
    weights += 16;
    sum = i32x4.add(sum, dot(v128.load(at), weights));
  }
  return sum;
}

function quadLong(row: usize, first: usize, weights: usize, taps: i32): v128 {
  const step = <usize>taps * 2;
  const a = longSum(row + load<u32>(first), weights, taps);
  const b = longSum(row + load<u32>(first, 4), weights + step, taps);
  const c = longSum(row + load<u32>(first, 8), weights + 2 * step, taps);
  const d = longSum(row + load<u32>(first, 12), weights + 3 * step, taps);
  return pairs(pairs(a, b), pairs(c, d));
}

// A sum without its 2^29 to a result.
function cut(sum: v128): v128 {
  const whole = i32x4.add(sum, i32x4.splat(1 << 29));
  return i32x4.min_s(i32x4.shr_s(whole, SHIFT_ACROSS), i32x4.splat((1 << 19) - 1));
}

// Eight results as two vectors, one in each row. Nothing is limited: both fit.
function putSplit(upper: usize, lower: usize, low: v128, high: v128): void {
  v128.store(upper, i16x8.narrow_i32x4_s(i32x4.shr_s(low, SPLIT), i32x4.shr_s(high, SPLIT)));
  const mask = i32x4.splat((1 << SPLIT) - 1);
  v128.store(lower, i16x8.narrow_i32x4_s(v128.and(low, mask), v128.and(high, mask)));
}

/**
 * A row through its filters, of 4 weights or a multiple of 8.
 * @param out where the row of upper bits goes; that of the lower bits follows it.
 */
export function filterDeep(
  row: usize,
  first: usize,
  weights: usize,
  out: usize,
  blocks: i32,
  taps: i32,
): void {
  const step = <usize>taps * 8;
  let lower = out + ((<usize>blocks) << 4);
  for (let n = 0; n < blocks; n++) {
    if (taps === 4) {
      const low = quad(row, first, weights);
      putSplit(out, lower, cut(low), cut(quad(row, first + 16, weights + 32)));
    } else {
      const low = quadLong(row, first, weights, taps);
      putSplit(out, lower, cut(low), cut(quadLong(row, first + 16, weights + step, taps)));
    }
    first += 32;
    weights += 2 * step;
    out += 16;
    lower += 16;
  }
}

function joined(upper: v128, lower: v128): v128 {
  return i32x4.shr_s(i32x4.add(upper, i32x4.shr_s(lower, SPLIT)), SHIFT_DOWN);
}

/**
 * Merges rows to code values, two weights at a time.
 * @param rows addresses of `taps` rows of upper bits, an even number; each with its lower bits behind it.
 * @param weights of those rows.
 * @param blocks of eight columns.
 */
export function mergeDeep(rows: usize, weights: usize, taps: i32, out: usize, blocks: i32): void {
  const half = i32x4.splat(1 << 14);
  const behind = (<usize>blocks) << 4;
  for (let n = 0; n < blocks; n++) {
    const at = (<usize>n) << 4;
    let lowUpper = i32x4.splat(0);
    let highUpper = i32x4.splat(0);
    let lowLower = half;
    let highLower = half;
    for (let k = 0; k < taps; k += 2) {
      const a = load<usize>(rows + ((<usize>k) << 2)) + at;
      const b = load<usize>(rows + ((<usize>k) << 2), 4) + at;
      const w = v128.load32_splat(weights + ((<usize>k) << 1));
      const a1 = v128.load(a);
      const b1 = v128.load(b);
      const a0 = v128.load(a + behind);
      const b0 = v128.load(b + behind);
      lowUpper = addPair(a1, b1, w, lowUpper, false);
      highUpper = addPair(a1, b1, w, highUpper, true);
      lowLower = addPair(a0, b0, w, lowLower, false);
      highLower = addPair(a0, b0, w, highLower, true);
    }
    const low = joined(lowUpper, lowLower);
    const high = joined(highUpper, highLower);
    v128.store(out + at, i16x8.narrow_i32x4_u(low, high));
  }
}
