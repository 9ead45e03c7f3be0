/**
 * Who computes the numbers of a frame: this thread, or a pool of workers. A
 * run hands its frames over in order and takes the results in order; how many
 * are under way in between is the engine's business.
 */
import type { DepthEvidence, Plane } from '@tinyvmaf/yuv-io';
import type { Kernels } from '../backends/kernels.js';
import { createBench, type Bench } from './bench.js';
import { createBreather } from './breather.js';
import { checkRange, type VideoName } from './frame-check.js';
import { createHistory } from './history.js';
import type { Plan } from './plan.js';
import type { Videos } from './videos.js';

/** The pictures of one frame. Planes are borrowed until `submit` returns. */
export interface FrameWork {
  /** From 0. */
  readonly index: number;
  /** Whether the spatial extractors look at it; motion always does. */
  readonly wanted: boolean;
  readonly reference: Plane;
  /** In the order of the videos; `undefined` for one that has ended. */
  readonly distorted: readonly (Plane | undefined)[];
}

/** The numbers of one frame. */
export interface FrameResult {
  /** Sums of motion, one per entry of the plan's motion windows; 0 where nothing is to be compared. */
  readonly sads: readonly number[];
  /** Values by key per distorted video; `undefined` where it has ended or nothing was wanted. */
  readonly spatial: readonly (ReadonlyMap<string, number> | undefined)[];
  /** What was seen of the pictures, reference first, where the engine read them itself. */
  readonly evidence?: readonly (DepthEvidence | undefined)[];
}

/** Computes frames. */
export interface Engine {
  /** Frames that may be under way at a time, at least 1. */
  readonly capacity: number;
  /**
   * Takes the next frame and copies what it needs of it before it returns.
   * The promise rejects with `TinyVmafException`.
   */
  submit(work: FrameWork): Promise<FrameResult>;
  /**
   * The results of all frames, in order, of videos that the engine reads
   * itself; absent where pictures are to be submitted. Throws
   * `TinyVmafException`, and {@link FramesElsewhere}.
   */
  readonly results?: () => AsyncIterable<FrameResult>;
  /** Gives up what is under way and frees everything. Never rejects. */
  close(): Promise<void>;
}

/** A video's frames do not lie where it said: it must be read in order. */
export class FramesElsewhere extends Error {
  override readonly name = 'FramesElsewhere';
}

/** Makes the engine of a run. */
export type EngineFactory = (plan: Plan, videos: Videos) => Engine;

/** Checks the samples of a frame's pictures; see {@link checkRange}. */
export const checkRanges = (
  [first, ...others]: readonly VideoName[],
  { index, reference, distorted }: FrameWork,
): void => {
  if (first !== undefined) checkRange(first, reference, index);
  for (const [i, video] of others.entries()) {
    const plane = distorted[i];
    if (plane !== undefined) checkRange(video, plane, index);
  }
};

/** Computes in the calling thread. */
export const localEngine =
  (kernels: Kernels): EngineFactory =>
  (plan, { names }) => {
    const bench = createBench(plan, kernels);
    const history = createHistory(Math.max(0, ...bench.windows));
    const breathe = createBreather();
    return {
      capacity: 1,
      submit: async (work) => {
        checkRanges(names, work);
        const sads = bench.windows.map((window) =>
          sadOf(bench, history.back(window), work.reference),
        );
        history.push(work.reference);
        const result = { sads, spatial: compareAll(bench, work) };
        await breathe();
        return result;
      },
      close: () => Promise.resolve(),
    };
  };

/** Motion against an earlier picture, 0 where there is none yet. */
export const sadOf = (bench: Bench, earlier: Plane | undefined, current: Plane): number =>
  earlier === undefined ? 0 : bench.motion(earlier, current);

/** The spatial values of a frame. */
export const compareAll = (
  bench: Bench,
  { wanted, reference, distorted }: FrameWork,
): FrameResult['spatial'] =>
  wanted ? bench.compareAll(reference, distorted) : distorted.map(() => undefined);
