/**
 * Rearrangements of vector lanes that every engine turns into one or two
 * instructions, and constants that are read from memory: engines make vector
 * constants anew in every turn of a loop, but keep what was loaded before it.
 */

/** Bytes a0 b0 a1 b1 .. a7 b7. */
export function zip8(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Words a0 b0 a1 b1 a2 b2 a3 b3. */
export function zipLow16(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

/** Words a4 b4 a5 b5 a6 b6 a7 b7. */
export function zipHigh16(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** The lower words of eight 32-bit lanes. */
export function lowWords(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}

/** The upper words of eight 32-bit lanes. */
export function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}

/** The lower halves of four 64-bit lanes. */
export function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6);
}

/** The upper halves of four 64-bit lanes. */
export function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 1, 3, 5, 7);
}

/** 32-bit lanes 2, 3, 2, 3: the upper two where an instruction reads the lower two. */
export function upperPair(a: v128): v128 {
  return v128.shuffle<i32>(a, a, 2, 3, 2, 3);
}

/** Sum of two 64-bit lanes. */
export function sum64(a: v128): u64 {
  return i64x2.extract_lane(a, 0) + i64x2.extract_lane(a, 1);
}

/** The 32-bit integer at `address` in all lanes. */
export function all32(address: usize): v128 {
  return v128.load32_splat(address);
}

/** The 64-bit number at `address` in both lanes. */
export function all64(address: usize): v128 {
  return v128.load64_splat(address);
}
