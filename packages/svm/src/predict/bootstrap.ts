/**
 * Statistics of a bootstrap collection (spec/model-svm.md section 7): the mean
 * of the members, its spread, and the interval that holds 95 % of them.
 */
import { percentile } from '@tinyvmaf/core';

/** What a bootstrap collection says about one frame, in VMAF points. */
export interface BootstrapPrediction {
  /** Score of each member but the first, with transform and clip: 20 for vmaf_b_v0.6.3. */
  readonly members: readonly number[];
  /** Mean of the members, with transform and clip. */
  readonly bagging: number;
  /** Standard deviation of the members, scaled by the slope of transform and clip at the mean. */
  readonly stddev: number;
  /** Lower end of the 95 % interval, with transform and clip. */
  readonly ciP95Lo: number;
  /** Upper end. */
  readonly ciP95Hi: number;
}

/** Half the distance over which the slope of transform and clip is taken. */
const DELTA = 0.01;

/**
 * Statistics of raw member scores.
 * @param raw at least one score, without transform and clip.
 * @param finish transform and clip.
 */
export const bootstrapStatistics = (
  raw: Float64Array,
  finish: (score: number) => number,
): Omit<BootstrapPrediction, 'members'> => {
  let sum = 0;
  for (const score of raw) sum += score;
  const mean = sum / raw.length;
  let squares = 0;
  for (const score of raw) squares += (score - mean) * (score - mean);
  const deviation = Math.sqrt(squares / raw.length);
  const slope = (finish(mean + DELTA) - finish(mean - DELTA)) / (2 * DELTA);
  return {
    bagging: finish(mean),
    stddev: deviation * slope,
    ciP95Lo: finish(percentile(raw, 2.5)),
    ciP95Hi: finish(percentile(raw, 97.5)),
  };
};
