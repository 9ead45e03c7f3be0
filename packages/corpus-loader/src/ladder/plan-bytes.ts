/**
 * How much disk a plan takes. Samples are counted exactly; bit streams, which
 * nobody knows beforehand, are estimated generously.
 */
import type { Sha256 } from '../store/contracts.js';
import { jobFrameBytes, jobRate, type ClipJob } from './job.js';
import type { PlannedSource } from './plan.js';
import type { Recipe } from './recipe.js';
import type { LadderState } from './state.js';

/** Bytes on disk. */
export interface PlanBytes {
  /** The whole ladder: samples, and bit streams where they are kept (estimated). */
  readonly result: number;
  /** What is still to be written of it. */
  readonly toWrite: number;
  /** Bit streams in work at a time, estimated. */
  readonly temporary: number;
  /** Free on the disk; absent where the system does not say. */
  readonly free?: number;
  /** False where `toWrite` and `temporary` do not fit into `free`. */
  readonly enough: boolean;
}

/** A bit stream of constant quality is taken to need at most this part of its samples. */
const ENCODE_SHARE = 1 / 8;

const encodeBytes = (job: ClipJob, frames: number): number => {
  if ('crf' in job.quality) return Math.ceil(jobFrameBytes(job) * frames * ENCODE_SHARE);
  const { numerator, denominator } = jobRate(job);
  return Math.ceil((job.quality.kbps * 125 * frames * denominator) / numerator);
};

/** Adds up a plan. @param jobs clips in work at a time. */
export const planBytes = (
  planned: readonly PlannedSource[],
  finished: ReadonlySet<Sha256>,
  recipe: Recipe,
  state: LadderState,
  jobs: number,
): PlanBytes => {
  let [result, toWrite, largest] = [0, 0, 0];
  for (const { reference, clips } of planned) {
    const { frames } = reference.job;
    const samples = jobFrameBytes(reference.job) * frames;
    result += samples;
    if (!finished.has(reference.hash)) toWrite += samples;
    for (const { hash, job } of clips) {
      const encode = encodeBytes(job, frames);
      const bytes = samples + (recipe.keepEncodes ? encode : 0);
      result += bytes;
      if (finished.has(hash)) continue;
      toWrite += bytes;
      largest = Math.max(largest, encode);
    }
  }
  const temporary = largest * jobs;
  const { free } = state;
  return {
    result,
    toWrite,
    temporary,
    ...(free === undefined ? {} : { free }),
    enough: free === undefined || toWrite + temporary <= free,
  };
};
