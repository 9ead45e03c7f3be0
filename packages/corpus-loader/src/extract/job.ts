/**
 * The plan of an extraction as plain data. A job is self-contained JSON: one
 * source with all its rungs whose features are not in the store yet. What a
 * job gives is found by content, so it may run anywhere, twice, or not at all.
 */
import type { ScaleMethod } from '@tinyvmaf/yuv-io';
import type { MediaFile, Metadata } from '../corpus/corpus.js';
import type { Label } from '../corpus/label.js';
import type { ClipRecord, ExtractorId, ScoreAddress } from '../store/contracts.js';

/** Format name of a job. */
export const JOB_FORMAT = 'tinyvmaf-extraction-job/1';

/** Format name of a plan. */
export const PLAN_FORMAT = 'tinyvmaf-extraction-plan/1';

/** A distorted clip of a job. */
export interface JobRung {
  /** Name of the clip, unique in the corpus. */
  readonly clip: string;
  /** Its file. */
  readonly file: MediaFile;
  /** What names and manifests say. */
  readonly metadata: Metadata;
  /** Opinion scores. */
  readonly labels: readonly Label[];
  /** Frames whose features are in the store already, from an interrupted run. */
  readonly done: number;
}

/** One source with all its rungs that are to be computed. */
export interface ExtractionJob {
  /** {@link JOB_FORMAT}. */
  readonly format: typeof JOB_FORMAT;
  /** The corpus folder, absolute. */
  readonly root: string;
  /** Name of the corpus. */
  readonly corpus: string;
  /** Name of the source. */
  readonly source: string;
  /** Unit of splits; see `Source`. */
  readonly group: string;
  /** What computes the features. */
  readonly extractor: ExtractorId;
  /** How rungs of another size are brought to that of the reference. */
  readonly scale: ScaleMethod;
  /** The pristine video. */
  readonly reference: MediaFile;
  /** At least one. */
  readonly rungs: readonly JobRung[];
  /** Bytes of the files. */
  readonly bytes: number;
  /** Frames to compute, all rungs together; absent where a length is not known before reading. */
  readonly frames?: number;
}

/** A clip whose features are in the store. */
export interface CachedClip {
  /** The clip, for the case that the features turn out to be damaged. */
  readonly rung: JobRung;
  /** The pristine video. */
  readonly reference: MediaFile;
  /** The record the store should have of it. */
  readonly record: ClipRecord;
  /** Whether it has exactly that. */
  readonly recorded: boolean;
  /** Scores that are missing. */
  readonly scores: readonly ScoreAddress[];
}

/** A clip that cannot be computed, known before the work. */
export interface SkippedClip {
  /** Its source. */
  readonly source: string;
  /** Its name. */
  readonly clip: string;
  /** `no-reference`. */
  readonly reason: string;
}

/** What an extraction will do. */
export interface ExtractionPlan {
  /** {@link PLAN_FORMAT}. */
  readonly format: typeof PLAN_FORMAT;
  /** The corpus folder, absolute. */
  readonly root: string;
  /** Name of the corpus. */
  readonly corpus: string;
  /** How rungs of another size are brought to that of the reference. */
  readonly scale: ScaleMethod;
  /** In order of source. */
  readonly jobs: readonly ExtractionJob[];
  /** In order of source and rung. */
  readonly cached: readonly CachedClip[];
  /** Clips that have no reference. */
  readonly skipped: readonly SkippedClip[];
  /** Clips to compute, of all jobs. */
  readonly clips: number;
  /** Bytes to read, of all jobs. */
  readonly bytes: number;
  /** Frames to compute; absent where a length is not known before reading. */
  readonly frames?: number;
}
