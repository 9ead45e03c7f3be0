/**
 * The masking threshold, row by row (spec/adm.md sections 9.1 and 9.2). Each
 * position gives `spread` to its eight neighbours and `centre` to itself,
 * summed over the three bands before anything else; the 3x3 sum is that of
 * three columns along a row first, then of three rows.
 */
import { all32, all64 } from '../common/splat';
import { every32, ROUND11, ROUND12, ROUND15, ROUND17, THIRTIETH } from './constants';
import { highHalves } from './lanes';

// |(F * x + 2^14) >> 15| of bands h and v: F * x is within 36453 * 22930 < 2^30.
function weighed(x: v128, f: v128, round: v128): v128 {
  return i32x4.abs(i32x4.shr_s(i32x4.add(i32x4.mul(x, f), round), 15));
}

// |(F * x + 2^16 - 1) >> 17| of band d: F * x is within 49417 * 22930 < 2^31 - 2^16.
function weighedDiagonal(x: v128, f: v128, round: v128): v128 {
  return i32x4.abs(i32x4.shr_s(i32x4.add(i32x4.mul(x, f), round), 17));
}

// 4369 c, c <= 25509.
function thirtieth(c: v128, k: v128): v128 {
  return i32x4.dot_i16x8_s(c, k);
}

// (4369 c + 2^11) >> 12.
function spreadOf(p: v128, round12: v128): v128 {
  return i32x4.shr_s(i32x4.add(p, round12), 12);
}

// (8738 c + 2^11) >> 12, wrapped to 16 bits.
function centreOf(p: v128, round11: v128): v128 {
  return i32x4.shr_s(i32x4.shl(i32x4.shr_s(i32x4.add(p, round11), 11), 16), 16);
}

function sum(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(i32x4.add(a, b), c);
}

/**
 * `spread` and `centre` less `spread` of a row at scale 0, from a part's three
 * bands. With |x| <= 22930 and F as the default or less: |csf| <= 25509 (h, v) and
 * 8646 (d), the spreads of the three bands below 2 * 27209 + 9222 < 2^16.
 * @param bytes of the three bands, 4 to a sample
 */
export function maskFirst(
  h: usize,
  v: usize,
  d: usize,
  spread: usize,
  centre: usize,
  bytes: usize,
  factorHv: i32,
  factorD: i32,
): void {
  const fhv = every32(factorHv);
  const fd = every32(factorD);
  const round15 = all32(ROUND15);
  const round17 = all32(ROUND17);
  const round12 = all32(ROUND12);
  const round11 = all32(ROUND11);
  const k = all32(THIRTIETH);
  const end = h + bytes;
  for (; h < end; h += 32) {
    const hA = thirtieth(weighed(v128.load(h), fhv, round15), k);
    const hB = thirtieth(weighed(v128.load(h, 16), fhv, round15), k);
    const vA = thirtieth(weighed(v128.load(v), fhv, round15), k);
    const vB = thirtieth(weighed(v128.load(v, 16), fhv, round15), k);
    const dA = thirtieth(weighedDiagonal(v128.load(d), fd, round17), k);
    const dB = thirtieth(weighedDiagonal(v128.load(d, 16), fd, round17), k);
    const sA = sum(spreadOf(hA, round12), spreadOf(vA, round12), spreadOf(dA, round12));
    const sB = sum(spreadOf(hB, round12), spreadOf(vB, round12), spreadOf(dB, round12));
    const cA = sum(centreOf(hA, round11), centreOf(vA, round11), centreOf(dA, round11));
    const cB = sum(centreOf(hB, round11), centreOf(vB, round11), centreOf(dB, round11));
    v128.store(spread, sB, 16);
    v128.store(spread, sA);
    v128.store(centre, i32x4.sub(cB, sB), 16);
    v128.store(centre, i32x4.sub(cA, sA));
    v += 32;
    d += 32;
    spread += 32;
    centre += 32;
  }
}

/** 2^32 / 30 and 2^32 / 15. */
const SHARES = memory.data<i32>([143165577, 286331153], 16);
/** 2^31, taken away to round. */
const HALF32 = memory.data<i64>([0x80000000], 16);

// c * k - 2^31 < 2^59.1 of the lower two lanes; the upper half of each is what counts.
function lowShare(c: v128, k: v128, minusHalf: v128): v128 {
  return i64x2.sub(i64x2.extmul_low_i32x4_u(c, k), minusHalf);
}

function highShare(c: v128, k: v128, minusHalf: v128): v128 {
  return i64x2.sub(i64x2.extmul_high_i32x4_u(c, k), minusHalf);
}

/**
 * The same at scales 1..3, from |csf| of the bands, below 2.104e9, in the order that
 * `weighUpper` leaves; narrowing undoes that order. Spreads are below 7.02e7 each,
 * so that a threshold stays below 24 * 7.02e7 + 3 * 1.41e8 < 2^31 and, all being
 * -1, above -28.
 */
export function maskUpper(
  h: usize,
  v: usize,
  d: usize,
  spread: usize,
  centre: usize,
  bytes: usize,
): void {
  const k1 = all32(SHARES);
  const k2 = all32(SHARES + 4);
  const half = all64(HALF32);
  const end = h + bytes;
  for (; h < end; h += 32) {
    const h0 = v128.load(h);
    const h1 = v128.load(h, 16);
    const v0 = v128.load(v);
    const v1 = v128.load(v, 16);
    const d0 = v128.load(d);
    const d1 = v128.load(d, 16);
    const sA = sum(
      highHalves(lowShare(h0, k1, half), lowShare(h1, k1, half)),
      highHalves(lowShare(v0, k1, half), lowShare(v1, k1, half)),
      highHalves(lowShare(d0, k1, half), lowShare(d1, k1, half)),
    );
    const sB = sum(
      highHalves(highShare(h0, k1, half), highShare(h1, k1, half)),
      highHalves(highShare(v0, k1, half), highShare(v1, k1, half)),
      highHalves(highShare(d0, k1, half), highShare(d1, k1, half)),
    );
    const cA = sum(
      highHalves(lowShare(h0, k2, half), lowShare(h1, k2, half)),
      highHalves(lowShare(v0, k2, half), lowShare(v1, k2, half)),
      highHalves(lowShare(d0, k2, half), lowShare(d1, k2, half)),
    );
    const cB = sum(
      highHalves(highShare(h0, k2, half), highShare(h1, k2, half)),
      highHalves(highShare(v0, k2, half), highShare(v1, k2, half)),
      highHalves(highShare(d0, k2, half), highShare(d1, k2, half)),
    );
    v128.store(spread, sB, 16);
    v128.store(spread, sA);
    v128.store(centre, i32x4.sub(cB, sB), 16);
    v128.store(centre, i32x4.sub(cA, sA));
    v += 32;
    d += 32;
    spread += 32;
    centre += 32;
  }
}

/** Writes positions -1 and `width` of a row of spreads by the border rule of ADM. */
export function mirror32(row: usize, width: usize): void {
  const end = row + 4 * width;
  store<i32>(row - 4, load<i32>(row + 4));
  store<i32>(end, load<i32>(end - 4));
}

/** Sums of three neighbouring columns. */
export function sumColumns(spread: usize, out: usize, bytes: usize): void {
  const end = out + bytes;
  for (let at = spread - 16; out < end; out += 32) {
    const a = sum(v128.load(at, 12), v128.load(at, 16), v128.load(at, 20));
    const b = sum(v128.load(at, 28), v128.load(at, 32), v128.load(at, 36));
    v128.store(out, b, 16);
    v128.store(out, a);
    at += 32;
  }
}

/** The threshold: three rows of column sums and `centre`. */
export function sumRows(
  above: usize,
  row: usize,
  below: usize,
  centre: usize,
  out: usize,
  bytes: usize,
): void {
  const end = out + bytes;
  for (; out < end; out += 32) {
    const a = i32x4.add(
      i32x4.add(v128.load(above), v128.load(row)),
      i32x4.add(v128.load(below), v128.load(centre)),
    );
    const b = i32x4.add(
      i32x4.add(v128.load(above, 16), v128.load(row, 16)),
      i32x4.add(v128.load(below, 16), v128.load(centre, 16)),
    );
    v128.store(out, b, 16);
    v128.store(out, a);
    above += 32;
    row += 32;
    below += 32;
    centre += 32;
  }
}

/** Thresholds that nothing passes for `count` positions on either side of `from..to`. */
export function closeEnds(threshold: usize, from: usize, to: usize, closed: i32): void {
  const all = i32x4.splat(closed);
  v128.store(threshold + 4 * from - 32, all);
  v128.store(threshold + 4 * from - 16, all);
  v128.store(threshold + 4 * to, all);
  v128.store(threshold + 4 * to + 16, all);
}

/** Brings thresholds into the order of what `weighUpper` leaves: of eight 0, 1, 4, 5, 2, 3, 6, 7. */
export function reorderRow(row: usize, bytes: usize): void {
  const end = row + bytes;
  for (; row < end; row += 32) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    v128.store(row, v128.shuffle<i64>(a, b, 0, 2));
    v128.store(row, v128.shuffle<i64>(a, b, 1, 3), 16);
  }
}
