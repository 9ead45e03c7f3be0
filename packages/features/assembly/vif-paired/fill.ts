// Prepares two rows of a picture for the vertical pass: samples, squares and
// products with the reference, the two rows interleaved. Each row is squared
// once, however many outputs it takes part in. Interleaving is not paired by
// V8, so these are operations on 128 bits, written to where pairs are read:
// 64 bytes are 16 columns in the order 0-3, 8-11, 4-7, 12-15, so that a pair of
// vectors gives the low halves of two vectors of results, the next pair the
// high halves. Planes of 32-bit squares have high half-words, then low ones, and
// take 128 bytes for 16 columns.
import { LOW16, SIGN16, words } from './constants';
import { PRODUCTS, SAMPLES, SQUARES } from '../vif/layout';

function lower(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 0, 8, 1, 9, 2, 10, 3, 11);
}

function higher(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** From one column block of eight to the next, in bytes of a slot: the other half of sixteen, or on. */
function next(i: i32, size: usize): usize {
  return (i & 1) == 0 ? 16 : size - 16;
}

/**
 * Eight-bit rows of the reference. Samples stay 0..255; products are <= 65025
 * and become signed 16-bit numbers by taking 32768 away.
 * @param slot first ring's slot
 * @param blocks columns / 8
 */
export function reference8(slot: usize, upper: usize, under: usize, blocks: i32): void {
  const sign = v128.load32_splat(words(), SIGN16);
  for (let i = 0; i < blocks; i++) {
    const u = v128.load8x8_u(upper);
    const l = v128.load8x8_u(under);
    const low = lower(u, l);
    const high = higher(u, l);
    v128.store(slot, low, SAMPLES);
    v128.store(slot, high, SAMPLES + 32);
    v128.store(slot, v128.xor(i16x8.mul(low, low), sign), SQUARES);
    v128.store(slot, v128.xor(i16x8.mul(high, high), sign), SQUARES + 32);
    upper += 8;
    under += 8;
    slot += next(i, 64);
  }
}

/** Eight-bit rows of a distorted picture; `reference` is the reference's slot. */
export function distorted8(
  reference: usize,
  slot: usize,
  upper: usize,
  under: usize,
  blocks: i32,
): void {
  const sign = v128.load32_splat(words(), SIGN16);
  for (let i = 0; i < blocks; i++) {
    const u = v128.load8x8_u(upper);
    const l = v128.load8x8_u(under);
    const low = lower(u, l);
    const high = higher(u, l);
    v128.store(slot, low, SAMPLES);
    v128.store(slot, high, SAMPLES + 32);
    v128.store(slot, v128.xor(i16x8.mul(low, low), sign), SQUARES);
    v128.store(slot, v128.xor(i16x8.mul(high, high), sign), SQUARES + 32);
    const r0 = v128.load(reference, SAMPLES);
    const r1 = v128.load(reference, SAMPLES + 32);
    v128.store(slot, v128.xor(i16x8.mul(low, r0), sign), PRODUCTS);
    v128.store(slot, v128.xor(i16x8.mul(high, r1), sign), PRODUCTS + 32);
    upper += 8;
    under += 8;
    reference += next(i, 64);
    slot += next(i, 64);
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
 * Sixteen-bit rows of the reference. Samples become signed by taking 32768
 * away; products, up to 65535^2 < 2^32, fall into half-words, from each of which
 * 32768 is taken.
 */
export function reference16(slot: usize, upper: usize, under: usize, blocks: i32): void {
  const sign = v128.load32_splat(words(), SIGN16);
  const low = v128.load32_splat(words(), LOW16);
  let wide = slot;
  for (let i = 0; i < blocks; i++) {
    const u = v128.load(upper);
    const l = v128.load(under);
    v128.store(slot, v128.xor(lower(u, l), sign), SAMPLES);
    v128.store(slot, v128.xor(higher(u, l), sign), SAMPLES + 32);
    products(wide + SQUARES, u, u, l, l, low, sign);
    upper += 16;
    under += 16;
    slot += next(i, 64);
    wide += next(i, 128);
  }
}

/** Sixteen-bit rows of a distorted picture, which lie `apart` behind the reference's. */
export function distorted16(
  slot: usize,
  upper: usize,
  under: usize,
  apart: usize,
  blocks: i32,
): void {
  const sign = v128.load32_splat(words(), SIGN16);
  const low = v128.load32_splat(words(), LOW16);
  let wide = slot;
  for (let i = 0; i < blocks; i++) {
    const u = v128.load(upper + apart);
    const l = v128.load(under + apart);
    v128.store(slot, v128.xor(lower(u, l), sign), SAMPLES);
    v128.store(slot, v128.xor(higher(u, l), sign), SAMPLES + 32);
    products(wide + SQUARES, u, u, l, l, low, sign);
    products(wide + PRODUCTS, v128.load(upper), u, v128.load(under), l, low, sign);
    upper += 16;
    under += 16;
    slot += next(i, 64);
    wide += next(i, 128);
  }
}
