// Prepares two rows of both pictures for the vertical pass: samples, squares
// and products, the two rows interleaved. Each row is squared once, however
// many outputs it takes part in. Interleaving is not paired by V8, so these
// are operations on 128 bits, written to where pairs are read.
import { LOW16, SIGN16, words } from './constants';
import { D, DD, R, RD, RR, scratch } from './layout';

// Eight columns, to their places in a block of sixteen.
function interleave(at: usize, upper: v128, lower: v128): void {
  v128.store(at, i16x8.shuffle(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(at, i16x8.shuffle(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15), 32);
}

function prepare8(slot: usize, ru: v128, rl: v128, du: v128, dl: v128, sign: v128): void {
  interleave(slot + R, ru, rl);
  interleave(slot + D, du, dl);
  interleave(slot + RR, v128.xor(i16x8.mul(ru, ru), sign), v128.xor(i16x8.mul(rl, rl), sign));
  interleave(slot + DD, v128.xor(i16x8.mul(du, du), sign), v128.xor(i16x8.mul(dl, dl), sign));
  interleave(slot + RD, v128.xor(i16x8.mul(ru, du), sign), v128.xor(i16x8.mul(rl, dl), sign));
}

/**
 * Eight-bit rows. Samples stay 0..255; products are <= 65025 and become signed
 * 16-bit numbers by taking 32768 away.
 * @param slot byte offset of the slot in every ring
 * @param blocks columns / 16
 */
export function fill8(slot: usize, r0: usize, r1: usize, d0: usize, d1: usize, blocks: i32): void {
  const sign = v128.load32_splat(words(), SIGN16);
  slot += scratch();
  for (let i = 0; i < blocks; i++) {
    prepare8(
      slot,
      v128.load8x8_u(r0),
      v128.load8x8_u(r1),
      v128.load8x8_u(d0),
      v128.load8x8_u(d1),
      sign,
    );
    prepare8(
      slot + 16,
      v128.load8x8_u(r0, 8),
      v128.load8x8_u(r1, 8),
      v128.load8x8_u(d0, 8),
      v128.load8x8_u(d1, 8),
      sign,
    );
    r0 += 16;
    r1 += 16;
    d0 += 16;
    d1 += 16;
    slot += 64;
  }
}

// Four columns of two rows of 32-bit products: high half-words of both rows
// interleaved, low half-words of both rows interleaved, all centred.

function split(at: usize, upper: v128, lower: v128, low: v128, sign: v128): void {
  const h = v128.or(i32x4.shr_u(upper, 16), v128.andnot(lower, low));
  const l = v128.or(v128.and(upper, low), i32x4.shl(lower, 16));
  v128.store(at, v128.xor(h, sign));
  v128.store(at, v128.xor(l, sign), 64);
}

function products(at: usize, au: v128, bu: v128, al: v128, bl: v128, low: v128, sign: v128): void {
  split(at, i32x4.extmul_low_i16x8_u(au, bu), i32x4.extmul_low_i16x8_u(al, bl), low, sign);
  split(at + 32, i32x4.extmul_high_i16x8_u(au, bu), i32x4.extmul_high_i16x8_u(al, bl), low, sign);
}

/**
 * Sixteen-bit rows. Samples become signed by taking 32768 away; products, up
 * to 65535^2 < 2^32, fall into half-words, from each of which 32768 is taken.
 * @param slot byte offset of the slot in every ring
 * @param blocks columns / 16
 */
export function fill16(slot: usize, r0: usize, r1: usize, d0: usize, d1: usize, blocks: i32): void {
  const sign = v128.load32_splat(words(), SIGN16);
  const low = v128.load32_splat(words(), LOW16);
  slot += scratch();
  let wide = slot;
  for (let i = 0; i < 2 * blocks; i++) {
    const ru = v128.load(r0);
    const rl = v128.load(r1);
    const du = v128.load(d0);
    const dl = v128.load(d1);
    interleave(slot + R, v128.xor(ru, sign), v128.xor(rl, sign));
    interleave(slot + D, v128.xor(du, sign), v128.xor(dl, sign));
    products(wide + RR, ru, ru, rl, rl, low, sign);
    products(wide + DD, du, du, dl, dl, low, sign);
    products(wide + RD, ru, du, rl, dl, low, sign);
    r0 += 16;
    r1 += 16;
    d0 += 16;
    d1 += 16;
    // To the other half of a block of sixteen, or on to the next block.
    slot += (i & 1) == 0 ? 16 : 48;
    wide += (i & 1) == 0 ? 16 : 112;
  }
}
