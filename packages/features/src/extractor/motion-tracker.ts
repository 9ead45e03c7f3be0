/**
 * The reference's motion, once per frame for all distorted videos: keeps the
 * frames that motion looks back to and compares each new one with them.
 */
import type { Plane } from '@tinyvmaf/yuv-io';
import type { Compat, MotionKernel } from '../motion/sad.js';
import { motionScore, type MotionOptions } from '../motion/score.js';
import { motionWindow } from '../motion/series.js';

/** Motion of a reference in the making. */
export interface MotionTracker {
  /** Motion of the next frame, one number per option record. The plane is copied as needed. */
  next(luma: Plane): readonly number[];
}

/** Starts at frame 0. `makeKernel` is called once, and only if something has to be compared. */
export const createMotionTracker = (
  makeKernel: () => MotionKernel,
  requests: readonly MotionOptions[],
  compat: Compat,
): MotionTracker => {
  const moving = requests.filter(({ forceZero }) => !forceZero);
  const windows = [...new Set(moving.map(motionWindow))];
  const depth = Math.max(0, ...windows);
  const kept: Plane[] = [];
  const kernel = depth > 0 ? makeKernel() : undefined;
  let index = 0;

  return {
    next(luma) {
      const area = luma.width * luma.height;
      const sads = new Map<number, number>();
      for (const window of windows) {
        const earlier = index < window ? undefined : kept[(index - window) % depth];
        sads.set(window, earlier === undefined ? 0 : (kernel?.compute(earlier, luma) ?? 0));
      }
      if (depth > 0) kept[index % depth] = copyInto(kept[index % depth], luma);
      index += 1;
      return requests.map((options) =>
        motionScore(sads.get(motionWindow(options)) ?? 0, area, options, compat),
      );
    },
  };
};

/** A tightly packed copy of a plane, in the memory of an earlier copy where there is one. */
const copyInto = (earlier: Plane | undefined, plane: Plane): Plane => {
  const { width, height, stride } = plane;
  const Words = plane.data instanceof Uint8Array ? Uint8Array : Uint16Array;
  const data = earlier?.data ?? new Words(width * height);
  for (let y = 0; y < height; y++) {
    data.set(plane.data.subarray(y * stride, y * stride + width), y * width);
  }
  return { data, width, height, stride: width };
};
