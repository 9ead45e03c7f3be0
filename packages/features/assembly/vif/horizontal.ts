// The horizontal pass over the lines of one row, and variances and covariance
// of it. A load at every second sample holds the pairs for even outputs; the
// same load with the odd coefficients gives the odd outputs, so nothing is
// shuffled between taps. Even and odd outputs stay apart: they are only summed.
import { bits, HALF16, HALF32, SIGN32 } from './constants';
import {
  DD_HIGH,
  DD_LOW,
  LINES,
  M1,
  M2,
  Q11,
  Q22,
  RD_HIGH,
  RD_LOW,
  RR_HIGH,
  RR_LOW,
  S1,
  S12,
  S2,
  STATISTICS,
} from './layout';
import { ENTRY } from './taps';

// (a * b + 2^31) >> 32 of unsigned 32-bit lanes; (2^32-1)^2 + 2^31 < 2^64.

function productHigh(a: v128, b: v128, half: v128): v128 {
  return i32x4.shuffle(
    i64x2.add(i64x2.extmul_low_i32x4_u(a, b), half),
    i64x2.add(i64x2.extmul_high_i32x4_u(a, b), half),
    1,
    3,
    5,
    7,
  );
}

/**
 * Means and covariance: the sums of the means are <= 65536 * 65535 as unsigned
 * numbers; the covariance is right modulo 2^32 and |covariance| <= 2^30.
 * Of a second moment v the lines hold H and L with v = 2^16 H' + L, H' = H + 2^15,
 * so that (sum(v) + 2^15) >> 16 = sum(H') + ((sum(L) + 2^15) >> 16);
 * sum(L) is between -2^31 and 65536 * 32767.
 * @param row byte offset of the row's lines
 * @param step bytes from entry to entry
 * @param blocks columns / 8
 */
export function covariances(row: usize, first: usize, last: usize, step: usize, blocks: i32): void {
  const sign = bits(SIGN32);
  const round = bits(HALF16);
  const half = bits(HALF32);
  let line = LINES + row;
  let out = STATISTICS;
  for (let i = 0; i < blocks; i++) {
    let a0 = sign,
      a1 = sign,
      a2 = sign,
      a3 = round;
    let b0 = sign,
      b1 = sign,
      b2 = sign,
      b3 = round;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load(c);
      const odd = v128.load(c, 16);
      const v0 = v128.load(p, M1);
      const v1 = v128.load(p, M2);
      const v2 = v128.load(p, RD_HIGH);
      const v3 = v128.load(p, RD_LOW);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      p += step;
    }
    v128.store(out, productHigh(a0, a0, half), Q11);
    v128.store(out, productHigh(b0, b0, half), Q11 + 16);
    v128.store(out, productHigh(a1, a1, half), Q22);
    v128.store(out, productHigh(b1, b1, half), Q22 + 16);
    v128.store(out, i32x4.sub(i32x4.add(a2, i32x4.shr_s(a3, 16)), productHigh(a0, a1, half)), S12);
    v128.store(
      out,
      i32x4.sub(i32x4.add(b2, i32x4.shr_s(b3, 16)), productHigh(b0, b1, half)),
      S12 + 16,
    );
    line += 16;
    out += 32;
  }
}

/** Variances, after {@link covariances}; widths as there. */
export function variances(row: usize, first: usize, last: usize, step: usize, blocks: i32): void {
  const sign = bits(SIGN32);
  const round = bits(HALF16);
  let line = LINES + row;
  let out = STATISTICS;
  for (let i = 0; i < blocks; i++) {
    let a0 = sign,
      a1 = round,
      a2 = sign,
      a3 = round;
    let b0 = sign,
      b1 = round,
      b2 = sign,
      b3 = round;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load(c);
      const odd = v128.load(c, 16);
      const v0 = v128.load(p, RR_HIGH);
      const v1 = v128.load(p, RR_LOW);
      const v2 = v128.load(p, DD_HIGH);
      const v3 = v128.load(p, DD_LOW);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      p += step;
    }
    v128.store(out, i32x4.sub(i32x4.add(a0, i32x4.shr_s(a1, 16)), v128.load(out, Q11)), S1);
    v128.store(
      out,
      i32x4.sub(i32x4.add(b0, i32x4.shr_s(b1, 16)), v128.load(out, Q11 + 16)),
      S1 + 16,
    );
    v128.store(out, i32x4.sub(i32x4.add(a2, i32x4.shr_s(a3, 16)), v128.load(out, Q22)), S2);
    v128.store(
      out,
      i32x4.sub(i32x4.add(b2, i32x4.shr_s(b3, 16)), v128.load(out, Q22 + 16)),
      S2 + 16,
    );
    line += 16;
    out += 32;
  }
}
