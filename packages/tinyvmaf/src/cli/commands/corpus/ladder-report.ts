/** What a ladder in the making shows: how far it is, what failed, and what there is in the end. */
import { errorCode, errorMessage } from '@tinyvmaf/core';
import {
  showText,
  type LadderEvent,
  type LadderFailure,
  type LadderReport,
} from '@tinyvmaf/corpus-loader';
import type { CommandContext } from '../../context.js';
import { createLiveLine } from '../../terminal/live-line.js';
import { clock } from '../../terminal/progress.js';
import { paint } from '../../terminal/terminal.js';
import { counted } from './quantities.js';

/** Listens to a build. */
export interface LadderReporter {
  readonly take: (event: LadderEvent) => void;
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
  const out = (text: string): void => {
    written = written.then(() => terminal.out(text));
  };
  const left = (done: number, total: number): string => {
    const computed = done - before;
    const seconds = (now() - began) * ((total - done) / computed);
    return computed > 0 ? `, ${clock(seconds)} left` : '';
  };
  return {
    take(event) {
      if (ndjson === true) out(`${JSON.stringify(eventData(event))}\n`);
      switch (event.kind) {
        case 'begin':
          before = event.reused;
          break;
        case 'done':
          line.update(() => `${event.done}/${event.total} files${left(event.done, event.total)}`);
          break;
        case 'failed':
          line.say(
            `${paint(terminal, 'error', 'failed:')} ${showText(nameOf(event))}: ${errorMessage(event.error)}\n`,
          );
          break;
        case 'end':
          if (json === true) out(`${JSON.stringify(reportData(event.report), undefined, 2)}\n`);
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

const reportData = (report: LadderReport) => ({
  ...report,
  failures: report.failures.map(failureData),
});

const eventData = (event: LadderEvent): object => {
  if (event.kind === 'failed') {
    const { kind, ...failure } = event;
    return { kind, ...failureData(failure) };
  }
  return event.kind === 'end' ? { kind: 'end', report: reportData(event.report) } : event;
};

const reportText = ({ out, sources, clips, computed, reused, failures }: LadderReport): string =>
  [
    `${counted(sources, 'source')}, ${counted(clips, 'clip')}: ${counted(computed, 'file')} made, ${reused} there`,
    ...(failures.length === 0 ? [] : [`, ${failures.length} failed`]),
    `\nladder: ${showText(out)}\n`,
  ].join('');
