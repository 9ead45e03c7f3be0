// The blur of motion as the vector code wants it: pairs of taps for the dot
// product of 16-bit lanes, kept in memory because V8 rebuilds vector constants
// inside of loops. Source: the filter of src/motion/filter.ts.

/** Taps 0 and 4, 1 and 3, 2; they sum to 65536 and each fits a signed 16-bit lane. */
export const F0: i32 = 3571;
export const F1: i32 = 16004;
export const F2: i32 = 26386;

/**
 * Pairs (low lane, high lane), four times each, 16 bytes apart:
 *   0 (F0, F1)   16 (F2, F1)   32 (F0, 0)    even outputs of a row
 *  48 (0, F0)    64 (F1, F2)   80 (F1, F0)   odd outputs of a row
 */
export const PAIRS = memory.data<i16>(
  [
    3571, 16004, 3571, 16004, 3571, 16004, 3571, 16004, 26386, 16004, 26386, 16004, 26386, 16004,
    26386, 16004, 3571, 0, 3571, 0, 3571, 0, 3571, 0, 0, 3571, 0, 3571, 0, 3571, 0, 3571, 16004,
    26386, 16004, 26386, 16004, 26386, 16004, 26386, 16004, 3571, 16004, 3571, 16004, 3571, 16004,
    3571,
  ],
  16,
);

/** Eight ones: multiplied with a rounding constant beside the centre tap. */
export const ONES = memory.data<i16>([1, 1, 1, 1, 1, 1, 1, 1], 16);

/** (F2, rounding constant) of the vertical pass, written once the depth is known. */
export const CENTRE = memory.data(16, 16);

/** (F2, 0): the centre tap of the low bytes at 16 bits. */
export const CENTRE_LOW = memory.data<i16>([26386, 0, 26386, 0, 26386, 0, 26386, 0], 16);

/** 2^15 in 32-bit lanes: half of what the horizontal pass shifts out. */
export const HALF = memory.data<i32>([32768, 32768, 32768, 32768], 16);

/** 2^7 in 32-bit lanes: the same where the low byte has been shifted out already. */
export const HALF_HIGH = memory.data<i32>([128, 128, 128, 128], 16);

/** A low byte in 32-bit lanes. */
export const BYTE = memory.data<i32>([255, 255, 255, 255], 16);

/** A low byte in 16-bit lanes. */
export const BYTE_16 = memory.data<i16>([255, 255, 255, 255, 255, 255, 255, 255], 16);
