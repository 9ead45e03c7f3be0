/**
 * One comparison as the command runs it: destination checked first, progress
 * while it runs, log at the end, then the lines a person reads.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { ndjsonEnd, ndjsonFrame, ndjsonStart, selectKeys, type ScoreReport } from '@tinyvmaf/score';
import { scoreTE, type ScoreRequest } from '@tinyvmaf/score/node';
import { function as F, taskEither as TE } from 'fp-ts';
import { inputFiles } from './input-files.js';
import { renderLog, type LogFlags, type LogFormat } from './log-options.js';
import { openOutputTE, stdoutOutput, type Output } from './output.js';
import { createProgress } from './terminal/progress.js';
import { paint, type Terminal } from './terminal/terminal.js';

/** What a comparison is to do beyond its request. */
export interface ComparisonPlan {
  readonly request: ScoreRequest;
  readonly flags: LogFlags;
  /** Format where the flags name none and a log is written: libvmaf's is XML. */
  readonly defaultFormat: LogFormat;
  /** Which of the keys the log shows, in order. Default: all. */
  readonly select?: (keys: readonly string[]) => readonly string[];
  /** Lines for a person: the score. */
  readonly summary: (report: ScoreReport) => string;
}

/** Runs a comparison to its end; resolves to the report. */
export const runComparison = (
  plan: ComparisonPlan,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, ScoreReport> =>
  F.pipe(
    checkFlags(plan.flags),
    TE.flatMap(() => destination(plan, terminal)),
    TE.flatMap((output) => {
      const format = plan.flags.format ?? plan.defaultFormat;
      return format === 'ndjson' && output !== undefined
        ? runStreaming(plan, output, terminal)
        : runWhole(plan, output, format === 'ndjson' ? 'json' : format, terminal);
    }),
  );

const checkFlags = (flags: LogFlags): TE.TaskEither<TinyVmafError, void> => {
  const broken = (argument: string, rule: string): TE.TaskEither<TinyVmafError, never> =>
    TE.left({ _tag: 'BadArgument', argument, rule });
  if (flags.extended === true && flags.format !== 'json') {
    return broken('--extended', 'needs --json');
  }
  if (flags.output === '') return broken('--output', 'must name a file, or - for standard output');
  return TE.right(undefined);
};

/** Where the log goes; `undefined` where none is asked for. */
const destination = (
  { flags, request }: ComparisonPlan,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, Output | undefined> => {
  if (flags.output !== undefined)
    return openOutputTE(
      flags.output,
      inputFiles({ ...request, distorted: [request.distorted] }),
      terminal,
    );
  return TE.right(flags.format === undefined ? undefined : stdoutOutput(terminal));
};

const runWhole = (
  plan: ComparisonPlan,
  output: Output | undefined,
  format: Exclude<LogFormat, 'ndjson'>,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, ScoreReport> =>
  F.pipe(
    scoreWithProgress(plan, terminal, {}),
    TE.tapIO((report) => () => {
      explain(plan, report, terminal);
    }),
    TE.tap((report) =>
      output === undefined
        ? TE.right(undefined)
        : output.writeTE(renderLog(selected(plan, report), format, plan.flags)),
    ),
    TE.tapTask((report) => () => summarise(plan, report, output, terminal)),
  );

/** Lines go out as frames are done; into a file they go at the end, all or nothing. */
const runStreaming = (
  plan: ComparisonPlan,
  output: Output,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, ScoreReport> => {
  const precision = plan.flags.precision ?? 17;
  const held: string[] = [];
  let keys: readonly string[] = [];
  const emit = async (line: string): Promise<void> => {
    if (output.isStdout) await terminal.out(line);
    else held.push(line);
  };
  return F.pipe(
    scoreWithProgress(plan, terminal, {
      onStart: (start) => {
        keys = plan.select?.(start.keys) ?? start.keys;
        return emit(ndjsonStart({ ...start, keys }));
      },
      onFrame: (frame) => {
        const values = new Map(keys.map((key) => [key, frame.values.get(key) ?? NaN]));
        return emit(ndjsonFrame({ ...frame, values }, precision));
      },
    }),
    TE.tapTask((report) => () => emit(ndjsonEnd(selected(plan, report), precision))),
    TE.tap(() => (output.isStdout ? TE.right(undefined) : output.writeTE(held.join('')))),
    TE.tapTask((report) => async () => {
      explain(plan, report, terminal);
      await summarise(plan, report, output, terminal);
    }),
  );
};

const selected = (plan: ComparisonPlan, report: ScoreReport): ScoreReport =>
  plan.select === undefined
    ? report
    : { ...report, series: selectKeys(report.series, plan.select(report.series.keys)) };

const scoreWithProgress = (
  plan: ComparisonPlan,
  terminal: Terminal,
  listeners: Pick<ScoreRequest, 'onStart' | 'onFrame'>,
): TE.TaskEither<TinyVmafError, ScoreReport> => {
  const progress = createProgress(terminal, plan.flags.quiet === true);
  return F.pipe(
    scoreTE({
      ...plan.request,
      onStart: async (start) => {
        progress.total(start.frameCount);
        await listeners.onStart?.(start);
      },
      onFrame: async (frame) => {
        progress.advance();
        await listeners.onFrame?.(frame);
      },
    }),
    TE.tapIO(() => () => {
      progress.clear();
    }),
    TE.mapLeft((error) => {
      progress.clear();
      return error;
    }),
  );
};

const explain = (plan: ComparisonPlan, report: ScoreReport, terminal: Terminal): void => {
  for (const { message } of report.warnings) {
    terminal.err(`${paint(terminal, 'warning', 'warning:')} ${message}\n`);
  }
  if (plan.flags.quiet === true) return;
  const { output, format } = plan.flags;
  const extension = /\.(json|csv|sub)$/.exec(output ?? '')?.[1];
  if (format === undefined && extension !== undefined) {
    terminal.err(`note: ${output} is XML, as vmaf writes it; --${extension} changes that.\n`);
  }
};

/** The score line: on stdout, unless the log is there; then on stderr. */
const summarise = async (
  plan: ComparisonPlan,
  report: ScoreReport,
  output: Output | undefined,
  terminal: Terminal,
): Promise<void> => {
  const text = plan.summary(report);
  if (output?.isStdout !== true) await terminal.out(text);
  else if (plan.flags.quiet !== true) terminal.err(text);
};
