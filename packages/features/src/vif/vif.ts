/**
 * Integer VIF of one pair of pictures, as libvmaf 3.2.0 computes it: the plain
 * reference kernel that every faster one is judged by. Exact integer
 * arithmetic in binary64. Source: spec/vif.md.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { loadSamples, requireSize } from '../plane/samples.js';
import { accumulateRow, combine, emptySums, type VifSums } from './accumulate.js';
import { radiusOf, SCALES, TAPS, verticalShifts, type Scale } from './filters.js';
import { halve, scaleSize } from './pyramid.js';
import {
  createLocalStatistics,
  createMoments,
  horizontalStatistics,
  verticalMoments,
} from './statistics.js';

/** What changes the numbers of VIF. */
export interface VifOptions {
  /** Largest gain that counts as signal, 1..100; `vif_enhn_gain_limit`. The NEG models use 1. */
  readonly gainLimit: number;
  /** Leave out scale 0 (`vif_skip_scale0`): its value is 0, and it is not in the totals. */
  readonly skipScale0: boolean;
}

/** libvmaf's defaults: gain limit 100, all scales. */
export const VIF_DEFAULTS: VifOptions = { gainLimit: 100, skipScale0: false };

/** Smallest side that VIF's filters fit at every scale, in samples. */
export const VIF_MINIMUM = 16;

/** VIF of one scale. */
export interface VifScale {
  /** `num / den`, exactly representable in binary32. About 0..1, more for enhanced contrast. */
  readonly vif: number;
  /** Numerator, binary32; 0 for a skipped scale. */
  readonly num: number;
  /** Denominator, binary32; -1 for a skipped scale. */
  readonly den: number;
  /** The integer sums behind them, all 0 for a skipped scale. */
  readonly sums: Readonly<VifSums>;
}

/** VIF of one pair of pictures. */
export interface VifResult {
  /** Scales 0..3. */
  readonly scales: readonly [VifScale, VifScale, VifScale, VifScale];
  /** Sum of the numerators, without a skipped scale. */
  readonly num: number;
  /** Sum of the denominators, without a skipped scale. */
  readonly den: number;
  /** `num / den`, 1 where `den` is 0. */
  readonly vif: number;
}

/** A VIF kernel for one size and depth; it owns its scratch memory. */
export interface VifKernel {
  /** VIF of `distorted` against `reference`, both of the kernel's size; the planes are only read. */
  compute(reference: Plane, distorted: Plane): VifResult;
}

const SKIPPED: VifScale = { vif: 0, num: 0, den: -1, sums: emptySums() };

/**
 * Makes the kernel for pictures of `width` by `height` samples.
 * @throws BadGeometry (as an exception) below 16 samples.
 */
export const createVif = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  options: VifOptions = VIF_DEFAULTS,
): VifKernel => {
  requireSize('VIF', VIF_MINIMUM, width, height);
  const margin = radiusOf(TAPS[0]);
  const moments = createMoments(width, margin);
  const statistics = createLocalStatistics(width);
  const line = new Float64Array(width + 2 * margin);
  const planes = (): readonly Uint16Array[] =>
    Array.from({ length: SCALES }, (_, scale) => {
      const size = scaleSize(width, height, scale);
      return new Uint16Array(size.width * size.height);
    });
  const pyramid1 = planes();
  const pyramid2 = planes();

  const scaleOf = (scale: Scale): VifScale => {
    const [plane1, plane2] = [pyramid1[scale], pyramid2[scale]] as [Uint16Array, Uint16Array];
    const size = scaleSize(width, height, scale);
    const taps = TAPS[scale];
    const shifts = verticalShifts(scale, bitDepth);
    const sums = emptySums();
    for (let y = 0; y < size.height; y++) {
      verticalMoments(plane1, plane2, size.width, size.height, y, taps, shifts, moments);
      horizontalStatistics(moments, size.width, taps, statistics);
      accumulateRow(statistics, size.width, options.gainLimit, sums);
    }
    const { num, den } = combine(sums);
    return { vif: Math.fround(num / den), num, den, sums };
  };

  const fill = (pyramid: readonly Uint16Array[], plane: Plane): void => {
    loadSamples(plane, pyramid[0] as Uint16Array, width, height);
    for (const scale of [0, 1, 2] as const) {
      const size = scaleSize(width, height, scale);
      const [from, to] = [pyramid[scale], pyramid[scale + 1]] as [Uint16Array, Uint16Array];
      halve(from, size.width, size.height, scale, bitDepth, to, line);
    }
  };

  return {
    compute(reference, distorted) {
      fill(pyramid1, reference);
      fill(pyramid2, distorted);
      const first = options.skipScale0 ? SKIPPED : scaleOf(0);
      const scales = [first, scaleOf(1), scaleOf(2), scaleOf(3)] as const;
      const counted: readonly VifScale[] = options.skipScale0 ? scales.slice(1) : scales;
      const num = counted.reduce((sum, scale) => sum + scale.num, 0);
      const den = counted.reduce((sum, scale) => sum + scale.den, 0);
      return { scales, num, den, vif: den === 0 ? 1 : num / den };
    },
  };
};
