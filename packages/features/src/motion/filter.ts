/**
 * The blur of integer motion. Source: spec/motion.md section 1.
 */

/** Symmetric 16-bit taps; they sum to 65536. */
export const MOTION_TAPS: Float64Array = Float64Array.of(3571, 16004, 26386, 16004, 3571);

/** Right shift of the horizontal pass; the vertical one shifts by the bit depth. */
export const MOTION_HORIZONTAL_SHIFT: number = 16;
