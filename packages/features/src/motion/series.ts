/**
 * motion2 and motion3 of a clip from its per-frame motion, as a stream: one
 * frame of look-ahead (two at the start of a five-frame window), frames in
 * order, the last one decided when the clip ends.
 * Source: spec/motion.md sections 2 and 3.
 */
import { MOTION_DEFAULTS, type MotionOptions } from './score.js';

/** The motion features of one frame, in 8-bit grey levels. */
export interface MotionFrame {
  /** The motion itself: `VMAF_integer_feature_motion_sad_score`, `integer_motion`. */
  readonly sad: number;
  /** The smaller of this motion and the next: `integer_motion2`. */
  readonly motion2: number;
  /** motion2 blended, capped and averaged as the options say: `integer_motion3`. */
  readonly motion3: number;
}

/** A clip's motion in the making. */
export interface MotionSeries {
  /** Takes the motion of the next frame; gives the frames that are decided by it, in order. */
  push(score: number): readonly MotionFrame[];
  /** Ends the clip; gives the frames that were still waiting. */
  end(): readonly MotionFrame[];
}

/** Starts the series of a clip. Only the window, blend, cap and average options matter here. */
export const createMotionSeries = (options: MotionOptions = MOTION_DEFAULTS): MotionSeries => {
  const window = motionWindow(options);
  const scores: number[] = []; // those still needed; the newest has index `count - 1`
  let count = 0;
  let decided = 0; // frames given out so far
  let stamp = 0; // motion3 of the first `window` frames
  let previous = 0; // motion3 of the frame before, not averaged

  const scoreAt = (frame: number): number => scores[scores.length - (count - frame)] ?? 0;

  const post = (score: number): number => Math.min(blend(score, options), options.maxVal);

  const decide = (frame: number, motion2: number): MotionFrame => {
    decided = frame + 1;
    if (frame < window) return { sad: scoreAt(frame), motion2: 0, motion3: stamp };
    const value = post(motion2);
    const motion3 = options.movingAverage ? (value + previous) / 2 : value;
    previous = value;
    return { sad: scoreAt(frame), motion2, motion3 };
  };

  const first = (): readonly MotionFrame[] =>
    Array.from({ length: Math.min(window, count) }, (_, frame) => decide(frame, 0));

  return {
    push(score) {
      scores.push(score);
      if (scores.length > window + 2) scores.shift();
      count += 1;
      const newest = count - 1;
      if (newest < window) return [];
      if (newest === window) {
        stamp = post(score);
        previous = stamp;
        return first();
      }
      const frame = newest - 1;
      const earlier = frame - (window - 1);
      return [decide(frame, earlier >= window ? Math.min(scoreAt(earlier), score) : score)];
    },
    end() {
      if (count <= window) return decided === 0 ? first() : [];
      return decided < count ? [decide(count - 1, scoreAt(count - 1))] : [];
    },
  };
};

/** How many frames back motion looks: 1, or 2 for the five-frame window. */
export const motionWindow = (options: MotionOptions): 1 | 2 => (options.fiveFrameWindow ? 2 : 1);

const blend = (score: number, { blendFactor, blendOffset }: MotionOptions): number =>
  score * blendFactor + (1 - blendFactor) * Math.min(blendOffset, score);
