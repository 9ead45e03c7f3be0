// The horizontal pass over the lines of one row. A load at every second sample
// holds the pairs for even outputs; the same load with the odd coefficients
// gives the odd outputs, so nothing is shuffled between taps. Even and odd
// outputs stay apart: they are only summed. Two neighbouring loads, of columns
// 0-7 and 8-15 of a block, are a pair.
import { HALF16, SIGN32, words } from './constants';
import { LINE } from '../vif/layout';
import { ENTRY } from '../vif/taps';

/**
 * Means, 32 bits each; <= 65536 * 65535 as unsigned numbers.
 * @param line of 16-bit means
 * @param step bytes from entry to entry
 * @param blocks columns / 64
 */
export function means(
  line: usize,
  out: usize,
  first: usize,
  last: usize,
  step: usize,
  blocks: i32,
): void {
  const sign = v128.load32_splat(words(), SIGN32);
  for (let i = 0; i < blocks; i++) {
    let a0 = sign,
      a1 = sign,
      a2 = sign,
      a3 = sign,
      a4 = sign,
      a5 = sign,
      a6 = sign,
      a7 = sign;
    let b0 = sign,
      b1 = sign,
      b2 = sign,
      b3 = sign,
      b4 = sign,
      b5 = sign,
      b6 = sign,
      b7 = sign;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      const v4 = v128.load(p, 64);
      const v5 = v128.load(p, 80);
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      const v6 = v128.load(p, 96);
      const v7 = v128.load(p, 112);
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += step;
    }
    v128.store(out, a1, 16);
    v128.store(out, a0);
    v128.store(out, b1, 48);
    v128.store(out, b0, 32);
    v128.store(out, a3, 80);
    v128.store(out, a2, 64);
    v128.store(out, b3, 112);
    v128.store(out, b2, 96);
    v128.store(out, a5, 144);
    v128.store(out, a4, 128);
    v128.store(out, b5, 176);
    v128.store(out, b4, 160);
    v128.store(out, a7, 208);
    v128.store(out, a6, 192);
    v128.store(out, b7, 240);
    v128.store(out, b6, 224);
    line += 128;
    out += 256;
  }
}

/**
 * Means of second moments. Of a moment v the lines hold H and L with
 * v = 2^16 H' + L, H' = H + 2^15, so that
 * (sum(v) + 2^15) >> 16 = sum(H') + ((sum(L) + 2^15) >> 16) <= 65535^2;
 * sum(L) is between -2^31 and 65536 * 32767.
 * @param line of high half-words, with that of low ones behind it
 * @param blocks columns / 32
 */
export function moments(
  line: usize,
  out: usize,
  first: usize,
  last: usize,
  step: usize,
  blocks: i32,
): void {
  const sign = v128.load32_splat(words(), SIGN32);
  const round = v128.load32_splat(words(), HALF16);
  for (let i = 0; i < blocks; i++) {
    let a0 = sign,
      a1 = sign,
      a2 = round,
      a3 = round,
      a4 = sign,
      a5 = sign,
      a6 = round,
      a7 = round;
    let b0 = sign,
      b1 = sign,
      b2 = round,
      b3 = round,
      b4 = sign,
      b5 = sign,
      b6 = round,
      b7 = round;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const even = v128.load32_splat(c);
      const odd = v128.load32_splat(c, 16);
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, even));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, even));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, odd));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, odd));
      const v2 = v128.load(p, LINE);
      const v3 = v128.load(p, LINE + 16);
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, even));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, even));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, odd));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, odd));
      const v4 = v128.load(p, 32);
      const v5 = v128.load(p, 48);
      a4 = i32x4.add(a4, i32x4.dot_i16x8_s(v4, even));
      a5 = i32x4.add(a5, i32x4.dot_i16x8_s(v5, even));
      b4 = i32x4.add(b4, i32x4.dot_i16x8_s(v4, odd));
      b5 = i32x4.add(b5, i32x4.dot_i16x8_s(v5, odd));
      const v6 = v128.load(p, LINE + 32);
      const v7 = v128.load(p, LINE + 48);
      a6 = i32x4.add(a6, i32x4.dot_i16x8_s(v6, even));
      a7 = i32x4.add(a7, i32x4.dot_i16x8_s(v7, even));
      b6 = i32x4.add(b6, i32x4.dot_i16x8_s(v6, odd));
      b7 = i32x4.add(b7, i32x4.dot_i16x8_s(v7, odd));
      p += step;
    }
    v128.store(out, i32x4.add(a1, i32x4.shr_s(a3, 16)), 16);
    v128.store(out, i32x4.add(a0, i32x4.shr_s(a2, 16)));
    v128.store(out, i32x4.add(b1, i32x4.shr_s(b3, 16)), 48);
    v128.store(out, i32x4.add(b0, i32x4.shr_s(b2, 16)), 32);
    v128.store(out, i32x4.add(a5, i32x4.shr_s(a7, 16)), 80);
    v128.store(out, i32x4.add(a4, i32x4.shr_s(a6, 16)), 64);
    v128.store(out, i32x4.add(b5, i32x4.shr_s(b7, 16)), 112);
    v128.store(out, i32x4.add(b4, i32x4.shr_s(b6, 16)), 96);
    line += 64;
    out += 128;
  }
}
