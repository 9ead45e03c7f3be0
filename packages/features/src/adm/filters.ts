/**
 * The constants of ADM's integer wavelet transform: a Daubechies filter of
 * four taps scaled by 2^16, and how far each pass of each scale is shifted
 * (spec/adm.md sections 3.1, 3.3, 3.4).
 */

/** Low-pass taps, for input positions `2i-1 .. 2i+2`; sum 46342. */
export const LOW_PASS = [15826, 27411, 7345, -4240] as const;

/** High-pass taps; sum 0. */
export const HIGH_PASS = [-4240, -7345, 27411, -15826] as const;

/** Sum of {@link LOW_PASS}: what a flat picture of 1 becomes. */
export const LOW_PASS_SUM = 46342;

/** Rounding of one scale's two passes: `floor((sum + add) / 2^shift)`. */
export interface WaveletRounding {
  readonly verticalShift: number;
  /** Added to the vertical low-pass sum. */
  readonly addLow: number;
  /** Added to the vertical high-pass sum. */
  readonly addHigh: number;
  readonly horizontalShift: number;
  readonly addHorizontal: number;
}

/**
 * Scale 0 brings every bit depth to 64 units per 8-bit grey level and takes
 * mid-grey off: `2^(B-1)` times the low-pass sum. The high-pass sum is 0, so
 * grey vanishes there by itself.
 */
export const firstRounding = (bitDepth: number): WaveletRounding => {
  const half = 2 ** (bitDepth - 1);
  return {
    verticalShift: bitDepth,
    addLow: half - LOW_PASS_SUM * half,
    addHigh: half,
    horizontalShift: 16,
    addHorizontal: 32768,
  };
};

/** Rounding of scales 1, 2 and 3, in this order. */
export const NEXT_ROUNDING: readonly [WaveletRounding, WaveletRounding, WaveletRounding] = [
  { verticalShift: 0, addLow: 0, addHigh: 0, horizontalShift: 15, addHorizontal: 16384 },
  {
    verticalShift: 16,
    addLow: 32768,
    addHigh: 32768,
    horizontalShift: 16,
    addHorizontal: 32768,
  },
  {
    verticalShift: 16,
    addLow: 32768,
    addHigh: 32768,
    horizontalShift: 15,
    addHorizontal: 16384,
  },
];
