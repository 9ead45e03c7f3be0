// The vertical pass for two output rows at once: each entry of a ring is
// loaded once and gives to both. The results are signed 16-bit lines.
//
// The loops over taps stay rolled, with eight accumulators: an optimiser that
// moves all loads of a block to its front would spill more than that.
import { bits, HALF16, LOW16, LOW_SIGN, MEAN8, SIGN16 } from './constants';
import { LINE, ROW, SLOT } from './layout';
import { ENTRY } from './taps';

/**
 * Means of 8-bit samples: `(sum + 128) >> 8`, less 32768.
 * The sum is <= 65536 * 255 < 2^24, so nothing here is near 2^31.
 * @param ring the entry of its first slot is at `first`, `last` is behind the last entry
 * @param blocks columns / 16
 */
export function means8(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = bits(MEAN8);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start;
    let p = ring;
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
      p += SLOT;
    }
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 8), i32x4.shr_s(a1, 8)));
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a2, 8), i32x4.shr_s(a3, 8)), 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b0, 8), i32x4.shr_s(b1, 8)), ROW);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b2, 8), i32x4.shr_s(b3, 8)), ROW + 16);
    ring += 64;
    line += 32;
  }
}

/**
 * Means of centred 16-bit samples: `(sum + 32768) >> 16`. The sum is between
 * -2^31 and 65536 * 32767, so adding 32768 stays below 2^31.
 */
export function means16(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = bits(HALF16);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start;
    let p = ring;
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
      p += SLOT;
    }
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 16), i32x4.shr_s(a1, 16)));
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a2, 16), i32x4.shr_s(a3, 16)), 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b0, 16), i32x4.shr_s(b1, 16)), ROW);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b2, 16), i32x4.shr_s(b3, 16)), ROW + 16);
    ring += 64;
    line += 32;
  }
}

// Half-words of eight 32-bit moments v, which come as v - 2^31 + 2^15: high
// ones rounded to nearest, so that low ones are signed by nature.

function halves(line: usize, v0: v128, v1: v128, mask: v128, sign: v128): void {
  const low = i16x8.narrow_i32x4_u(v128.and(v0, mask), v128.and(v1, mask));
  v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(v0, 16), i32x4.shr_s(v1, 16)));
  v128.store(line, v128.xor(low, sign), LINE);
}

/**
 * Second moments of 8-bit samples, unrounded, as a line of high and one of low
 * half-words. The ring holds products less
 * 32768, so the sum is the moment v less 2^31: between -2^31 and
 * 65536 * (65025 - 32768) < 2^31 - 2^15, and 2^15 more still fits.
 */
export function moments8(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = bits(HALF16);
  const mask = bits(LOW16);
  const sign = bits(SIGN16);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start;
    let p = ring;
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
      p += SLOT;
    }
    halves(line, a0, a1, mask, sign);
    halves(line + 16, a2, a3, mask, sign);
    halves(line + ROW, b0, b1, mask, sign);
    halves(line + ROW + 16, b2, b3, mask, sign);
    ring += 64;
    line += 32;
  }
}

/**
 * Second moments of 16-bit samples, `(sum + 2^15) >> 16`. With half-words
 * H and L of the products, the sum is 2^16 * sum(H) + sum(L), and as unsigned
 * numbers sum(L) + 2^15 <= 65536 * 65535 + 2^15 < 2^32. So the moment v is
 * sum(H) + ((sum(L) + 2^15) >>> 16) <= 65535^2; less 2^31, plus 2^15, it is at
 * most 0x7ffe8001.
 * @param blocks columns / 8
 */
export function moments16(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const startHigh = bits(HALF16);
  const startLow = bits(LOW_SIGN);
  const mask = bits(LOW16);
  const sign = bits(SIGN16);
  for (let i = 0; i < blocks; i++) {
    let a0 = startHigh,
      a1 = startHigh,
      a2 = startLow,
      a3 = startLow;
    let b0 = startHigh,
      b1 = startHigh,
      b2 = startLow,
      b3 = startLow;
    let p = ring;
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
      p += SLOT;
    }
    halves(
      line,
      i32x4.add(a0, i32x4.shr_u(a2, 16)),
      i32x4.add(a1, i32x4.shr_u(a3, 16)),
      mask,
      sign,
    );
    halves(
      line + ROW,
      i32x4.add(b0, i32x4.shr_u(b2, 16)),
      i32x4.add(b1, i32x4.shr_u(b3, 16)),
      mask,
      sign,
    );
    ring += 64;
    line += 16;
  }
}
