// What changed between two rows, as signed 16-bit lanes. Rows are rounded up
// to whole vectors, or pairs of them: what lies beyond their end is computed and never used.
import { all32 } from '../common/splat';
import { BYTE_16 } from './taps';

/** `previous - current` of 8-bit samples, sixteen at a time: 9 bits and a sign at most. */
export function difference8(previous: usize, current: usize, out: usize, blocks: i32): void {
  for (let i: i32 = 0; i < blocks; i += 2) {
    const a = i16x8.sub(v128.load8x8_u(previous), v128.load8x8_u(current));
    const b = i16x8.sub(v128.load8x8_u(previous, 8), v128.load8x8_u(current, 8));
    v128.store(out, b, 16);
    v128.store(out, a);
    previous += 16;
    current += 16;
    out += 32;
  }
}

/** `previous - current` of words that hold up to 12 bits: 13 bits and a sign at most. */
export function difference12(previous: usize, current: usize, out: usize, blocks: i32): void {
  for (let i: i32 = 0; i < blocks; i++) {
    v128.store(out, i16x8.sub(v128.load(previous), v128.load(current)));
    previous += 16;
    current += 16;
    out += 16;
  }
}

/**
 * `previous - current` of 16-bit words, 17 bits with the sign, in two rows:
 * `256 * high + low` with high in -256..255 and low in 0..255.
 */
export function difference16(
  previous: usize,
  current: usize,
  high: usize,
  low: usize,
  blocks: i32,
): void {
  const byte = all32(BYTE_16);
  for (let i: i32 = 0; i < blocks; i++) {
    const p = v128.load(previous);
    const c = v128.load(current);
    // By bytes: the low ones give -255..255, whose floor division by 256 borrows 0 or 1.
    const l = i16x8.sub(v128.and(p, byte), v128.and(c, byte));
    const h = i16x8.sub(i16x8.shr_u(p, 8), i16x8.shr_u(c, 8));
    v128.store(high, i16x8.add(h, i16x8.shr_s(l, 8)));
    v128.store(low, v128.and(l, byte));
    previous += 16;
    current += 16;
    high += 16;
    low += 16;
  }
}
