/**
 * Hands out runs of consecutive frames to workers that read them themselves,
 * and takes the results in order. Within a run each reference picture is read
 * once, although motion looks at it twice.
 */
import type { FrameLocation } from '@tinyvmaf/yuv-io';
import type { FrameResult } from '../../extractor/engine.js';
import { framesOf } from '../../extractor/videos.js';
import type { Member } from './member.js';

/** Frames of a run: the reference picture before it is read once more, 1 % of a run's time. */
const LONGEST_RUN = 12;

/** Runs per worker that may be computed before the earliest result is taken. */
const RUNS_AHEAD = 2;

/**
 * Frames of the next run. Towards the end runs become shorter, so that all
 * workers end at about the same time.
 */
export const runLength = (left: number, workers: number): number =>
  workers === 1
    ? Math.min(left, LONGEST_RUN)
    : Math.min(Math.ceil(left / (2 * workers)), LONGEST_RUN);

/**
 * The results of all frames, in order. A worker gets its next run while it
 * computes the last frame of the one before; nothing is handed out while
 * {@link RUNS_AHEAD} runs per worker wait to be taken.
 */
export async function* createRuns(
  members: readonly Member[],
  locations: readonly FrameLocation[],
): AsyncGenerator<FrameResult, void, void> {
  const total = framesOf(locations);
  const ahead = members.length * RUNS_AHEAD * LONGEST_RUN;
  const results = new Map<number, Promise<FrameResult>>();
  let next = 0;
  let taken = 0;

  const handOut = (): void => {
    while (next < total && next - taken < ahead) {
      const idlest = members.reduce((best, member) => (member.load < best.load ? member : best));
      if (idlest.load > 1) return;
      const count = runLength(total - next, members.length);
      for (const result of idlest.computeRun({ first: next, count })) {
        // Awaited later, or never after a failure: it must not count as unhandled.
        result.then(handOut, () => undefined);
        results.set(next, result);
        next += 1;
      }
    }
  };

  for (; taken < total; taken++) {
    handOut();
    const result = await results.get(taken);
    results.delete(taken);
    if (result !== undefined) yield result;
  }
}
