// Vector constants live in memory and are loaded at the head of each function.
// The optimisers of newer engines would otherwise rebuild them inside loops,
// and accumulators start cheaper from a load than from a constant. Where they
// are comes from memory too: parts of this are in the paired build, in which no
// vector may be read at a constant address (see layout.ts).

const BITS = memory.data<u32>(
  [
    // SIGN16: flips unsigned half-words to signed ones and back.
    0x80008000, 0x80008000, 0x80008000, 0x80008000,
    // LOW16: the low half-words.
    0xffff, 0xffff, 0xffff, 0xffff,
    // HIGH16: the high half-words.
    0xffff0000, 0xffff0000, 0xffff0000, 0xffff0000,
    // HALF16: rounds a shift by 16.
    0x8000, 0x8000, 0x8000, 0x8000,
    // SIGN32: 2^31.
    0x80000000, 0x80000000, 0x80000000, 0x80000000,
    // HALF32: 2^31 in 64-bit lanes, rounds a shift by 32.
    0x80000000, 0, 0x80000000, 0,
    // MEAN8: rounds a shift by 8 and centres 16-bit means, 128 - 2^23.
    0xff800080, 0xff800080, 0xff800080, 0xff800080,
    // BELOW_NOISE: largest variance that counts as flat.
    131071, 131071, 131071, 131071,
    // INDEX: 15 bits.
    0x7fff, 0x7fff, 0x7fff, 0x7fff,
    // LOW_SIGN: HALF16 and SIGN32 together.
    0x80008000, 0x80008000, 0x80008000, 0x80008000,
  ],
  16,
);

export const SIGN16: usize = 0;
export const LOW16: usize = 16;
export const HIGH16: usize = 32;
export const HALF16: usize = 48;
export const SIGN32: usize = 64;
export const HALF32: usize = 80;
export const MEAN8: usize = 96;
export const BELOW_NOISE: usize = 112;
export const INDEX: usize = 128;
export const LOW_SIGN: usize = 144;

export const REALS = memory.data<f64>(
  [
    // NOISE
    131072, 131072,
    // EPSILON: 65536 * 1e-10, which is one rounding of the exact product.
    6.5536e-6, 6.5536e-6,
  ],
  16,
);

export const NOISE: usize = 0;
export const EPSILON: usize = 16;

const PLACE = memory.data(4, 4);
store<usize>(PLACE, BITS);

export function bits(offset: usize): v128 {
  return v128.load(load<usize>(PLACE) + offset);
}

export function reals(offset: usize): v128 {
  return v128.load(REALS + offset);
}
