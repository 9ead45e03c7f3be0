/**
 * The masking threshold, row by row (spec/adm.md sections 9.1 and 9.2). Each
 * position gives `spread` to its eight neighbours and `centre` to itself,
 * summed over the three bands before anything else; the 3x3 sum is that of
 * three columns along a row first, then of three rows.
 */
import { all32, all64, highHalves, zipHigh16, zipLow16 } from './lanes';

/** 2184 = 8 * 273 and 4368 = 8 * 546. */
const THIRTIETHS = memory.data<i16>([2184, 2184, 4368, 4368, 1, 1], 16);
const ADD_DIAGONAL = memory.data<i32>([65535], 16);

/**
 * `spread` and `centre` less `spread` of a row at scale 0, from a part's three
 * bands. All shifts are rounding high multiplications of 16-bit lanes:
 *   csf_h = (F * x + 2^14) >> 15 = x + ((F - 2^15) * x + 2^14) >> 15
 *   flt = (4369 c + 2^11) >> 12 = c + (2184 c + 2^14) >> 15
 *   ctr = (8738 c + 2^11) >> 12 = 2 c + (4368 c + 2^14) >> 15, wrapped to 16 bits
 * With |x| <= 22930 and F as the default or less: |csf| <= 25509 (h, v) and
 * 8646 (d), the spreads of the three bands below 2 * 27209 + 9222 < 2^16.
 * @param hv F_h - 2^15
 * @param d two words whose sum is F_d
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
  const fhv = i16x8.splat(<i16>factorHv);
  const fd = i32x4.splat(factorD);
  const add = all32(ADD_DIAGONAL);
  const k1 = all32(THIRTIETHS);
  const k2 = all32(THIRTIETHS + 4);
  const ones = all32(THIRTIETHS + 8);
  for (let p: usize = 0; p < bytes; p += 16) {
    const hs = v128.load(h + p);
    const vs = v128.load(v + p);
    const ds = v128.load(d + p);
    if (!v128.any_true(v128.or(v128.or(hs, vs), ds))) {
      v128.store(spread + 2 * p, ds);
      v128.store(spread + 2 * p, ds, 16);
      v128.store(centre + 2 * p, ds);
      v128.store(centre + 2 * p, ds, 16);
      continue;
    }
    const ch = i16x8.abs(i16x8.add(hs, i16x8.q15mulr_sat_s(hs, fhv)));
    const cv = i16x8.abs(i16x8.add(vs, i16x8.q15mulr_sat_s(vs, fhv)));
    const cd = i16x8.abs(
      i16x8.narrow_i32x4_s(
        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(zipLow16(ds, ds), fd), add), 17),
        i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(zipHigh16(ds, ds), fd), add), 17),
      ),
    );
    const flt = i16x8.add(
      i16x8.add(
        i16x8.add(ch, i16x8.q15mulr_sat_s(ch, k1)),
        i16x8.add(cv, i16x8.q15mulr_sat_s(cv, k1)),
      ),
      i16x8.add(cd, i16x8.q15mulr_sat_s(cd, k1)),
    );
    const near = i32x4.extend_low_i16x8_u(flt);
    const far = i32x4.extend_high_i16x8_u(flt);
    v128.store(spread + 2 * p, near);
    v128.store(spread + 2 * p, far, 16);
    const gh = i16x8.add(i16x8.add(ch, ch), i16x8.q15mulr_sat_s(ch, k2));
    const gv = i16x8.add(i16x8.add(cv, cv), i16x8.q15mulr_sat_s(cv, k2));
    const gd = i16x8.add(i16x8.add(cd, cd), i16x8.q15mulr_sat_s(cd, k2));
    const sumNear = i32x4.add(
      i32x4.dot_i16x8_s(zipLow16(gh, gv), ones),
      i32x4.extend_low_i16x8_s(gd),
    );
    const sumFar = i32x4.add(
      i32x4.dot_i16x8_s(zipHigh16(gh, gv), ones),
      i32x4.extend_high_i16x8_s(gd),
    );
    v128.store(centre + 2 * p, i32x4.sub(sumNear, near));
    v128.store(centre + 2 * p, i32x4.sub(sumFar, far), 16);
  }
}

const UPPER = memory.data<i32>([143165577, 286331153], 16);
const HALF32 = memory.data<i64>([-0x80000000], 16);

// (K * c - 2^31) >> 32, signed, four positions: the upper halves. K * c < 2^59.1.
function share(c: v128, k: v128, half: v128): v128 {
  return highHalves(
    i64x2.add(i64x2.extmul_low_i32x4_u(c, k), half),
    i64x2.add(i64x2.extmul_high_i32x4_u(c, k), half),
  );
}

/**
 * The same at scales 1..3, from |csf| of the bands, below 2.104e9: spreads are
 * below 7.02e7 each, so that a threshold stays below 24 * 7.02e7 + 3 * 1.41e8 <
 * 2^31 and, all being -1, above -28.
 */
export function maskUpper(
  h: usize,
  v: usize,
  d: usize,
  spread: usize,
  centre: usize,
  bytes: usize,
): void {
  const k1 = all32(UPPER);
  const k2 = all32(UPPER + 4);
  const half = all64(HALF32);
  for (let p: usize = 0; p < bytes; p += 16) {
    const ch = v128.load(h + p);
    const cv = v128.load(v + p);
    const cd = v128.load(d + p);
    const flt = i32x4.add(i32x4.add(share(ch, k1, half), share(cv, k1, half)), share(cd, k1, half));
    v128.store(spread + p, flt);
    const ctr = i32x4.add(i32x4.add(share(ch, k2, half), share(cv, k2, half)), share(cd, k2, half));
    v128.store(centre + p, i32x4.sub(ctr, flt));
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
  for (let p: usize = 0; p < bytes; p += 16) {
    const at = spread - 16 + p;
    v128.store(
      out + p,
      i32x4.add(i32x4.add(v128.load(at, 12), v128.load(at, 16)), v128.load(at, 20)),
    );
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
  for (let p: usize = 0; p < bytes; p += 16) {
    v128.store(
      out + p,
      i32x4.add(
        i32x4.add(v128.load(above + p), v128.load(row + p)),
        i32x4.add(v128.load(below + p), v128.load(centre + p)),
      ),
    );
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
