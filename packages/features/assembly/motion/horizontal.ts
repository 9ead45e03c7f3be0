// The horizontal pass over a row that the vertical one made, continued by two
// samples on either side: rounded half up, shifted by 16, and summed. An
// unaligned load at every second sample gives the pairs of the dot products
// for the even outputs; the taps moved by one lane give the odd ones.
import { all32 } from '../common/splat';
import { F0, F1, F2, HALF, HALF_HIGH, lanes, PAIRS, ZERO } from './taps';

/** Weighted samples of four even outputs; `at` is two samples before the first. */
function even(t0: v128, t1: v128, t2: v128, f0: v128, f1: v128, f2: v128): v128 {
  return i32x4.add(
    i32x4.add(i32x4.dot_i16x8_s(t0, f0), i32x4.dot_i16x8_s(t1, f1)),
    i32x4.dot_i16x8_s(t2, f2),
  );
}

/** The four lanes as unsigned numbers, added. */
function added(sums: v128): u64 {
  return (
    <u64>(<u32>i32x4.extract_lane(sums, 0)) +
    <u64>(<u32>i32x4.extract_lane(sums, 1)) +
    <u64>(<u32>i32x4.extract_lane(sums, 2)) +
    <u64>(<u32>i32x4.extract_lane(sums, 3))
  );
}

/**
 * Sum of the absolute results of whole vectors of 16-bit samples.
 * |weighted sum| <= 65536 * 32766 + 2^15 < 2^31; a result has 15 bits, so a
 * lane of the sum holds 2^16 vectors.
 * @param at two samples before the first.
 */
export function sumNarrow(at: usize, blocks: i32): u64 {
  const e0 = all32(PAIRS);
  const e1 = all32(PAIRS + 4);
  const e2 = all32(PAIRS + 8);
  const o0 = all32(PAIRS + 12);
  const o1 = all32(PAIRS + 16);
  const o2 = all32(PAIRS + 20);
  const half = all32(HALF);
  let sumA = all32(ZERO);
  let sumB = sumA;
  const pairs = blocks >> 1;
  for (let i: i32 = 0; i < pairs; i++) {
    const tA = v128.load(at);
    const tB = v128.load(at, 16);
    const uA = v128.load(at, 4);
    const uB = v128.load(at, 20);
    const vA = v128.load(at, 8);
    const vB = v128.load(at, 24);
    const evenA = i32x4.abs(i32x4.shr_s(i32x4.add(even(tA, uA, vA, e0, e1, e2), half), 16));
    const evenB = i32x4.abs(i32x4.shr_s(i32x4.add(even(tB, uB, vB, e0, e1, e2), half), 16));
    const oddA = i32x4.abs(i32x4.shr_s(i32x4.add(even(tA, uA, vA, o0, o1, o2), half), 16));
    const oddB = i32x4.abs(i32x4.shr_s(i32x4.add(even(tB, uB, vB, o0, o1, o2), half), 16));
    sumA = i32x4.add(sumA, i32x4.add(evenA, oddA));
    sumB = i32x4.add(sumB, i32x4.add(evenB, oddB));
    at += 32;
  }
  // By way of memory: a store is where engines begin to join operations.
  const sums = lanes();
  v128.store(sums, sumB, 16);
  v128.store(sums, sumA);
  let sum = added(v128.load(sums)) + added(v128.load(sums, 16));
  if ((blocks & 1) !== 0) {
    for (let i: usize = 0; i < 16; i += 2) sum += abs(oneNarrow(at + i));
  }
  return sum;
}

/**
 * Four results of wide samples. With H and L the weighted sums of high and low
 * bytes, `(256 H + L + 2^15) >> 16 = (H + 128 + (L >> 8)) >> 8`.
 */
function combined(high: v128, low: v128, half: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.add(high, half), i32x4.shr_s(low, 8)), 8);
}

/**
 * The same of wide samples: |H| <= 2^24, 0 <= L < 2^24, a result has at most
 * 65536 = 2^16, so a lane of the sum holds 2^15 - 1 vectors.
 */
export function sumWide(high: usize, low: usize, blocks: i32): u64 {
  const e0 = all32(PAIRS);
  const e1 = all32(PAIRS + 4);
  const e2 = all32(PAIRS + 8);
  const o0 = all32(PAIRS + 12);
  const o1 = all32(PAIRS + 16);
  const o2 = all32(PAIRS + 20);
  const half = all32(HALF_HIGH);
  let sums = i32x4.splat(0);
  for (let i: i32 = 0; i < blocks; i++) {
    let t0 = v128.load(high);
    let t1 = v128.load(high, 4);
    let t2 = v128.load(high, 8);
    let a = even(t0, t1, t2, e0, e1, e2);
    let b = even(t0, t1, t2, o0, o1, o2);
    t0 = v128.load(low);
    t1 = v128.load(low, 4);
    t2 = v128.load(low, 8);
    a = combined(a, even(t0, t1, t2, e0, e1, e2), half);
    b = combined(b, even(t0, t1, t2, o0, o1, o2), half);
    sums = i32x4.add(sums, i32x4.add(i32x4.abs(a), i32x4.abs(b)));
    high += 16;
    low += 16;
  }
  return added(sums);
}

/** Sum of the absolute differences of the results of two rows of wide samples, each 0..65535. */
export function sumOfTwo(high: usize, low: usize, apart: usize, blocks: i32): u64 {
  const e0 = all32(PAIRS);
  const e1 = all32(PAIRS + 4);
  const e2 = all32(PAIRS + 8);
  const o0 = all32(PAIRS + 12);
  const o1 = all32(PAIRS + 16);
  const o2 = all32(PAIRS + 20);
  const half = all32(HALF_HIGH);
  let sums = i32x4.splat(0);
  for (let i: i32 = 0; i < blocks; i++) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let h = high;
    let l = low;
    for (let k: i32 = 0; k < 2; k++) {
      const t0 = v128.load(h);
      const t1 = v128.load(h, 4);
      const t2 = v128.load(h, 8);
      const u0 = v128.load(l);
      const u1 = v128.load(l, 4);
      const u2 = v128.load(l, 8);
      const x = combined(even(t0, t1, t2, e0, e1, e2), even(u0, u1, u2, e0, e1, e2), half);
      const y = combined(even(t0, t1, t2, o0, o1, o2), even(u0, u1, u2, o0, o1, o2), half);
      a = i32x4.sub(x, a); // the first time x, the second time second - first
      b = i32x4.sub(y, b);
      h += apart;
      l += apart;
    }
    sums = i32x4.add(sums, i32x4.add(i32x4.abs(a), i32x4.abs(b)));
    high += 16;
    low += 16;
  }
  return added(sums);
}

/** One result of 16-bit samples, `at` the first of its five. */
export function oneNarrow(at: usize): i64 {
  const sum =
    <i64>F0 * (<i64>load<i16>(at) + <i64>load<i16>(at, 8)) +
    <i64>F1 * (<i64>load<i16>(at, 2) + <i64>load<i16>(at, 6)) +
    <i64>F2 * <i64>load<i16>(at, 4);
  return (sum + 32768) >> 16;
}

/** One result of wide samples. */
export function oneWide(high: usize, low: usize): i64 {
  const sum =
    <i64>F0 * (wide(high, low) + wide(high + 8, low + 8)) +
    <i64>F1 * (wide(high + 2, low + 2) + wide(high + 6, low + 6)) +
    <i64>F2 * wide(high + 4, low + 4);
  return (sum + 32768) >> 16;
}

function wide(high: usize, low: usize): i64 {
  return <i64>load<i16>(high) * 256 + <i64>load<i16>(low);
}
