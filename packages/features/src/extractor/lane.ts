/**
 * One distorted video on its way: the values of its frames wait here until
 * motion, which looks ahead, has decided them. Each video has a lane of its
 * own because each may end at another frame.
 */
import type { MotionOptions } from '../motion/score.js';
import { createMotionSeries, type MotionFrame } from '../motion/series.js';

/** A frame with everything decided. */
export interface DecidedFrame<S> {
  readonly frame: number;
  /** What was pushed with the frame. */
  readonly spatial: S;
  /** One entry per motion request. */
  readonly motion: readonly MotionFrame[];
}

/** The frames of one distorted video, in order. */
export interface Lane<S> {
  /** Adds the next frame with the motion of the reference, one number per motion request. */
  push(spatial: S, scores: readonly number[]): void;
  /** There will be no further frame. May be called again. */
  end(): void;
  /** The next frame is decided. */
  ready(): boolean;
  /** Has ended and given out all its frames. */
  finished(): boolean;
  /** Takes the next frame; only where {@link ready}. */
  take(): DecidedFrame<S>;
}

/** Starts a lane at frame 0. */
export const createLane = <S>(motions: readonly MotionOptions[]): Lane<S> => {
  const tracks = motions.map((options) => ({
    series: createMotionSeries(options),
    decided: [] as MotionFrame[],
  }));
  const waiting: S[] = [];
  let ended = false;
  let taken = 0;

  return {
    push(spatial, scores) {
      waiting.push(spatial);
      tracks.forEach(({ series, decided }, i) => decided.push(...series.push(scores[i] ?? 0)));
    },
    end() {
      if (ended) return;
      ended = true;
      for (const { series, decided } of tracks) decided.push(...series.end());
    },
    ready: () => waiting.length > 0 && tracks.every(({ decided }) => decided.length > 0),
    finished: () => ended && waiting.length === 0,
    take() {
      const spatial = waiting.shift() as S;
      const motion = tracks.map(({ decided }) => decided.shift() as MotionFrame);
      return { frame: taken++, spatial, motion };
    },
  };
};
