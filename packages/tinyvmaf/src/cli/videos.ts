/** What `score` and `features` do with their inputs: a pair, or a ladder of several. */
import type { TinyVmafError } from '@tinyvmaf/core';
import type { ScoreReport } from '@tinyvmaf/score';
import type { CompareRequest } from '@tinyvmaf/score/node';
import type { taskEither as TE } from 'fp-ts';
import { runComparison } from './comparison.js';
import type { InputSettings } from './input-options.js';
import { runLadder } from './ladder.js';
import type { LogFlags, LogFormat } from './log-options.js';
import type { Terminal } from './terminal/terminal.js';

/** Inputs, and what is wanted of them. */
export interface VideosPlan {
  readonly inputs: InputSettings;
  readonly settings: Pick<CompareRequest, 'models' | 'features' | 'teacher' | 'signal'>;
  readonly flags: LogFlags;
  /** Format of logs where the flags name none. */
  readonly defaultFormat: LogFormat;
  /** Which of the keys the logs show, in order. Default: all. */
  readonly select?: (keys: readonly string[]) => readonly string[];
  /** Lines for a person, of a pair. */
  readonly summary: (report: ScoreReport) => string;
  /** Keys that are compared side by side, of a ladder. */
  readonly compared: (report: ScoreReport) => readonly string[];
}

/** Runs the one or the other. */
export const runVideos = (
  plan: VideosPlan,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, unknown> => {
  const { inputs, settings, flags, defaultFormat, compared, summary } = plan;
  const {
    distorted: [first, ...others],
    ...rest
  } = inputs;
  const select = plan.select === undefined ? {} : { select: plan.select };
  const request = { ...rest, ...settings };
  if (others.length > 0) {
    const distorted = [first, ...others];
    return runLadder({ request, distorted, flags, defaultFormat, compared, ...select }, terminal);
  }
  return flags.summary === undefined
    ? runComparison(
        { request: { ...request, distorted: first }, flags, defaultFormat, summary, ...select },
        terminal,
      )
    : runLadder(
        { request, distorted: [first], flags, defaultFormat, compared, ...select },
        terminal,
      );
};
