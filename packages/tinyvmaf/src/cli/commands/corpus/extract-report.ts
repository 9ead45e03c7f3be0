/**
 * What a running extraction shows: a moving line on a terminal, else a line a
 * minute, and events as NDJSON on request. The clock comes from the context.
 */
import { errorCode, errorMessage } from '@tinyvmaf/core';
import {
  eventLine,
  trackProgress,
  type ExtractionEvent,
  type ExtractionPlan,
  type ExtractionProgress,
  type ExtractionSummary,
} from '@tinyvmaf/corpus-loader';
import type { CommandContext } from '../../context.js';
import { clock } from '../../terminal/progress.js';
import { paint } from '../../terminal/terminal.js';
import { plain } from './findings.js';
import { counted } from './quantities.js';

/** Seconds between two lines: where somebody watches, and where not. */
const REFRESH = { watched: 0.1, unwatched: 60 } as const;

/** Listens to an extraction. */
export interface ExtractionReport {
  readonly take: (event: ExtractionEvent) => void;
  /** Takes the moving line away, and waits until events are written. */
  readonly end: () => Promise<void>;
}

/** Starts reporting. */
export const reportExtraction = (
  plan: ExtractionPlan,
  flags: { readonly ndjson?: boolean; readonly quiet?: boolean },
  { terminal, now }: CommandContext,
): ExtractionReport => {
  const tracker = trackProgress(now);
  const quiet = flags.quiet === true || plan.jobs.length === 0;
  const every = terminal.interactive ? REFRESH.watched : REFRESH.unwatched;
  let shown = now();
  let isLine = false;
  let written = Promise.resolve();
  const clear = (): void => {
    if (isLine) terminal.err('\r\u001b[K');
    isLine = false;
  };
  const say = (text: string): void => {
    clear();
    terminal.err(text);
  };
  const progress = (): void => {
    if (quiet || now() - shown < every) return;
    shown = now();
    const text = progressText(tracker.progress());
    terminal.err(terminal.interactive ? `\r\u001b[K${text}` : `${text}\n`);
    isLine = terminal.interactive;
  };
  return {
    take(event) {
      tracker.take(event);
      const line = flags.ndjson === true ? eventLine(event) : '';
      // In order, and each waits for a slow reader; the extraction goes on meanwhile.
      if (line !== '') written = written.then(() => terminal.out(line));
      if (event.type === 'warning') {
        say(`${paint(terminal, 'warning', 'warning:')} ${event.message}\n`);
      }
      if (event.type === 'failed') {
        say(
          `${paint(terminal, 'error', 'failed:')} ${plain(event.clip)}: ${errorMessage(event.error)}\n`,
        );
      }
      progress();
    },
    async end() {
      clear();
      await written;
    },
  };
};

/** `12/40 clips, 3401/9600 frames, 55.10 FPS, 1:53 left` */
const progressText = (progress: ExtractionProgress): string => {
  const { clips, totalClips, frames, totalFrames, fps, secondsLeft } = progress;
  return [
    `${clips}/${totalClips} clips`,
    totalFrames === undefined ? `${frames} frames` : `${frames}/${totalFrames} frames`,
    `${fps.toFixed(2)} FPS`,
    ...(secondsLeft === undefined ? [] : [`${clock(secondsLeft)} left`]),
  ].join(', ');
};

/** The outcome for a person. */
export const summaryText = (summary: ExtractionSummary, folder: string): string => {
  const { computed, cached, content, frames, scored, failures } = summary;
  const parts = [
    `${counted(computed, 'clip')} computed (${counted(frames, 'frame')})`,
    ...(cached > 0 ? [`${cached} in the store`] : []),
    ...(content > 0 ? [`${content} there under another name`] : []),
    ...(scored > 0 ? [`${counted(scored, 'score')} added`] : []),
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
  ];
  return `${parts.join(', ')}\nstore: ${plain(folder)}\n`;
};

/** The outcome as JSON; failures with code and message. */
export const summaryJson = (summary: ExtractionSummary): string =>
  `${JSON.stringify(
    {
      ...summary,
      failures: summary.failures.map(({ source, clip, error }) => ({
        source,
        clip,
        code: errorCode(error),
        message: errorMessage(error),
      })),
    },
    undefined,
    2,
  )}\n`;
