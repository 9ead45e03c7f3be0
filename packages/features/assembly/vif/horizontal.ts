// The horizontal pass over the lines of one row, and variances and covariance
// of it. A load at every second sample holds the pairs for even outputs; the
// same load with the odd coefficients gives the odd outputs, so nothing is
// shuffled between taps. Even and odd outputs stay apart: they are only summed.
import { bits, HALF16, HALF32, SIGN32 } from './constants';
import { LINE } from './layout';
import { ENTRY } from './taps';

/**
 * Means, 32 bits each; <= 65536 * 65535 as unsigned numbers.
 * @param line of 16-bit means
 * @param step bytes from entry to entry
 * @param blocks columns / 32
 */
export function means(
  line: usize,
  out: usize,
  first: usize,
  last: usize,
  step: usize,
  blocks: i32,
): void {
  const sign = bits(SIGN32);
  for (let i = 0; i < blocks; i++) {
    let a0 = sign,
      a1 = sign,
      a2 = sign,
      a3 = sign;
    let b0 = sign,
      b1 = sign,
      b2 = sign,
      b3 = sign;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load(c);
      const odd = v128.load(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
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
    v128.store(out, a0);
    v128.store(out, b0, 16);
    v128.store(out, a1, 32);
    v128.store(out, b1, 48);
    v128.store(out, a2, 64);
    v128.store(out, b2, 80);
    v128.store(out, a3, 96);
    v128.store(out, b3, 112);
    line += 64;
    out += 128;
  }
}

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

function central(h: v128, l: v128, mean1: usize, mean2: usize, half: v128): v128 {
  const product = productHigh(v128.load(mean1), v128.load(mean2), half);
  return i32x4.sub(i32x4.add(h, i32x4.shr_s(l, 16)), product);
}

/**
 * Covariances; of a picture with itself, variances. They are right modulo 2^32,
 * and |covariance| <= 2^30. Of a second moment v the lines hold H and L with
 * v = 2^16 H' + L, H' = H + 2^15, so that
 * (sum(v) + 2^15) >> 16 = sum(H') + ((sum(L) + 2^15) >> 16);
 * sum(L) is between -2^31 and 65536 * 32767.
 * @param line of high half-words, with that of low ones behind it
 * @param mean1 what {@link means} made of one picture, `mean2` of the other
 * @param blocks columns / 16
 */
export function covariances(
  line: usize,
  mean1: usize,
  mean2: usize,
  out: usize,
  first: usize,
  last: usize,
  step: usize,
  blocks: i32,
): void {
  const sign = bits(SIGN32);
  const round = bits(HALF16);
  const half = bits(HALF32);
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
      const v0 = v128.load(p);
      const v1 = v128.load(p, LINE);
      const v2 = v128.load(p, 16);
      const v3 = v128.load(p, LINE + 16);
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
    v128.store(out, central(a0, a1, mean1, mean2, half));
    v128.store(out, central(b0, b1, mean1 + 16, mean2 + 16, half), 16);
    v128.store(out, central(a2, a3, mean1 + 32, mean2 + 32, half), 32);
    v128.store(out, central(b2, b3, mean1 + 48, mean2 + 48, half), 48);
    line += 32;
    mean1 += 64;
    mean2 += 64;
    out += 64;
  }
}
