/**
 * Bits that are kept between the two passes, for each depth: what swscale
 * keeps. Weights along rows have 14 bits, along columns 12.
 */
import type { BitDepth } from '@tinyvmaf/core';

/** Bits of the weights along rows. */
export const HORIZONTAL_BITS = 14;

/** Bits of the weights along columns. */
export const VERTICAL_BITS = 12;

/** How sums become results. */
export interface Precision {
  /** Bits of a result of the pass along rows: 15, or 19 for 16-bit video. */
  readonly middleBits: 15 | 19;
  /** Bits cut, not rounded, from a sum along a row. */
  readonly horizontalShift: number;
  /** Bits rounded, halves up, from a sum along a column. */
  readonly verticalShift: number;
  /** Largest code value. */
  readonly top: number;
}

/** The precision for a bit depth. */
export const precisionOf = (bitDepth: BitDepth): Precision => {
  const middleBits = bitDepth === 16 ? 19 : 15;
  return {
    middleBits,
    horizontalShift: HORIZONTAL_BITS + bitDepth - middleBits,
    verticalShift: VERTICAL_BITS + middleBits - bitDepth,
    top: 2 ** bitDepth - 1,
  };
};
