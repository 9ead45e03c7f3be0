/**
 * The kernels of a plan, set up for one run in one thread, and the names under
 * which their results are reported.
 */
import type { Plane } from '@tinyvmaf/yuv-io';
import type { Kernels, PairKernel } from '../backends/kernels.js';
import type { MotionKernel } from '../motion/sad.js';
import { motionWindows } from './motion-requests.js';
import { outputs } from './outputs.js';
import type { Plan } from './plan.js';
import { reporter, type Values } from './reporter.js';
import { selfChecked } from './self-check.js';

/** The kernels of a plan, ready for frames of its format. */
export interface Bench {
  /** Compares distorted frames with a reference frame; `undefined` where there is none. */
  compareAll(
    reference: Plane,
    distorted: readonly (Plane | undefined)[],
  ): readonly (ReadonlyMap<string, number> | undefined)[];
  /** How many frames motion looks back, each distance once; see {@link motionWindows}. */
  readonly windows: readonly number[];
  /** Sum of motion between two reference pictures. */
  motion(earlier: Plane, current: Plane): number;
}

/** Sets the kernels up; allocates their scratch memory. Runs must not share a bench: kernels hold a reference. */
export const createBench = (plan: Plan, kernels: Kernels): Bench => {
  const { width, height, bitDepth } = plan.format;
  const spatial = plan.extractors.flatMap((extractor): readonly Comparer[] => {
    switch (extractor.name) {
      case 'vif':
        return [
          comparer(
            selfChecked('VIF', kernels.vif(width, height, bitDepth, extractor.options), (result) =>
              result.scales.map(({ den }) => den),
            ),
            reporter(extractor, outputs.vif()),
          ),
        ];
      case 'adm':
        return [
          comparer(
            selfChecked(
              'ADM',
              kernels.adm(width, height, bitDepth, extractor.options),
              ({ scaleDen }) => scaleDen,
            ),
            reporter(extractor, outputs.adm()),
          ),
        ];
      case 'motion':
        return [];
    }
  });
  const windows = motionWindows(plan);
  // Its scratch memory is made only where something is compared.
  let motion: MotionKernel | undefined;

  return {
    compareAll(reference, distorted) {
      const reports = spatial.map((compare) => compare(reference, distorted));
      return distorted.map((plane, k) =>
        plane === undefined ? undefined : new Map(reports.flatMap((values) => values[k] ?? [])),
      );
    },
    windows,
    motion(earlier, current) {
      motion ??= kernels.motion(width, height, bitDepth, plan.compat);
      return motion.compute(earlier, current);
    },
  };
};

type Comparer = (
  ...pictures: Parameters<PairKernel<unknown>['compareAll']>
) => readonly (Values | undefined)[];

const comparer =
  <R>(kernel: PairKernel<R>, report: (result: R) => Values): Comparer =>
  (reference, distorted) =>
    kernel
      .compareAll(reference, distorted)
      .map((result) => (result === undefined ? undefined : report(result)));
