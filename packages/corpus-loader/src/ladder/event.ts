/**
 * What a build tells while it runs and when it ends, as plain data.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { LadderJob } from './job.js';

/** A job that could not be done. */
export interface LadderFailure {
  /** Id of the source. */
  readonly source: string;
  /** Absent for the reference: none of the source's clips could be tried. */
  readonly rung?: string;
  /** Why. */
  readonly error: TinyVmafError;
}

/** What a build did. */
export interface LadderReport {
  /** Folder of the ladder, absolute. */
  readonly out: string;
  /** Jobs that were done now. */
  readonly computed: number;
  /** Jobs whose results were there. */
  readonly reused: number;
  /** Jobs that could not be done, in the order in which they failed. */
  readonly failures: readonly LadderFailure[];
  /** Sources with names, and their clips. */
  readonly sources: number;
  /** Clips with names, over all sources. */
  readonly clips: number;
  /** Results of other settings that were removed. */
  readonly pruned: number;
  /** Whether any file of the ladder was written or renamed. */
  readonly changed: boolean;
}

/** Something that happened. */
export type LadderEvent =
  /** Once, before the first job. */
  | { readonly kind: 'begin'; readonly total: number; readonly reused: number }
  /** A job was done. `done` counts reused ones too; `frames` are those of the job. */
  | {
      readonly kind: 'done';
      readonly job: LadderJob['kind'];
      readonly source: string;
      readonly rung?: string;
      readonly frames: number;
      readonly done: number;
      readonly total: number;
    }
  | ({ readonly kind: 'failed' } & LadderFailure)
  /** A source's files got their names; `renamed` where they had others. */
  | { readonly kind: 'named'; readonly source: string; readonly renamed: boolean }
  /** Once, at the end, of incomplete builds too. */
  | { readonly kind: 'end'; readonly report: LadderReport };
