/**
 * Local variances and covariance of two pictures: a Gaussian-weighted window
 * around each sample, computed row by row in two passes.
 * Source: spec/vif.md section 5.
 */
import { padLine, rowOffsets } from '../plane/border.js';
import { roundedShift } from '../plane/shift.js';
import { HORIZONTAL_SHIFT, radiusOf, type VerticalShifts } from './filters.js';

/** Vertically filtered moments of one row; each line has a margin of one filter radius per side. */
export interface Moments {
  readonly mean1: Float64Array;
  readonly mean2: Float64Array;
  readonly square11: Float64Array;
  readonly square22: Float64Array;
  readonly square12: Float64Array;
}

/**
 * Statistics of one row, one number per column. Unit: 65536 is the square of
 * one 8-bit grey level, at every bit depth.
 */
export interface LocalStatistics {
  /** Variance of the reference; rounding can make it slightly negative. */
  readonly variance1: Float64Array;
  /** Variance of the distorted picture, not below 0. */
  readonly variance2: Float64Array;
  readonly covariance: Float64Array;
}

/** Room for {@link Moments} of rows up to `width` samples, margins included. */
export const createMoments = (width: number, radius: number): Moments => {
  const line = (): Float64Array => new Float64Array(width + 2 * radius);
  return {
    mean1: line(),
    mean2: line(),
    square11: line(),
    square22: line(),
    square12: line(),
  };
};

/** Room for {@link LocalStatistics} of rows up to `width` samples. */
export const createLocalStatistics = (width: number): LocalStatistics => ({
  variance1: new Float64Array(width),
  variance2: new Float64Array(width),
  covariance: new Float64Array(width),
});

/**
 * Vertical pass for row `y`: weighted means (16 bits) and second moments
 * (32 bits, unsigned) of the samples above and below, margins included.
 */
export const verticalMoments = (
  plane1: Uint16Array,
  plane2: Uint16Array,
  width: number,
  height: number,
  y: number,
  taps: Float64Array,
  shifts: VerticalShifts,
  out: Moments,
): void => {
  const { mean1, mean2, square11, square22, square12 } = out;
  const radius = radiusOf(taps);
  const mean = roundedShift(shifts.mean);
  const square = roundedShift(shifts.square);
  const rows = new Int32Array(taps.length);
  rowOffsets(rows, y, width, height);

  for (let x = 0; x < width; x++) {
    // Sums of tap * sample stay below 2^32, of tap * sample * sample below 2^48.
    let sum1 = 0;
    let sum2 = 0;
    let sum11 = 0;
    let sum22 = 0;
    let sum12 = 0;
    for (let k = 0; k < taps.length; k++) {
      const at = (rows[k] as number) + x;
      const sample1 = plane1[at] as number;
      const sample2 = plane2[at] as number;
      const weighted1 = (taps[k] as number) * sample1;
      const weighted2 = (taps[k] as number) * sample2;
      sum1 += weighted1;
      sum2 += weighted2;
      sum11 += weighted1 * sample1;
      sum22 += weighted2 * sample2;
      sum12 += weighted1 * sample2;
    }
    mean1[radius + x] = Math.floor((sum1 + mean.offset) * mean.factor);
    mean2[radius + x] = Math.floor((sum2 + mean.offset) * mean.factor);
    square11[radius + x] = Math.floor((sum11 + square.offset) * square.factor);
    square22[radius + x] = Math.floor((sum22 + square.offset) * square.factor);
    square12[radius + x] = Math.floor((sum12 + square.offset) * square.factor);
  }
  padLine(mean1, width, radius);
  padLine(mean2, width, radius);
  padLine(square11, width, radius);
  padLine(square22, width, radius);
  padLine(square12, width, radius);
};

/**
 * `(a * b + 2^31) >> 32` for integers `0 <= a, b < 2^32`. The product has up
 * to 64 bits; splitting both factors at bit 16 keeps every part exact in
 * binary64 (the part below 2^32 is under 2^50).
 */
export const productHigh = (a: number, b: number): number => {
  const a1 = Math.floor(a * 2 ** -16);
  const b1 = Math.floor(b * 2 ** -16);
  const a0 = a - a1 * 65536;
  const b0 = b - b1 * 65536;
  return a1 * b1 + Math.floor(((a1 * b0 + a0 * b1) * 65536 + a0 * b0 + 2 ** 31) * 2 ** -32);
};

/** Horizontal pass over the moments of a row, then variances and covariance (signed 32 bits). */
export const horizontalStatistics = (
  moments: Moments,
  width: number,
  taps: Float64Array,
  out: LocalStatistics,
): void => {
  const { mean1, mean2, square11, square22, square12 } = moments;
  const { variance1, variance2, covariance } = out;
  const shift = roundedShift(HORIZONTAL_SHIFT);

  for (let x = 0; x < width; x++) {
    // Means keep their 16 fraction bits: below 2^32. Second moments: below 2^49.
    let sum1 = 0;
    let sum2 = 0;
    let sum11 = 0;
    let sum22 = 0;
    let sum12 = 0;
    for (let k = 0; k < taps.length; k++) {
      const tap = taps[k] as number;
      const at = x + k;
      sum1 += tap * (mean1[at] as number);
      sum2 += tap * (mean2[at] as number);
      sum11 += tap * (square11[at] as number);
      sum22 += tap * (square22[at] as number);
      sum12 += tap * (square12[at] as number);
    }
    const moment11 = Math.floor((sum11 + shift.offset) * shift.factor);
    const moment22 = Math.floor((sum22 + shift.offset) * shift.factor);
    const moment12 = Math.floor((sum12 + shift.offset) * shift.factor);
    variance1[x] = moment11 - productHigh(sum1, sum1);
    variance2[x] = Math.max(moment22 - productHigh(sum2, sum2), 0);
    covariance[x] = moment12 - productHigh(sum1, sum2);
  }
};
