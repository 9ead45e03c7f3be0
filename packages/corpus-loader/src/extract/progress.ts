/**
 * How far an extraction is, from its plan and events: clips, frames, speed,
 * time left. Time comes from outside, so it can be tried without waiting.
 */
import type { ExtractionEvent } from './event.js';

/** How far a run is. */
export interface ExtractionProgress {
  /** Clips that are done, one way or the other, of those that were to be computed. */
  readonly clips: number;
  /** Clips that were to be computed. */
  readonly totalClips: number;
  /** Frames computed, all rungs together. */
  readonly frames: number;
  /** Absent where a length is not known before reading. */
  readonly totalFrames?: number;
  /** Frames a second of wall time; 0 before the first. */
  readonly fps: number;
  /** Seconds; absent while nothing has been measured. */
  readonly secondsLeft?: number;
}

/** Follows a run. */
export interface ProgressTracker {
  /** Takes the next event. */
  take(event: ExtractionEvent): void;
  /** How far the run is now. */
  progress(): ExtractionProgress;
}

/**
 * Starts to follow a run.
 * @param now seconds since any fixed moment.
 */
export const trackProgress = (now: () => number): ProgressTracker => {
  let began = now();
  let [clips, totalClips, frames] = [0, 0, 0];
  let totalFrames: number | undefined;
  let [bytes, bytesDone] = [0, 0];
  return {
    take(event) {
      switch (event.type) {
        case 'start':
          began = now();
          totalClips = event.clips;
          totalFrames = event.frames;
          bytes = event.bytes;
          break;
        case 'tick':
          frames += event.clips;
          break;
        case 'clip':
          if (event.origin !== 'cached') clips += 1;
          // Its frames were to be computed, and are there after all.
          if (event.origin === 'content' && totalFrames !== undefined) totalFrames -= event.frames;
          break;
        case 'failed':
          clips += 1;
          break;
        case 'job-end':
          bytesDone += event.bytes;
          break;
        default:
      }
    },
    progress() {
      const seconds = now() - began;
      // Frames say it finely; bytes of whole jobs have to do where lengths are not known.
      const share =
        totalFrames === undefined ? bytesDone / bytes : frames / Math.max(1, totalFrames);
      const known = share > 0 && seconds > 0;
      return {
        clips,
        totalClips,
        frames,
        ...(totalFrames === undefined ? {} : { totalFrames }),
        fps: seconds > 0 ? frames / seconds : 0,
        ...(known ? { secondsLeft: Math.max(0, (seconds * (1 - share)) / share) } : {}),
      };
    },
  };
};
