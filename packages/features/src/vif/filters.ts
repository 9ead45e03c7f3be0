/**
 * The Gaussian filters of integer VIF and the shifts that keep its numbers at
 * one scale for every bit depth. Source: spec/vif.md sections 2 and 5.
 */
import type { BitDepth } from '@tinyvmaf/core';

/** Index of a scale, from full size to an eighth: scale `s` has `floor(n / 2^s)` samples a side. */
export type Scale = 0 | 1 | 2 | 3;

/** Symmetric 16-bit taps of each scale; each set sums to 65536. */
export const TAPS: Readonly<Record<Scale, Float64Array>> = {
  0: Float64Array.of(
    ...[489, 935, 1640, 2640, 3896, 5274, 6547, 7455, 7784],
    ...[7455, 6547, 5274, 3896, 2640, 1640, 935, 489],
  ),
  1: Float64Array.of(1244, 3663, 7925, 12590, 14692, 12590, 7925, 3663, 1244),
  2: Float64Array.of(3571, 16004, 26386, 16004, 3571),
  3: Float64Array.of(10904, 43728, 10904),
};

/** Samples that a filter reads on each side of its centre. */
export const radiusOf = (taps: Float64Array): number => (taps.length - 1) / 2;

/** Right shifts of the vertical pass. All shifts of VIF round half up. */
export interface VerticalShifts {
  /** After sums of `tap * sample`: leaves 16 bits. */
  readonly mean: number;
  /** After sums of `tap * sample * sample`: leaves 32 bits. */
  readonly square: number;
}

/** Scale 0 holds `bitDepth`-bit samples, the others 16-bit ones. */
export const verticalShifts = (scale: Scale, bitDepth: BitDepth): VerticalShifts =>
  scale === 0 ? { mean: bitDepth, square: 2 * (bitDepth - 8) } : { mean: 16, square: 16 };

/** Right shift of the horizontal pass, at every scale. */
export const HORIZONTAL_SHIFT: number = 16;
