// The vertical pass for two output rows at once: each entry of a ring is
// loaded once and gives to both. The results are signed 16-bit lines.
//
// Vectors 0 and 1, and 2 and 3, are neighbours in the ring and take part in the
// same operations, up to two neighbouring stores: that is what an engine needs
// to join them to 256 bits. Of two stores the higher comes first.
import { HALF16, LOW16, MEAN8, SIGN16, words } from './constants';
import { LINE, ROW, SLOT } from '../vif/layout';
import { ENTRY } from '../vif/taps';

/**
 * Means of 8-bit samples: `(sum + 128) >> 8`, less 32768.
 * The sum is <= 65536 * 255 < 2^24, so nothing here is near 2^31.
 * @param ring the entry of its first slot is at `first`; `last` is behind the last entry
 * @param blocks columns / 32
 */
export function means8(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = v128.load32_splat(words(), MEAN8);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start,
      a4 = start,
      a5 = start,
      a6 = start,
      a7 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start,
      b4 = start,
      b5 = start,
      b6 = start,
      b7 = start;
    let p = ring;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      const v4 = v128.load(p, 64);
      const v5 = v128.load(p, 80);
      const v6 = v128.load(p, 96);
      const v7 = v128.load(p, 112);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += SLOT;
    }
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a1, 8), i32x4.shr_s(a3, 8)), 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 8), i32x4.shr_s(a2, 8)));
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b1, 8), i32x4.shr_s(b3, 8)), ROW + 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b0, 8), i32x4.shr_s(b2, 8)), ROW);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a5, 8), i32x4.shr_s(a7, 8)), 48);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a4, 8), i32x4.shr_s(a6, 8)), 32);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b5, 8), i32x4.shr_s(b7, 8)), ROW + 48);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b4, 8), i32x4.shr_s(b6, 8)), ROW + 32);
    ring += 128;
    line += 64;
  }
}

/**
 * Means of centred 16-bit samples: `(sum + 32768) >> 16`. The sum is between -2^31 and 65536 * 32767, so adding 32768 stays below 2^31.
 */
export function means16(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = v128.load32_splat(words(), HALF16);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start,
      a4 = start,
      a5 = start,
      a6 = start,
      a7 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start,
      b4 = start,
      b5 = start,
      b6 = start,
      b7 = start;
    let p = ring;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      const v4 = v128.load(p, 64);
      const v5 = v128.load(p, 80);
      const v6 = v128.load(p, 96);
      const v7 = v128.load(p, 112);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += SLOT;
    }
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a1, 16), i32x4.shr_s(a3, 16)), 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 16), i32x4.shr_s(a2, 16)));
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b1, 16), i32x4.shr_s(b3, 16)), ROW + 16);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b0, 16), i32x4.shr_s(b2, 16)), ROW);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a5, 16), i32x4.shr_s(a7, 16)), 48);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a4, 16), i32x4.shr_s(a6, 16)), 32);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b5, 16), i32x4.shr_s(b7, 16)), ROW + 48);
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(b4, 16), i32x4.shr_s(b6, 16)), ROW + 32);
    ring += 128;
    line += 64;
  }
}

// Half-words of sixteen 32-bit moments v, which come as v - 2^31 + 2^15: high
// ones rounded to nearest, so that low ones are signed by nature.

function halves(line: usize, v0: v128, v1: v128, v2: v128, v3: v128, mask: v128, sign: v128): void {
  v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(v1, 16), i32x4.shr_s(v3, 16)), 16);
  v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(v0, 16), i32x4.shr_s(v2, 16)));
  v128.store(
    line,
    v128.xor(i16x8.narrow_i32x4_u(v128.and(v1, mask), v128.and(v3, mask)), sign),
    LINE + 16,
  );
  v128.store(
    line,
    v128.xor(i16x8.narrow_i32x4_u(v128.and(v0, mask), v128.and(v2, mask)), sign),
    LINE,
  );
}

/**
 * Second moments of 8-bit samples, unrounded, as a line of high and one of low
 * half-words. The ring holds products less 32768, so the sum is the moment v less 2^31: between -2^31 and
 * 65536 * (65025 - 32768) < 2^31 - 2^15, and 2^15 more still fits.
 */
export function moments8(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const start = v128.load32_splat(words(), HALF16);
  const mask = v128.load32_splat(words(), LOW16);
  const sign = v128.load32_splat(words(), SIGN16);
  for (let i = 0; i < blocks; i++) {
    let a0 = start,
      a1 = start,
      a2 = start,
      a3 = start,
      a4 = start,
      a5 = start,
      a6 = start,
      a7 = start;
    let b0 = start,
      b1 = start,
      b2 = start,
      b3 = start,
      b4 = start,
      b5 = start,
      b6 = start,
      b7 = start;
    let p = ring;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      const v4 = v128.load(p, 64);
      const v5 = v128.load(p, 80);
      const v6 = v128.load(p, 96);
      const v7 = v128.load(p, 112);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += SLOT;
    }
    halves(line, a0, a1, a2, a3, mask, sign);
    halves(line + 32, a4, a5, a6, a7, mask, sign);
    halves(line + ROW, b0, b1, b2, b3, mask, sign);
    halves(line + ROW + 32, b4, b5, b6, b7, mask, sign);
    ring += 128;
    line += 64;
  }
}

/**
 * Second moments of 16-bit samples, `(sum + 2^15) >> 16`. With half-words
 * H and L of the products, the sum is 2^16 * sum(H) + sum(L), and as unsigned
 * numbers sum(L) + 2^15 <= 65536 * 65535 + 2^15 < 2^32. So the moment v is
 * sum(H) + ((sum(L) + 2^15) >>> 16) <= 65535^2; less 2^31, plus 2^15, it is at
 * most 0x7ffe8001.
 * @param blocks columns / 16
 */
export function moments16(ring: usize, first: usize, last: usize, line: usize, blocks: i32): void {
  const startHigh = v128.load32_splat(words(), HALF16);
  const startLow = v128.load32_splat(words(), SIGN16);
  const mask = v128.load32_splat(words(), LOW16);
  const sign = v128.load32_splat(words(), SIGN16);
  for (let i = 0; i < blocks; i++) {
    let a0 = startHigh,
      a1 = startHigh,
      a2 = startHigh,
      a3 = startHigh,
      a4 = startLow,
      a5 = startLow,
      a6 = startLow,
      a7 = startLow;
    let b0 = startHigh,
      b1 = startHigh,
      b2 = startHigh,
      b3 = startHigh,
      b4 = startLow,
      b5 = startLow,
      b6 = startLow,
      b7 = startLow;
    let p = ring;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      const v4 = v128.load(p, 64);
      const v5 = v128.load(p, 80);
      const v6 = v128.load(p, 96);
      const v7 = v128.load(p, 112);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += SLOT;
    }
    halves(
      line,
      i32x4.add(a0, i32x4.shr_u(a4, 16)),
      i32x4.add(a1, i32x4.shr_u(a5, 16)),
      i32x4.add(a2, i32x4.shr_u(a6, 16)),
      i32x4.add(a3, i32x4.shr_u(a7, 16)),
      mask,
      sign,
    );
    halves(
      line + ROW,
      i32x4.add(b0, i32x4.shr_u(b4, 16)),
      i32x4.add(b1, i32x4.shr_u(b5, 16)),
      i32x4.add(b2, i32x4.shr_u(b6, 16)),
      i32x4.add(b3, i32x4.shr_u(b7, 16)),
      mask,
      sign,
    );
    ring += 128;
    line += 32;
  }
}
