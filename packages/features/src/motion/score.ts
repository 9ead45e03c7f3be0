/**
 * From a sum of absolute differences to the motion of one frame.
 * Source: spec/motion.md sections 1 and 6.
 */
import type { Compat } from './sad.js';

/** What changes the numbers of motion. */
export interface MotionOptions {
  /** All motion is 0 (`motion_force_zero`). */
  readonly forceZero: boolean;
  /** Share of the value itself in motion3, 0..1 (`motion_blend_factor`). */
  readonly blendFactor: number;
  /** What the rest of motion3 is capped at, 0..1000 (`motion_blend_offset`). */
  readonly blendOffset: number;
  /** Multiplies every motion value, 0..5 (`motion_fps_weight`). */
  readonly fpsWeight: number;
  /** Cap of every motion value, 0..10000 (`motion_max_val`). */
  readonly maxVal: number;
  /** Compare with the frame before the previous one (`motion_five_frame_window`). */
  readonly fiveFrameWindow: boolean;
  /** Average motion3 with the frame before (`motion_moving_average`). */
  readonly movingAverage: boolean;
}

/** libvmaf's defaults: plain motion. */
export const MOTION_DEFAULTS: MotionOptions = {
  forceZero: false,
  blendFactor: 1,
  blendOffset: 40,
  fpsWeight: 1,
  maxVal: 10000,
  fiveFrameWindow: false,
  movingAverage: false,
};

/**
 * Motion of a frame in 8-bit grey levels, from its SAD.
 * `libvmaf-3.2`: binary64, weighted and capped. `libvmaf-3.1`: rounded to
 * binary32 at each step, without weight or cap.
 * @param area `width * height`.
 */
export const motionScore = (
  sad: number,
  area: number,
  options: MotionOptions,
  compat: Compat = 'libvmaf-3.2',
): number => {
  if (options.forceZero) return 0;
  return compat === 'libvmaf-3.2'
    ? Math.min((sad / 256 / area) * options.fpsWeight, options.maxVal)
    : Math.fround(Math.fround(sad / 256) / Math.fround(area));
};
