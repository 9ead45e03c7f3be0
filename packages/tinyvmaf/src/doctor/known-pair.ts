/**
 * A pair of synthetic videos whose libvmaf 3.2.0 values are known to the last
 * bit (spec/test-vectors.md, 8-bit): whether this machine computes the same.
 */
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { memorySource } from '../memory/memory-source.js';

const WIDTH = 96;
const HEIGHT = 64;
const FRAMES = 3;

const referenceSample = (x: number, y: number, frame: number): number => {
  const shiftedX = x + 2 * frame;
  const shiftedY = y + frame;
  return 60 + ((5 * shiftedX + 3 * shiftedY) % 97) + 20 * (((shiftedX >> 2) ^ (shiftedY >> 3)) & 1);
};

const distortedSample = (x: number, y: number, frame: number): number => {
  const left = referenceSample(Math.max(x - 1, 0), y, frame);
  return ((3 * referenceSample(x, y, frame) + left + 2) >> 2) + ((x * y) % 7) - 3;
};

const picture =
  (sample: (x: number, y: number, frame: number) => number) =>
  (frame: number): Uint8Array =>
    Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
      sample(i % WIDTH, Math.floor(i / WIDTH), frame),
    );

/** The pair, three frames of 96x64. */
export const knownPair = (): {
  readonly reference: FrameSource;
  readonly distorted: FrameSource;
} => {
  const size = { width: WIDTH, height: HEIGHT, frames: FRAMES };
  return {
    reference: memorySource({ ...size, name: 'known reference', luma: picture(referenceSample) }),
    distorted: memorySource({ ...size, name: 'known distorted', luma: picture(distortedSample) }),
  };
};

/** libvmaf 3.2.0's values of the pair by key; `undefined` where none is published. */
export const KNOWN_FEATURES: Readonly<Record<string, readonly (number | undefined)[]>> = {
  integer_adm2: [0.93824063242421318, undefined, undefined],
  integer_aim: [0.0049147101598474956, undefined, undefined],
  integer_adm3: [0.96666296113218286, undefined, undefined],
  integer_vif_scale0: [0.51589518785476685, 0.5136257410049438, 0.5153435468673706],
  integer_vif_scale1: [0.84222513437271118, 0.839352011680603, 0.8416995406150818],
  integer_vif_scale2: [0.89940476417541504, 0.8997865915298462, 0.8986222743988037],
  integer_vif_scale3: [0.93834030628204346, 0.9342891573905945, 0.9354085326194763],
  integer_motion2: [0, 18.354373931884766, 18.354373931884766],
  integer_motion3: [18.434326807657879, 18.354373931884766, 18.354373931884766],
};

/** libvmaf 3.2.0's scores of the pair with `vmaf_v0.6.1`. */
export const KNOWN_SCORES: readonly number[] = [
  75.281805897880886, 93.252145389869284, 92.986444089159264,
];
