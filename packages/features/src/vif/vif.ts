/**
 * Integer VIF of one pair of pictures, as libvmaf 3.2.0 computes it: the plain
 * reference kernel that every faster one is judged by. Exact integer
 * arithmetic in binary64. Source: spec/vif.md.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { loadSamples, requireSize } from '../plane/samples.js';
import { accumulateRow, combine, emptySums, published, type VifSums } from './accumulate.js';
import { radiusOf, TAPS, verticalShifts, type Scale } from './filters.js';
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

/** A reference picture and its smaller scales. Borrowed: see {@link VifKernel}. */
export type VifReference = readonly [Uint16Array, Uint16Array, Uint16Array, Uint16Array];

/**
 * A VIF kernel for one size and depth. It owns its scratch memory, so what
 * `prepare` returns is valid until its next call (`compute` calls it as well).
 */
export interface VifKernel {
  /** The reference's share of the work, for any number of comparisons. */
  prepare(reference: Plane): VifReference;
  /** One distorted picture against the prepared reference. */
  compare(reference: VifReference, distorted: Plane): VifResult;
  /** `prepare` and `compare` in one. */
  compute(reference: Plane, distorted: Plane): VifResult;
}

const SKIPPED: VifScale = { vif: 0, num: 0, den: -1, sums: published(emptySums()) };

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
  const plane = (scale: Scale): Uint16Array => {
    const size = scaleSize(width, height, scale);
    return new Uint16Array(size.width * size.height);
  };
  const planes = (): VifReference => [plane(0), plane(1), plane(2), plane(3)];
  const ofReference = planes();
  const ofDistorted = planes();

  const fill = (pyramid: VifReference, picture: Plane): void => {
    loadSamples(picture, pyramid[0], width, height);
    for (const scale of [0, 1, 2] as const) {
      const size = scaleSize(width, height, scale);
      const next = pyramid[(scale + 1) as Scale];
      halve(pyramid[scale], size.width, size.height, scale, bitDepth, next, line);
    }
  };

  const compareScale = (scale: Scale, reference: Uint16Array, distorted: Uint16Array): VifScale => {
    const size = scaleSize(width, height, scale);
    const taps = TAPS[scale];
    const shifts = verticalShifts(scale, bitDepth);
    const sums = emptySums();
    for (let y = 0; y < size.height; y++) {
      verticalMoments(reference, distorted, size.width, size.height, y, taps, shifts, moments);
      horizontalStatistics(moments, size.width, taps, statistics);
      accumulateRow(statistics, size.width, options.gainLimit, sums);
    }
    const { num, den } = combine(sums);
    return { vif: Math.fround(num / den), num, den, sums: published(sums) };
  };

  const prepare = (reference: Plane): VifReference => {
    fill(ofReference, reference);
    return ofReference;
  };

  const compare = (reference: VifReference, distorted: Plane): VifResult => {
    fill(ofDistorted, distorted);
    const at = (scale: Scale): VifScale =>
      compareScale(scale, reference[scale], ofDistorted[scale]);
    const scales = [options.skipScale0 ? SKIPPED : at(0), at(1), at(2), at(3)] as const;
    const counted: readonly VifScale[] = options.skipScale0 ? scales.slice(1) : scales;
    const num = counted.reduce((sum, scale) => sum + scale.num, 0);
    const den = counted.reduce((sum, scale) => sum + scale.den, 0);
    return { scales, num, den, vif: den === 0 ? 1 : num / den };
  };

  return {
    prepare,
    compare,
    compute: (reference, distorted) => compare(prepare(reference), distorted),
  };
};
