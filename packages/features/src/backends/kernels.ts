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
import type { VifOptions, VifResult, VifScale } from '../vif/vif.js';

/** Compares pictures of one size and depth. It owns its scratch memory. */
export interface PairKernel<R> {
  /**
   * Does the reference's share of the work; the function that comes back
   * compares any number of distorted pictures with it, until the next call.
   */
  prepare(reference: Plane): (distorted: Plane) => R;
}

/** The values of VIF, without the sums behind them. */
export type VifValues = Omit<VifResult, 'scales'> & {
  readonly scales: { readonly [S in 0 | 1 | 2 | 3]: Omit<VifScale, 'sums'> };
};

/** The values of ADM, without the sums behind them. */
export type AdmValues = Omit<AdmResult, 'sums'>;

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
  ): PairKernel<VifValues>;
  /** Makes an ADM kernel; sides of 17 samples and more. */
  adm(
    width: number,
    height: number,
    bitDepth: BitDepth,
    options: AdmOptions,
  ): PairKernel<AdmValues>;
  /** Makes a motion kernel; sides of 3 samples and more. */
  motion(width: number, height: number, bitDepth: BitDepth, compat: Compat): MotionKernel;
}
