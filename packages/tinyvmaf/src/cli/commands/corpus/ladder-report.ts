/** What a ladder in the making shows: how far it is, what failed, and what there is in the end. */
import { errorCode, errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import {
  showText,
  type LadderEvent,
  type LadderFailure,
  type LadderPlan,
  type LadderReport,
} from '@tinyvmaf/corpus-loader';
import type { CommandContext } from '../../context.js';
import { createLiveLine } from '../../terminal/live-line.js';
import { clock } from '../../terminal/progress.js';
import { paint } from '../../terminal/terminal.js';
import { aboutFile } from './findings.js';
import { counted } from './quantities.js';

/** Listens to a build. */
export interface LadderReporter {
  readonly take: (event: LadderEvent) => void;
  /** Tells which sources cannot be used, before the build begins. */
  readonly rejects: (plan: LadderPlan) => void;
  /** Takes the moving line away, and waits until everything is written. */
  readonly end: () => Promise<void>;
}

interface Flags {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
}

/** Starts reporting. */
export const reportLadder = (
  { json, ndjson, quiet }: Flags,
  { terminal, now }: CommandContext,
): LadderReporter => {
  const line = createLiveLine(terminal, now, quiet === true);
  const began = now();
  let before = 0;
  let written = Promise.resolve();
  let rejected: readonly RejectData[] = [];
  const out = (text: string): void => {
    written = written.then(() => terminal.out(text));
  };
  const outLine = (data: object): void => {
    out(`${JSON.stringify(data)}\n`);
  };
  const left = (done: number, total: number): string => {
    const computed = done - before;
    const seconds = (now() - began) * ((total - done) / computed);
    return computed > 0 ? `, ${clock(seconds)} left` : '';
  };
  const failed = (what: string, error: TinyVmafError): void => {
    const label = paint(terminal, 'error', 'failed:');
    line.say(`${label} ${aboutFile(showText(what), errorMessage(error))}\n`);
  };
  return {
    rejects(plan) {
      rejected = plan.rejected.map(rejectData);
      for (const { file, error } of plan.rejected) failed(file, error);
    },
    take(event) {
      if (ndjson === true) for (const each of eventData(event, rejected)) outLine(each);
      switch (event.kind) {
        case 'begin':
          before = event.reused;
          break;
        case 'done':
          line.update(() => `${event.done}/${event.total} files${left(event.done, event.total)}`);
          break;
        case 'failed':
          failed(nameOf(event), event.error);
          break;
        case 'end':
          if (json === true)
            out(`${JSON.stringify(reportData(event.report, rejected), undefined, 2)}\n`);
          else if (ndjson !== true && quiet !== true) out(reportText(event.report));
          break;
        default:
      }
    },
    async end() {
      line.clear();
      await written;
    },
  };
};

const nameOf = ({ source, rung }: Pick<LadderFailure, 'source' | 'rung'>): string =>
  rung === undefined ? source : `${source} ${rung}`;

const failureData = ({ error, ...where }: LadderFailure) => ({
  ...where,
  code: errorCode(error),
  message: errorMessage(error),
});

const rejectData = ({ file, error }: LadderPlan['rejected'][number]) => ({
  file,
  code: errorCode(error),
  message: errorMessage(error),
});

type RejectData = ReturnType<typeof rejectData>;

const reportData = (report: LadderReport, rejected: readonly RejectData[]) => ({
  ...report,
  failures: report.failures.map(failureData),
  rejected,
});

/** Version of the lines of `--ndjson`. */
const SCHEMA = 'tinyvmaf-ladder-events/1';

/** Lines of `--ndjson` for an event; sources that are rejected follow the first. */
const eventData = (event: LadderEvent, rejected: readonly RejectData[]): readonly object[] => {
  switch (event.kind) {
    case 'begin': {
      const { kind, ...counts } = event;
      const refused = rejected.map((reject) => ({ type: 'rejected', ...reject }));
      return [{ schema: SCHEMA, type: kind, ...counts }, ...refused];
    }
    case 'failed': {
      const { kind, ...failure } = event;
      return [{ type: kind, ...failureData(failure) }];
    }
    case 'end':
      return [{ type: event.kind, report: reportData(event.report, rejected) }];
    default: {
      const { kind, ...data } = event;
      return [{ type: kind, ...data }];
    }
  }
};

const reportText = ({ out, sources, clips, computed, reused, failures }: LadderReport): string =>
  [
    `${counted(sources, 'source')}, ${counted(clips, 'clip')}: ${counted(computed, 'file')} made, ${reused} there`,
    ...(failures.length === 0 ? [] : [`, ${failures.length} failed`]),
    `\nladder: ${showText(out)}\n`,
  ].join('');
