/**
 * The taps of the wavelet filters as pairs of 16-bit words, the form in which
 * a dot product takes them (spec/adm.md section 3.1).
 */
import { all32 } from '../common/splat';

const TAPS = memory.data<i16>([15826, 27411, 7345, -4240, -4240, -7345, 27411, -15826], 16);

/** Low-pass taps 0 and 1. */
export function low01(): v128 {
  return all32(TAPS);
}

/** Low-pass taps 2 and 3. */
export function low23(): v128 {
  return all32(TAPS + 4);
}

/** High-pass taps 0 and 1. */
export function high01(): v128 {
  return all32(TAPS + 8);
}

/** High-pass taps 2 and 3. */
export function high23(): v128 {
  return all32(TAPS + 12);
}

/** The filter over samples given as pairs, four outputs. */
export function filter(pair01: v128, pair23: v128, taps01: v128, taps23: v128): v128 {
  return i32x4.add(i32x4.dot_i16x8_s(pair01, taps01), i32x4.dot_i16x8_s(pair23, taps23));
}
