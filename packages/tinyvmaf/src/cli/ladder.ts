/**
 * One reference against several distorted videos in one pass: a log for each,
 * a table of all, and a summary for plots.
 */
import { stat } from 'node:fs/promises';
import { tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { ndjsonEnd, ndjsonFrame, ndjsonStart, selectKeys, type ScoreReport } from '@tinyvmaf/score';
import { compareTE, type CompareRequest } from '@tinyvmaf/score/node';
import { function as F, readonlyArray as RA, taskEither as TE } from 'fp-ts';
import { logPaths } from './destinations.js';
import { inputFiles } from './input-files.js';
import { bitrate, ladderCsv, ladderTable, type Rung } from './ladder-summary.js';
import { renderLog, type LogFlags, type LogFormat } from './log-options.js';
import { openOutputTE, type Output } from './output.js';
import { createProgress } from './terminal/progress.js';
import { paint, type Terminal } from './terminal/terminal.js';

/** What a ladder is to do beyond its request. */
export interface LadderPlan {
  readonly request: Omit<CompareRequest, 'distorted' | 'onStart' | 'onFrame'>;
  /** Paths of the distorted videos. */
  readonly distorted: readonly string[];
  readonly flags: LogFlags;
  /** Format of the logs where the flags name none. */
  readonly defaultFormat: LogFormat;
  /** Which of the keys the logs show, in order. Default: all. */
  readonly select?: (keys: readonly string[]) => readonly string[];
  /** Keys that table and summary compare: the models, or the features. */
  readonly compared: (report: ScoreReport) => readonly string[];
}

/** Where everything goes, checked before the work. */
interface Destinations {
  /** One per distorted video; empty where no log is asked for. */
  readonly logs: readonly Output[];
  readonly summary: Output | undefined;
}

/** Runs a ladder to its end. */
export const runLadder = (
  plan: LadderPlan,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> => {
  const format = plan.flags.format ?? plan.defaultFormat;
  return F.pipe(
    checkFlags(plan.flags),
    TE.flatMap(() => openDestinations(plan, format, terminal)),
    TE.flatMap((destinations) =>
      F.pipe(
        compareWithProgress(plan, format, destinations, terminal),
        TE.tapIO((reports) => () => {
          explain(plan, reports, terminal);
        }),
        TE.tap((reports) => writeLogs(plan, format, destinations, reports)),
        TE.bindTo('reports'),
        TE.bind('rungs', ({ reports }) => rungsOf(plan, reports)),
        TE.tap(({ rungs }) =>
          destinations.summary === undefined
            ? TE.right(undefined)
            : destinations.summary.writeTE(ladderCsv(rungs, plan.compared)),
        ),
        TE.tapTask(
          ({ rungs }) =>
            () =>
              showTable(plan, rungs, destinations, format, terminal),
        ),
        TE.map(({ reports }) => reports),
      ),
    ),
  );
};

const checkFlags = (flags: LogFlags): TE.TaskEither<TinyVmafError, void> => {
  const bad = (argument: string, rule: string): TE.TaskEither<TinyVmafError, void> =>
    TE.left({ _tag: 'BadArgument', argument, rule });
  if (flags.extended === true && flags.format !== 'json') return bad('--extended', 'needs --json');
  return flags.format !== undefined && flags.format !== 'ndjson' && flags.output === undefined
    ? bad(
        `--${flags.format}`,
        'needs --output where there are several videos: a folder, or a name with {name}',
      )
    : TE.right(undefined);
};

const openDestinations = (
  { request, distorted, flags }: LadderPlan,
  format: LogFormat,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, Destinations> => {
  const inputs = inputFiles({ ...request, distorted });
  const open = (path: string): TE.TaskEither<TinyVmafError, Output> =>
    openOutputTE(path, inputs, terminal);
  return F.pipe(
    TE.Do,
    TE.bind('logs', () =>
      flags.output === undefined
        ? TE.right<TinyVmafError, readonly Output[]>([])
        : F.pipe(
            TE.fromEither(logPaths(flags.output, distorted, format)),
            TE.flatMap(RA.traverse(TE.ApplicativeSeq)(open)),
          ),
    ),
    TE.bind('summary', () =>
      flags.summary === undefined
        ? TE.right<TinyVmafError, Output | undefined>(undefined)
        : open(flags.summary),
    ),
  );
};

/** NDJSON without files goes out as frames are done, each line with its video's number. */
const compareWithProgress = (
  plan: LadderPlan,
  format: LogFormat,
  destinations: Destinations,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> => {
  const progress = createProgress(terminal, plan.flags.quiet === true);
  const streaming = format === 'ndjson' && destinations.logs.length === 0;
  const precision = plan.flags.precision ?? 17;
  let keys: readonly string[] = [];
  return F.pipe(
    compareTE({
      ...plan.request,
      distorted: plan.distorted,
      onStart: async (start, video) => {
        progress.total(start.frameCount);
        keys = plan.select?.(start.keys) ?? start.keys;
        if (streaming) await terminal.out(ndjsonStart({ ...start, keys }, video));
      },
      onFrame: async (frame, video) => {
        if (video === 0) progress.advance();
        if (!streaming) return;
        const values = new Map(keys.map((key) => [key, frame.values.get(key) ?? NaN]));
        await terminal.out(ndjsonFrame({ ...frame, values }, precision, video));
      },
    }),
    TE.tapTask((reports) => async () => {
      progress.clear();
      if (!streaming) return;
      for (const [video, report] of reports.entries()) {
        await terminal.out(ndjsonEnd(selected(plan, report), precision, video));
      }
    }),
    TE.mapLeft((error) => {
      progress.clear();
      return error;
    }),
  );
};

const selected = (plan: LadderPlan, report: ScoreReport): ScoreReport =>
  plan.select === undefined
    ? report
    : { ...report, series: selectKeys(report.series, plan.select(report.series.keys)) };

const writeLogs = (
  plan: LadderPlan,
  format: LogFormat,
  { logs }: Destinations,
  reports: readonly ScoreReport[],
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    RA.zip(reports)(logs),
    RA.traverse(TE.ApplicativeSeq)(([output, report]) =>
      output.writeTE(renderLog(selected(plan, report), format, plan.flags)),
    ),
  );

const explain = (plan: LadderPlan, reports: readonly ScoreReport[], terminal: Terminal): void => {
  const messages = reports.flatMap(({ warnings }) => warnings.map(({ message }) => message));
  // What concerns the reference or the model would be said once per video.
  for (const message of new Set(messages)) {
    terminal.err(`${paint(terminal, 'warning', 'warning:')} ${message}\n`);
  }
};

const rungsOf = (
  plan: LadderPlan,
  reports: readonly ScoreReport[],
): TE.TaskEither<TinyVmafError, readonly Rung[]> =>
  tryTask(() =>
    Promise.all(
      reports.map(async (report, i) => {
        const path = plan.distorted[i] ?? '';
        const bytes = await fileBytes(path);
        const whole = plan.request.distortedHints?.limit === undefined;
        const kbps = bytes === undefined || !whole ? undefined : bitrate(bytes, report);
        return {
          path,
          report,
          ...(bytes === undefined ? {} : { bytes }),
          ...(kbps === undefined ? {} : { kbps }),
        };
      }),
    ),
  );

const fileBytes = async (path: string): Promise<number | undefined> => {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
};

const showTable = async (
  plan: LadderPlan,
  rungs: readonly Rung[],
  { logs }: Destinations,
  format: LogFormat,
  terminal: Terminal,
): Promise<void> => {
  const text = ladderTable(rungs, plan.compared, plan.flags.precision ?? 6);
  const onStdout = format === 'ndjson' && logs.length === 0;
  if (!onStdout) await terminal.out(text);
  else if (plan.flags.quiet !== true) terminal.err(text);
};
