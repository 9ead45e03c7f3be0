// The vertical pass: five rows to one, rounded half up and shifted by the bit
// depth to 8 fraction bits of an 8-bit grey level. A result needs 17 bits with
// its sign, one more than a lane has; nearly all rows of real video do without
// it, so there are two forms. Symmetric taps are folded: the lanes that are
// added hold 13 bits and a sign at most.
import { all32 } from '../common/splat';
import { BYTE, CENTRE, CENTRE_LOW, ONES, PAIRS } from './taps';

/** Weighted rows of the low four of eight lanes; |sum| <= 2^28 + 2^11 below 16 bits. */
function sumLow(outer: v128, inner: v128, centre: v128, ones: v128, f01: v128, f2: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(outer, inner, 0, 8, 1, 9, 2, 10, 3, 11), f01),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(centre, ones, 0, 8, 1, 9, 2, 10, 3, 11), f2),
  );
}

/** Weighted rows of the high four. */
function sumHigh(outer: v128, inner: v128, centre: v128, ones: v128, f01: v128, f2: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(outer, inner, 4, 12, 5, 13, 6, 14, 7, 15), f01),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(centre, ones, 4, 12, 5, 13, 6, 14, 7, 15), f2),
  );
}

/** No result but 0: the row adds nothing. */
export const STILL: i32 = 0;
/** All results fit 16 bits. */
export const NARROW: i32 = 1;
/** Some result may not fit. */
export const WIDE: i32 = 2;

/**
 * Results as 16-bit lanes, saturated. Two vectors at a time, at most one too
 * many, which ends in the margin.
 * @param shift unless `T` is `u8`: shifts by a constant take less time
 * @returns whether they can be used: a result at either end of the range may
 * have been beyond it.
 */
export function verticalNarrow<T>(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  out: usize,
  shift: i32,
  blocks: i32,
): i32 {
  const ones = all32(ONES);
  const f01 = all32(PAIRS);
  const f2 = all32(CENTRE);
  const bits = sizeof<T>() == 1 ? 8 : shift;
  let least = i16x8.splat(0);
  let most = i16x8.splat(0);
  const end = <i32>(blocks << 4);
  for (let x: i32 = 0; x < end; x += 32) {
    const p0 = r0 + x;
    const p1 = r1 + x;
    const p2 = r2 + x;
    const p3 = r3 + x;
    const p4 = r4 + x;
    const to = out + x;
    const outer0 = i16x8.add(v128.load(p0), v128.load(p4));
    const inner0 = i16x8.add(v128.load(p1), v128.load(p3));
    const centre0 = v128.load(p2);
    const v0 = i16x8.narrow_i32x4_s(
      i32x4.shr_s(sumLow(outer0, inner0, centre0, ones, f01, f2), bits),
      i32x4.shr_s(sumHigh(outer0, inner0, centre0, ones, f01, f2), bits),
    );
    v128.store(to, v0);
    least = i16x8.min_s(least, v0);
    most = i16x8.max_s(most, v0);
    const outer1 = i16x8.add(v128.load(p0, 16), v128.load(p4, 16));
    const inner1 = i16x8.add(v128.load(p1, 16), v128.load(p3, 16));
    const centre1 = v128.load(p2, 16);
    const v1 = i16x8.narrow_i32x4_s(
      i32x4.shr_s(sumLow(outer1, inner1, centre1, ones, f01, f2), bits),
      i32x4.shr_s(sumHigh(outer1, inner1, centre1, ones, f01, f2), bits),
    );
    v128.store(to, v1, 16);
    least = i16x8.min_s(least, v1);
    most = i16x8.max_s(most, v1);
  }
  if (!v128.any_true(v128.or(least, most))) return STILL;
  const ends = v128.or(i16x8.eq(least, i16x8.splat(-32768)), i16x8.eq(most, i16x8.splat(32767)));
  return v128.any_true(ends) ? WIDE : NARROW;
}

/** Results as `256 * high + low`: high in -256..255, low in 0..255. */
export function verticalWide(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  high: usize,
  low: usize,
  shift: i32,
  blocks: i32,
): void {
  const ones = all32(ONES);
  const f01 = all32(PAIRS);
  const f2 = all32(CENTRE);
  const byte = all32(BYTE);
  const end = <i32>(blocks << 4);
  for (let x: i32 = 0; x < end; x += 16) {
    const outer = i16x8.add(v128.load(r0 + x), v128.load(r4 + x));
    const inner = i16x8.add(v128.load(r1 + x), v128.load(r3 + x));
    const centre = v128.load(r2 + x);
    const a = i32x4.shr_s(sumLow(outer, inner, centre, ones, f01, f2), shift);
    const b = i32x4.shr_s(sumHigh(outer, inner, centre, ones, f01, f2), shift);
    v128.store(high + x, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)));
    v128.store(low + x, i16x8.narrow_i32x4_s(v128.and(a, byte), v128.and(b, byte)));
  }
}

/**
 * The same at 16 bits, whose differences come as bytes; the rows of low bytes
 * lie `apart` bytes behind those of high bytes. With H and L the weighted sums
 * of either, `(256 H + L + 2^15) >> 16 = (H + 128 + (L >> 8)) >> 8`, for
 * floors nest. |H| <= 2^24, 0 <= L < 2^24.
 */
export function verticalSplit(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  apart: i32,
  high: usize,
  low: usize,
  blocks: i32,
): void {
  const ones = all32(ONES);
  const f01 = all32(PAIRS);
  const f2 = all32(CENTRE);
  const f2Low = all32(CENTRE_LOW);
  const byte = all32(BYTE);
  const end = <i32>(blocks << 4);
  for (let x: i32 = 0; x < end; x += 16) {
    let outer = i16x8.add(v128.load(r0 + x), v128.load(r4 + x));
    let inner = i16x8.add(v128.load(r1 + x), v128.load(r3 + x));
    let centre = v128.load(r2 + x);
    let a = sumLow(outer, inner, centre, ones, f01, f2);
    let b = sumHigh(outer, inner, centre, ones, f01, f2);
    const y = x + apart;
    outer = i16x8.add(v128.load(r0 + y), v128.load(r4 + y));
    inner = i16x8.add(v128.load(r1 + y), v128.load(r3 + y));
    centre = v128.load(r2 + y);
    const c = i32x4.shr_s(sumLow(outer, inner, centre, ones, f01, f2Low), 8);
    const d = i32x4.shr_s(sumHigh(outer, inner, centre, ones, f01, f2Low), 8);
    a = i32x4.shr_s(i32x4.add(a, c), 8);
    b = i32x4.shr_s(i32x4.add(b, d), 8);
    v128.store(high + x, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)));
    v128.store(low + x, i16x8.narrow_i32x4_s(v128.and(a, byte), v128.and(b, byte)));
  }
}
