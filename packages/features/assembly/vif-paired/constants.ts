// Constants of the paired build. Both halves of a pair share one load that
// fills all lanes. Addresses come from memory, see `vif/layout.ts`.

const WORDS = memory.data<u32>(
  [
    // MEAN8: rounds a shift by 8 and centres 16-bit means, 128 - 2^23.
    0xff800080,
    // HALF16: rounds a shift by 16.
    0x8000,
    // LOW16: the low half-words.
    0xffff,
    // SIGN16: flips unsigned half-words to signed ones and back; as 32 bits, HALF16 and SIGN32 together.
    0x80008000,
    // SIGN32: 2^31.
    0x80000000, 0,
  ],
  16,
);

export const MEAN8: usize = 0;
export const HALF16: usize = 4;
export const LOW16: usize = 8;
export const SIGN16: usize = 12;
export const SIGN32: usize = 16;

const REALS = memory.data<f64>(
  [
    // ZERO
    0,
    // NOISE: what counts as texture, and what is added to it.
    131072,
    // EPSILON: 65536 * 1e-10, which is one rounding of the exact product.
    6.5536e-6,
    // INTEGER: 1.5 * 2^52. A binary64 of this size is an integer in its low bits;
    // its own bits as an integer are added on the way in.
    6755399441055744,
    // FLOOR: 2^52. From here to 2^53 the binary64 are the integers.
    4503599627370496,
    // FLOOR_NOISE: 2^52 - 131072.
    4503599627239424,
    // LIMIT of the gain; each scale sets it.
    0,
  ],
  16,
);

export const ZERO: usize = 0;
export const NOISE: usize = 8;
export const EPSILON: usize = 16;
export const INTEGER: usize = 24;
export const FLOOR: usize = 32;
export const FLOOR_NOISE: usize = 40;
export const LIMIT: usize = 48;

/** Sets the limit of the gain. */
export function limitGain(limit: f64): void {
  store<f64>(REALS, limit, LIMIT);
}

const LONGS = memory.data<i64>(
  [
    // MINUS_HALF: -2^31, taken away to round a shift by 32. (An addition of it would not be paired.)
    -2147483648,
    // OF_SIGNAL, OF_NOISE, OF_REFERENCE: 15 bits each.
    0x7fff, 0x7fff0000, 0x7fff00000000,
  ],
  16,
);

export const MINUS_HALF: usize = 0;
export const OF_SIGNAL: usize = 8;
export const OF_NOISE: usize = 16;
export const OF_REFERENCE: usize = 24;

const PLACES = memory.data(12, 4);

/** Sets what is known at run time only; once, before anything else. */
export function fillConstants(): void {
  store<usize>(PLACES, WORDS);
  store<usize>(PLACES, REALS, 4);
  store<usize>(PLACES, LONGS, 8);
}

export function words(): usize {
  return load<usize>(PLACES);
}

export function reals(): usize {
  return load<usize>(PLACES, 4);
}

export function longs(): usize {
  return load<usize>(PLACES, 8);
}
