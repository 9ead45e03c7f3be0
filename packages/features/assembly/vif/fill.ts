// Prepares two rows of a picture for the vertical pass: samples, squares and
// products with the reference, the two rows interleaved. Each row is squared
// once, however many outputs it takes part in.
import { bits, HIGH16, LOW16, SIGN16 } from './constants';
import { PRODUCTS, SAMPLES, SQUARES } from './layout';

function lower(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 0, 8, 1, 9, 2, 10, 3, 11);
}

function higher(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 4, 12, 5, 13, 6, 14, 7, 15);
}

/**
 * Eight-bit rows of the reference. Samples stay 0..255; products are <= 65025
 * and become signed 16-bit numbers by taking 32768 away.
 * @param slot first ring's slot
 * @param blocks columns / 8
 */
export function reference8(slot: usize, upper: usize, under: usize, blocks: i32): void {
  const sign = bits(SIGN16);
  for (let i = 0; i < blocks; i++) {
    const u = v128.load8x8_u(upper);
    const l = v128.load8x8_u(under);
    const low = lower(u, l);
    const high = higher(u, l);
    v128.store(slot, low, SAMPLES);
    v128.store(slot, high, SAMPLES + 16);
    v128.store(slot, v128.xor(i16x8.mul(low, low), sign), SQUARES);
    v128.store(slot, v128.xor(i16x8.mul(high, high), sign), SQUARES + 16);
    upper += 8;
    under += 8;
    slot += 32;
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
  const sign = bits(SIGN16);
  for (let i = 0; i < blocks; i++) {
    const u = v128.load8x8_u(upper);
    const l = v128.load8x8_u(under);
    const low = lower(u, l);
    const high = higher(u, l);
    v128.store(slot, low, SAMPLES);
    v128.store(slot, high, SAMPLES + 16);
    v128.store(slot, v128.xor(i16x8.mul(low, low), sign), SQUARES);
    v128.store(slot, v128.xor(i16x8.mul(high, high), sign), SQUARES + 16);
    const r0 = v128.load(reference, SAMPLES);
    const r1 = v128.load(reference, SAMPLES + 16);
    v128.store(slot, v128.xor(i16x8.mul(low, r0), sign), PRODUCTS);
    v128.store(slot, v128.xor(i16x8.mul(high, r1), sign), PRODUCTS + 16);
    upper += 8;
    under += 8;
    reference += 32;
    slot += 32;
  }
}

// Four columns of two rows of 32-bit products: high half-words of both rows
// interleaved, low half-words of both rows interleaved, all centred.

function split(at: usize, upper: v128, lower: v128, high: v128, low: v128, sign: v128): void {
  const h = v128.or(i32x4.shr_u(upper, 16), v128.and(lower, high));
  const l = v128.or(v128.and(upper, low), i32x4.shl(lower, 16));
  v128.store(at, v128.xor(h, sign));
  v128.store(at, v128.xor(l, sign), 32);
}

function products(
  at: usize,
  au: v128,
  bu: v128,
  al: v128,
  bl: v128,
  high: v128,
  low: v128,
  sign: v128,
): void {
  split(at, i32x4.extmul_low_i16x8_u(au, bu), i32x4.extmul_low_i16x8_u(al, bl), high, low, sign);
  split(
    at + 16,
    i32x4.extmul_high_i16x8_u(au, bu),
    i32x4.extmul_high_i16x8_u(al, bl),
    high,
    low,
    sign,
  );
}

/**
 * Sixteen-bit rows of the reference. Samples become signed by taking 32768
 * away; products, up to 65535^2 < 2^32, fall into half-words, from each of which
 * 32768 is taken.
 */
export function reference16(slot: usize, upper: usize, under: usize, blocks: i32): void {
  const sign = bits(SIGN16);
  const low = bits(LOW16);
  const high = bits(HIGH16);
  let wide = slot;
  for (let i = 0; i < blocks; i++) {
    const u = v128.load(upper);
    const l = v128.load(under);
    v128.store(slot, v128.xor(lower(u, l), sign), SAMPLES);
    v128.store(slot, v128.xor(higher(u, l), sign), SAMPLES + 16);
    products(wide + SQUARES, u, u, l, l, high, low, sign);
    upper += 16;
    under += 16;
    slot += 32;
    wide += 64;
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
  const sign = bits(SIGN16);
  const low = bits(LOW16);
  const high = bits(HIGH16);
  let wide = slot;
  for (let i = 0; i < blocks; i++) {
    const u = v128.load(upper + apart);
    const l = v128.load(under + apart);
    v128.store(slot, v128.xor(lower(u, l), sign), SAMPLES);
    v128.store(slot, v128.xor(higher(u, l), sign), SAMPLES + 16);
    products(wide + SQUARES, u, u, l, l, high, low, sign);
    products(wide + PRODUCTS, v128.load(upper), u, v128.load(under), l, high, low, sign);
    upper += 16;
    under += 16;
    slot += 32;
    wide += 64;
  }
}
