/**
 * The kernels of a plan, set up for one run, and the names under which their
 * results are reported.
 */
import type { Plane } from '@tinyvmaf/yuv-io';
import type { Kernels, PairKernel } from '../backends/kernels.js';
import type { MotionOptions } from '../motion/score.js';
import type { MotionFrame } from '../motion/series.js';
import { createMotionTracker, type MotionTracker } from './motion-tracker.js';
import type { ExtractorName } from './options.js';
import { outputKey, outputs, type Output } from './outputs.js';
import type { Plan } from './plan.js';
import type { ResolvedExtractor } from './request.js';

/** Values by printed name. */
export type Values = readonly (readonly [key: string, value: number])[];

/** The kernels of a plan, ready for frames of its format. */
export interface Bench {
  /** Option records of the motion requests, in request order. */
  readonly motions: readonly MotionOptions[];
  /** Takes a reference frame; compares distorted ones with it until the next call. */
  prepare(reference: Plane): (distorted: Plane) => ReadonlyMap<string, number>;
  /** Follows the reference's motion. */
  readonly motion: MotionTracker;
  /** Names the motion of a frame, given in the order of {@link motions}. */
  motionValues(frames: readonly MotionFrame[]): Values;
}

/** Sets the kernels up; allocates their scratch memory. Runs must not share a bench: kernels hold a reference. */
export const createBench = (plan: Plan, kernels: Kernels): Bench => {
  const { width, height, bitDepth } = plan.format;
  const spatial = plan.extractors.flatMap((extractor): readonly Comparer[] => {
    switch (extractor.name) {
      case 'vif':
        return [
          comparer(
            kernels.vif(width, height, bitDepth, extractor.options),
            reporter(extractor, outputs.vif()),
          ),
        ];
      case 'adm':
        return [
          comparer(
            kernels.adm(width, height, bitDepth, extractor.options),
            reporter(extractor, outputs.adm()),
          ),
        ];
      case 'motion':
        return [];
    }
  });
  const moving = plan.extractors.flatMap((extractor) =>
    extractor.name === 'motion'
      ? [{ options: extractor.options, report: reporter(extractor, outputs.motion(plan.compat)) }]
      : [],
  );
  const motions = moving.map(({ options }) => options);

  return {
    motions,
    prepare(reference) {
      const compare = spatial.map((prepare) => prepare(reference));
      return (distorted) => new Map(compare.flatMap((values) => values(distorted)));
    },
    motion: createMotionTracker(
      () => kernels.motion(width, height, bitDepth, plan.compat),
      motions,
      plan.compat,
    ),
    motionValues: (frames) =>
      moving.flatMap(({ report }, i) => {
        const frame = frames[i];
        return frame === undefined ? [] : report(frame);
      }),
  };
};

type Comparer = (reference: Plane) => (distorted: Plane) => Values;

const comparer =
  <R>(kernel: PairKernel<R>, report: (result: R) => Values): Comparer =>
  (reference) => {
    const compare = kernel.prepare(reference);
    return (distorted) => report(compare(distorted));
  };

/** Names what an extractor reports, and reads it from a result. */
const reporter = <R>(
  extractor: { readonly name: ExtractorName } & Pick<ResolvedExtractor, 'debug' | 'suffix'>,
  all: readonly Output<R>[],
): ((result: R) => Values) => {
  const reported = all
    .filter(({ debug }) => extractor.debug || !debug)
    .map(({ name, value }) => ({ key: outputKey(extractor.name, name, extractor.suffix), value }));
  return (result) => reported.map(({ key, value }) => [key, value(result)] as const);
};
