/**
 * VIF's information measure: per sample, the logarithm of what the reference
 * carries and of what survives in the distorted picture, summed as integers;
 * flat places count linearly. Source: spec/vif.md sections 7 and 8.
 */
import { fixedLog2 } from './log-table.js';
import type { LocalStatistics } from './statistics.js';

/** Variance of the assumed visual noise: 2, in units of 65536. */
export const NOISE = 131072;

/** Keeps the gain's division defined: `65536 * 1e-10`. */
export const EPSILON = 65536 * 1e-10;

/** Sums over a scale; integers, so their order does not matter. */
export interface VifSums {
  /** Information that survives, in 1/2048 bit. */
  numLog: number;
  /** Information of the reference, in 1/2048 bit. */
  denLog: number;
  /**
   * Sum of distorted variances at flat places. Exact to 2^53, which 8 million
   * samples of full-contrast noise against a flat reference would reach; from
   * there on rounded once to binary64, like a 64-bit integer would be.
   */
  numLin: number;
  /** Number of flat places. */
  cntLin: number;
}

/** Adds one row to `sums`; `gainLimit` is the option `vif_enhn_gain_limit`. */
export const accumulateRow = (
  statistics: LocalStatistics,
  width: number,
  gainLimit: number,
  sums: LinearSplit & VifSums,
): void => {
  const { variance1, variance2, covariance } = statistics;
  let numLog = 0;
  let denLog = 0;
  let numLin = 0; // < 2^30 per sample: a row of 2^22 samples still is exact
  let cntLin = 0;
  for (let x = 0; x < width; x++) {
    const s1 = variance1[x] as number;
    const s2 = variance2[x] as number;
    const s12 = covariance[x] as number;
    if (s1 < NOISE) {
      numLin += s2;
      cntLin += 1;
      continue;
    }
    denLog += fixedLog2(NOISE + s1) - 2048 * 17; // 17 = log2(NOISE)
    if (s12 <= 0 || s2 <= 0) continue;
    const gain = s12 / (s1 + EPSILON);
    // What the gain does not explain, with the gain as it is; the limit is for the signal only.
    const residue = Math.max(Math.trunc(s2 - gain * s12), 0);
    const limited = Math.min(gain, gainLimit);
    const noise = residue + NOISE; // < 2^31
    const signal = Math.trunc(limited * limited * s1) + noise; // < 2^44, as gains are <= 100
    numLog += fixedLog2(signal) - fixedLog2(noise);
  }
  sums.numLog += numLog;
  sums.denLog += denLog;
  sums.cntLin += cntLin;
  addLinear(sums, numLin);
};

/** `numLin` in two parts, `high * 2^32 + low`, both exact. */
export interface LinearSplit {
  numLinHigh: number;
  numLinLow: number;
}

const addLinear = (sums: LinearSplit & VifSums, rowSum: number): void => {
  const low = sums.numLinLow + rowSum;
  const carry = Math.floor(low * 2 ** -32);
  sums.numLinLow = low - carry * 2 ** 32;
  sums.numLinHigh += carry;
  sums.numLin = sums.numLinHigh * 2 ** 32 + sums.numLinLow;
};

/** Sums of nothing. */
export const emptySums = (): LinearSplit & VifSums => ({
  numLog: 0,
  denLog: 0,
  numLin: 0,
  cntLin: 0,
  numLinHigh: 0,
  numLinLow: 0,
});

/** The sums without the split of `numLin`. */
export const published = ({ numLog, denLog, numLin, cntLin }: VifSums): VifSums => ({
  numLog,
  denLog,
  numLin,
  cntLin,
});

/**
 * Numerator and denominator of a scale, each rounded once to binary32. The
 * order of the operations is part of the result.
 */
export const combine = (sums: VifSums): { readonly num: number; readonly den: number } => ({
  num: Math.fround(sums.numLog / 2048 + (sums.cntLin - sums.numLin / 16384 / 65025)),
  den: Math.fround(sums.denLog / 2048 + sums.cntLin),
});
