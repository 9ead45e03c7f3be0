// The blur of motion as the vector code wants it: pairs of taps for the dot
// product of 16-bit lanes, kept in memory because V8 rebuilds vector constants
// inside of loops. Source: the filter of src/motion/filter.ts.
import { origin } from '../common/splat';

/** Taps 0 and 4, 1 and 3, 2; they sum to 65536 and each fits a signed 16-bit lane. */
export const F0: i32 = 3571;
export const F1: i32 = 16004;
export const F2: i32 = 26386;

/**
 * Pairs (low lane, high lane), 4 bytes apart:
 *   0 (F0, F1)    4 (F2, F1)    8 (F0, 0)    even outputs of a row
 *  12 (0, F0)    16 (F1, F2)   20 (F1, F0)   odd outputs of a row
 */
export const PAIRS: usize = memory.data<i16>(
  [3571, 16004, 26386, 16004, 3571, 0, 0, 3571, 16004, 26386, 16004, 3571],
  16,
);

/** A one: multiplied with a rounding constant beside the centre tap. */
export const ONES: usize = memory.data<i16>([1, 1], 16);

/** (F2, rounding constant) of the vertical pass, written once the depth is known. */
export const CENTRE: usize = memory.data(4, 16);

/** (F2, 0): the centre tap of the low bytes at 16 bits. */
export const CENTRE_LOW: usize = memory.data<i16>([26386, 0], 16);

/** 2^15: half of what the horizontal pass shifts out. */
export const HALF: usize = memory.data<i32>([32768], 16);

/** 2^7: the same where the low byte has been shifted out already. */
export const HALF_HIGH: usize = memory.data<i32>([128], 16);

/** A low byte in 32-bit lanes. */
export const BYTE: usize = memory.data<i32>([255], 16);

/** A low byte in 16-bit lanes. */
export const BYTE_16: usize = memory.data<i16>([255, 255], 16);

/** Nothing. */
export const ZERO: usize = memory.data<i32>([0], 16);

const LANES = memory.data(32, 16);

/** 32 bytes for what the lanes of a loop have summed. */
export function lanes(): usize {
  return LANES + origin();
}
