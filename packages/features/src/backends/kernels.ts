/**
 * What a backend is: a record of kernel factories. It is chosen once, when an
 * extractor is made; nobody behind that asks which one runs. Every backend
 * gives the same bits.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';
import type { AdmResult } from '../adm/adm.js';
import type { AdmOptions } from '../adm/options.js';
import type { Compat, MotionKernel } from '../motion/sad.js';
import type { VifOptions, VifResult } from '../vif/vif.js';

/** Compares pictures of one size and depth. It owns its scratch memory. */
export interface PairKernel<R> {
  /**
   * Compares one reference with any number of distorted pictures, and does the
   * reference's share of the work once for all of them, or for some at a time.
   * @returns in the same order, `undefined` where there was no picture.
   */
  compareAll(
    reference: Plane,
    distorted: readonly (Plane | undefined)[],
  ): readonly (R | undefined)[];
}

/** Results of the pictures that are there, in the places of those. */
export const overPresent = <R>(
  distorted: readonly (Plane | undefined)[],
  compare: (present: readonly Plane[]) => readonly R[],
): readonly (R | undefined)[] => {
  const present = distorted.filter((plane) => plane !== undefined);
  const results = compare(present);
  let next = 0;
  return distorted.map((plane) => (plane === undefined ? undefined : results[next++]));
};

/** Kernel factories for pictures of one size and depth. */
export interface Kernels {
  /** Name for reports: `reference`. */
  readonly name: string;
  /** Makes a VIF kernel; sides of 16 samples and more. */
  vif(
    width: number,
    height: number,
    bitDepth: BitDepth,
    options: VifOptions,
  ): PairKernel<VifResult>;
  /** Makes an ADM kernel; sides of 17 samples and more. */
  adm(
    width: number,
    height: number,
    bitDepth: BitDepth,
    options: AdmOptions,
  ): PairKernel<AdmResult>;
  /** Makes a motion kernel; sides of 3 samples and more. */
  motion(width: number, height: number, bitDepth: BitDepth, compat: Compat): MotionKernel;
}
