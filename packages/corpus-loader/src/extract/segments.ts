/**
 * Which frames are computed for which rungs, after an interruption that left
 * them at different frames: from one resume point to the next, those that are
 * behind first, until all go on together to the end. Nothing that is there is
 * computed twice.
 */

/** Frames to compute in one pass. */
export interface Segment {
  /** First frame. */
  readonly start: number;
  /** The frame before which the pass ends; absent for the pass to the end of the video. */
  readonly end?: number;
  /** Positions of the rungs that take part. */
  readonly rungs: readonly number[];
}

/**
 * The next pass.
 * @param done frames that each rung has; at least one rung.
 */
export const nextSegment = (done: readonly number[]): Segment => {
  const start = Math.min(...done);
  const end = Math.min(...done.filter((frames) => frames > start));
  return {
    start,
    ...(end === Infinity ? {} : { end }),
    rungs: done.flatMap((frames, i) => (frames === start ? [i] : [])),
  };
};
