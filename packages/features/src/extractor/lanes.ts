/**
 * The lanes of all distorted videos of a run: takes what the engine computed,
 * frame after frame, and gives out what is decided, all videos in step.
 */
import type { FrameResult } from './engine.js';
import { createLane, type DecidedFrame } from './lane.js';
import type { MotionRequests } from './motion-requests.js';
import type { Plan } from './plan.js';

/** The values of one frame of one distorted video. */
export interface FrameFeatures {
  /** Index of the frame, from 0. */
  readonly frame: number;
  /** Index of the distorted video, from 0. */
  readonly distorted: number;
  /** Values by printed name, in the order of the extractor's keys. */
  readonly values: ReadonlyMap<string, number>;
}

/** All distorted videos of a run. */
export interface Lanes {
  /**
   * Takes the next frame's result; gives the frames decided by it.
   * @param present which videos have that frame.
   */
  settle(result: FrameResult, present: readonly boolean[]): readonly (readonly FrameFeatures[])[];
  /** There will be no further frame; gives those that were still waiting. */
  end(): readonly (readonly FrameFeatures[])[];
}

/** Starts `count` lanes at frame 0. */
export const createLanes = (plan: Plan, motion: MotionRequests, count: number): Lanes => {
  const lanes = Array.from({ length: count }, (_, index) => ({
    index,
    lane: createLane<Spatial>(motion.options),
  }));

  const named = (decided: DecidedFrame<Spatial>, index: number): FrameFeatures | undefined => {
    if (decided.spatial === undefined) return undefined;
    const found = new Map([...decided.spatial, ...motion.values(decided.motion)]);
    const values = new Map(plan.keys.map((key) => [key, found.get(key) ?? NaN]));
    return { frame: decided.frame, distorted: index, values };
  };

  const settled = (): readonly (readonly FrameFeatures[])[] => {
    const out: (readonly FrameFeatures[])[] = [];
    for (;;) {
      const owing = lanes.filter(({ lane }) => !lane.finished());
      if (owing.length === 0 || !owing.every(({ lane }) => lane.ready())) return out;
      const frames = owing.map(({ lane, index }) => named(lane.take(), index));
      const emitted = frames.filter((features) => features !== undefined);
      if (emitted.length > 0) out.push(emitted);
    }
  };

  return {
    settle({ sads, spatial }, present) {
      const scores = motion.scores(sads);
      for (const { index, lane } of lanes) {
        if (present[index] === true) lane.push(spatial[index], scores);
        else lane.end();
      }
      return settled();
    },
    end() {
      for (const { lane } of lanes) lane.end();
      return settled();
    },
  };
};

/** Values of the spatial extractors; `undefined` for a frame that is not emitted. */
type Spatial = ReadonlyMap<string, number> | undefined;
