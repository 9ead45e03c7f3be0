/**
 * The motion side of a plan: what has to be compared, and the numbers of each
 * request made from it. Runs beside the engine, which only sums differences.
 */
import { motionScore, type MotionOptions } from '../motion/score.js';
import { motionWindow, type MotionFrame } from '../motion/series.js';
import { outputs } from './outputs.js';
import type { Plan } from './plan.js';
import { reporter, type Values } from './reporter.js';

/** The motion requests of a plan. */
export interface MotionRequests {
  /** Option records in request order. */
  readonly options: readonly MotionOptions[];
  /** Motion of a frame, one number per request, from one sum per entry of {@link motionWindows}. */
  scores(sads: readonly number[]): readonly number[];
  /** Names the motion of a frame, given in the order of `options`. */
  values(frames: readonly MotionFrame[]): Values;
}

const motionExtractors = (plan: Plan) =>
  plan.extractors.flatMap((extractor) => (extractor.name === 'motion' ? [extractor] : []));

/** How many frames the plan's motion looks back, each distance once; empty where it need not look. */
export const motionWindows = (plan: Plan): readonly number[] => [
  ...new Set(
    motionExtractors(plan)
      .filter(({ options }) => !options.forceZero)
      .map(({ options }) => motionWindow(options)),
  ),
];

/** The motion requests of a plan. */
export const motionRequests = (plan: Plan): MotionRequests => {
  const { width, height } = plan.format;
  const windows = motionWindows(plan);
  const requests = motionExtractors(plan).map((extractor) => ({
    options: extractor.options,
    report: reporter(extractor, outputs.motion(plan.compat)),
  }));
  return {
    options: requests.map(({ options }) => options),
    scores: (sads) =>
      requests.map(({ options }) =>
        motionScore(
          sads[windows.indexOf(motionWindow(options))] ?? 0,
          width * height,
          options,
          plan.compat,
        ),
      ),
    values: (frames) =>
      requests.flatMap(({ report }, i) => {
        const frame = frames[i];
        return frame === undefined ? [] : report(frame);
      }),
  };
};
