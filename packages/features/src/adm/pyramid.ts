/**
 * The four-scale wavelet pyramid of one picture: buffers that are made once
 * and filled again for every frame.
 */
import type { Plane } from '@tinyvmaf/yuv-io';
import { createWaveletBands, type WaveletBands } from './bands.js';
import { createWaveletPlan, wavelet, type WaveletPlan } from './dwt.js';
import { firstRounding, NEXT_ROUNDING } from './filters.js';

/** The bands of scales 0..3. */
export type Pyramid = readonly [WaveletBands, WaveletBands, WaveletBands, WaveletBands];

/** Fills pyramids of one picture size and bit depth. */
export interface PyramidBuilder {
  /** An empty pyramid of the right sizes. */
  create(): Pyramid;
  /** Transforms the plane into `pyramid`, overwriting all of it. */
  fill(plane: Plane, pyramid: Pyramid): void;
}

/**
 * A {@link PyramidBuilder} for luma planes of `width` x `height`; each scale
 * is half the one before, rounded up.
 */
export const createPyramidBuilder = (
  width: number,
  height: number,
  bitDepth: number,
): PyramidBuilder => {
  const samples = new Int32Array(width * height);
  const first = createWaveletPlan(width, height);
  const plan1 = nextPlan(first);
  const plan2 = nextPlan(plan1);
  const plan3 = nextPlan(plan2);
  const rounding = firstRounding(bitDepth);
  return {
    create: () => [bandsOf(first), bandsOf(plan1), bandsOf(plan2), bandsOf(plan3)],
    fill: (plane, pyramid) => {
      copySamples(plane, samples);
      wavelet(first, rounding, samples, pyramid[0]);
      wavelet(plan1, NEXT_ROUNDING[0], pyramid[0].a, pyramid[1]);
      wavelet(plan2, NEXT_ROUNDING[1], pyramid[1].a, pyramid[2]);
      wavelet(plan3, NEXT_ROUNDING[2], pyramid[2].a, pyramid[3]);
    },
  };
};

const nextPlan = (plan: WaveletPlan): WaveletPlan =>
  createWaveletPlan(Math.ceil(plan.inputWidth / 2), Math.ceil(plan.inputHeight / 2));

const bandsOf = (plan: WaveletPlan): WaveletBands =>
  createWaveletBands(Math.ceil(plan.inputWidth / 2), Math.ceil(plan.inputHeight / 2));

const copySamples = (plane: Plane, samples: Int32Array): void => {
  const { data, width, height, stride } = plane;
  for (let y = 0; y < height; y++) {
    samples.set(data.subarray(y * stride, y * stride + width), y * width);
  }
};
