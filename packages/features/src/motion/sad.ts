/**
 * How much a picture differs from an earlier one: the sum of absolute values
 * of the blurred difference (libvmaf 3.2), or of the difference of two blurred
 * pictures (2.1 to 3.1). Plain reference kernels. Source: spec/motion.md
 * sections 1 and 6.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import { mirror } from '../plane/border.js';
import { loadSamples, requireSize } from '../plane/samples.js';
import { blurRow, createBlurLine } from './blur.js';

/** Releases whose motion can be computed; `libvmaf-3.1` stands for 2.1 to 3.1. */
export const COMPATS = ['libvmaf-3.2', 'libvmaf-3.1'] as const;

/** The release whose arithmetic is wanted. */
export type Compat = (typeof COMPATS)[number];

/** Smallest side that the blur fits, in samples. */
export const MOTION_MINIMUM = 3;

/** A motion kernel for one size and depth; it owns its scratch memory. */
export interface MotionKernel {
  /**
   * Sum of absolute differences, an integer below 2^53, in 1/256 of an 8-bit
   * grey level. The order of the planes matters (rounding); both are only read.
   */
  compute(previous: Plane, current: Plane): number;
}

/**
 * The border rule of releases 2.1 to 3.1: at the far end the edge sample is
 * repeated (`n -> n - 1`), at the near end it is not.
 */
export const mirrorFarRepeated = (i: number, n: number): number => {
  if (i < 0) return -i;
  if (i >= n) return 2 * n - 1 - i;
  return i;
};

/**
 * Makes the kernel for pictures of `width` by `height` samples.
 * @throws BadGeometry (as an exception) below 3 samples.
 */
export const createMotion = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  compat: Compat = 'libvmaf-3.2',
): MotionKernel => {
  requireSize('motion', MOTION_MINIMUM, width, height);
  const words = new Uint16Array(width * height);
  const line = createBlurLine(width);
  const load = (plane: Plane, out: Float64Array): void => {
    loadSamples(plane, words, width, height);
    out.set(words);
  };
  return compat === 'libvmaf-3.2'
    ? blurredDifference(width, height, bitDepth, line, load)
    : differenceOfBlurs(width, height, bitDepth, line, load);
};

type Load = (plane: Plane, out: Float64Array) => void;

const blurredDifference = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  line: Float64Array,
  load: Load,
): MotionKernel => {
  const difference = new Float64Array(width * height);
  const samples = new Float64Array(width * height);
  const blurred = new Float64Array(width);
  return {
    compute(previous, current) {
      load(previous, difference);
      load(current, samples);
      for (let i = 0; i < difference.length; i++) {
        difference[i] = (difference[i] as number) - (samples[i] as number);
      }
      let sad = 0;
      for (let y = 0; y < height; y++) {
        blurRow(difference, width, height, y, bitDepth, mirror, line, blurred);
        for (let x = 0; x < width; x++) sad += Math.abs(blurred[x] as number);
      }
      return sad;
    },
  };
};

const differenceOfBlurs = (
  width: number,
  height: number,
  bitDepth: BitDepth,
  line: Float64Array,
  load: Load,
): MotionKernel => {
  const samples1 = new Float64Array(width * height);
  const samples2 = new Float64Array(width * height);
  const blurred1 = new Float64Array(width);
  const blurred2 = new Float64Array(width);
  return {
    compute(previous, current) {
      load(previous, samples1);
      load(current, samples2);
      let sad = 0;
      for (let y = 0; y < height; y++) {
        blurRow(samples1, width, height, y, bitDepth, mirrorFarRepeated, line, blurred1);
        blurRow(samples2, width, height, y, bitDepth, mirrorFarRepeated, line, blurred2);
        for (let x = 0; x < width; x++) {
          sad += Math.abs((blurred1[x] as number) - (blurred2[x] as number));
        }
      }
      return sad;
    },
  };
};
