/**
 * What an extraction tells while it runs, as plain data. Everything but the
 * tick of each frame also has a line of NDJSON.
 */
import { errorCode, errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import type { Sha256 } from '../store/contracts.js';
import type { ExtractionPlan } from './job.js';

/** How a clip came to its features: computed now, in the store, or found there under another name. */
export type Origin = 'computed' | 'cached' | 'content';

/** A clip that failed. */
export interface ClipFailure {
  /** Its source. */
  readonly source: string;
  /** Its name. */
  readonly clip: string;
  /** What went wrong. */
  readonly error: TinyVmafError;
}

/** What an extraction did. */
export interface ExtractionSummary {
  /** Clips whose features were computed. */
  readonly computed: number;
  /** Clips whose features were in the store. */
  readonly cached: number;
  /** Clips whose features were in the store under another name. */
  readonly content: number;
  /** Frames computed, all rungs together. */
  readonly frames: number;
  /** Scores written, clips times models. */
  readonly scored: number;
  /** In the order in which they happened. */
  readonly failures: readonly ClipFailure[];
  /** Sentences for a person. */
  readonly warnings: readonly string[];
}

/** Something that happened. */
export type ExtractionEvent =
  | {
      readonly type: 'start';
      readonly jobs: number;
      readonly clips: number;
      readonly cached: number;
      readonly bytes: number;
      readonly frames?: number;
    }
  | {
      readonly type: 'job';
      readonly source: string;
      readonly clips: readonly string[];
      readonly bytes: number;
      readonly frames?: number;
    }
  /** One frame of `clips` rungs is done. */
  | { readonly type: 'tick'; readonly clips: number }
  | {
      readonly type: 'chunk';
      readonly source: string;
      readonly clip: string;
      readonly start: number;
      readonly frames: number;
    }
  | {
      readonly type: 'clip';
      readonly source: string;
      readonly clip: string;
      readonly frames: number;
      /** Frames that were computed for it in this run. */
      readonly computed: number;
      readonly features: Sha256;
      readonly origin: Origin;
    }
  | ({ readonly type: 'failed' } & ClipFailure)
  | { readonly type: 'job-end'; readonly source: string; readonly bytes: number }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'summary'; readonly summary: ExtractionSummary };

/** Listener of events; what it throws ends the extraction. */
export type OnExtractionEvent = (event: ExtractionEvent) => void;

/** The first event of a plan. */
export const startEvent = (plan: ExtractionPlan): ExtractionEvent => ({
  type: 'start',
  jobs: plan.jobs.length,
  clips: plan.clips,
  cached: plan.cached.length,
  bytes: plan.bytes,
  ...(plan.frames === undefined ? {} : { frames: plan.frames }),
});

const failureData = ({ source, clip, error }: ClipFailure) => ({
  source,
  clip,
  code: errorCode(error),
  message: errorMessage(error),
});

/** An event as one line of NDJSON; empty for ticks. The first line names the schema. */
export const eventLine = (event: ExtractionEvent): string => {
  switch (event.type) {
    case 'tick':
      return '';
    case 'start':
      return `${JSON.stringify({ schema: 'tinyvmaf-extraction-events/1', ...event })}\n`;
    case 'failed':
      return `${JSON.stringify({ type: 'failed', ...failureData(event) })}\n`;
    case 'summary':
      return `${JSON.stringify({ type: 'summary', ...event.summary, failures: event.summary.failures.map(failureData) })}\n`;
    default:
      return `${JSON.stringify(event)}\n`;
  }
};
