/**
 * Weight of a sample by its distance from the place that is wanted, for each
 * method. Whole numbers: distances count 2^-30 of a sample (of a wanted sample
 * where a picture shrinks), weights are relative to each other only.
 */
import type { ScaleMethod } from './method.js';
import { lanczos } from './sinc.js';

/** An interpolation as a function of the distance. */
export interface ScaleKernel {
  /** Samples that it spans; twice its radius. */
  readonly span: number;
  /**
   * Weight at a distance of `d` / 2^30, `d >= 0`, where `one` (a power of two,
   * 2^46 to 2^54) is the unit.
   */
  weight(d: bigint, one: bigint): bigint;
}

/** 1 in distances. */
const UNIT = 1n << 30n;
const UNIT_BITS = 30n;

/** The finest unit of weights that kernels are asked for. */
export const FINEST_ONE = 1n << 54n;

/** C = 0.6 of the two-parameter cubics (Mitchell and Netravali, 1988; B = 0) in steps of 2^-24, cut. */
const CUBIC_C = 10066329n;
const CUBIC_ONE = 1n << 24n;

/** Factors of the cubic's two pieces, times 6, from the highest power of the distance down. */
const NEAR = [12n * CUBIC_ONE - 6n * CUBIC_C, -18n * CUBIC_ONE + 6n * CUBIC_C, 6n * CUBIC_ONE];
const FAR = [-6n * CUBIC_C, 30n * CUBIC_C, -48n * CUBIC_C, 24n * CUBIC_C];

/** Six times the cubic: its smallest common denominator stays in the weights. */
const bicubic: ScaleKernel = {
  span: 4,
  weight: (d, one) => {
    if (d >= 2n * UNIT) return 0n;
    // Powers are cut to 2^-30 each.
    const d2 = (d * d) >> UNIT_BITS;
    const d3 = (d2 * d) >> UNIT_BITS;
    const powers = d < UNIT ? [d3, d2, UNIT] : [d3, d2, d, UNIT];
    const factors = d < UNIT ? NEAR : FAR;
    const sum = factors.reduce((total, factor, i) => total + factor * (powers[i] ?? 0n), 0n);
    return sum / (FINEST_ONE / one);
  },
};

const bilinear: ScaleKernel = {
  span: 2,
  weight: (d, one) => (d >= UNIT ? 0n : (UNIT - d) * (one >> UNIT_BITS)),
};

const LOBES = 3;

const lanczos3: ScaleKernel = {
  span: 2 * LOBES,
  // Both factors have few enough bits that the product with a power of two is exact.
  weight: (d, one) => BigInt(Math.trunc(lanczos(Number(d) / Number(UNIT), LOBES) * Number(one))),
};

/** The kernel of each method. */
export const SCALE_KERNELS: Readonly<Record<ScaleMethod, ScaleKernel>> = {
  bicubic,
  bilinear,
  lanczos: lanczos3,
};
