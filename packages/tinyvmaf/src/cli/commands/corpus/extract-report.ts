/**
 * What a running extraction shows: a moving line on a terminal, else a line a
 * minute, and events as NDJSON on request. The clock comes from the context.
 */
import { errorCode, errorMessage } from '@tinyvmaf/core';
import {
  eventLine,
  showText,
  trackProgress,
  type ExtractionEvent,
  type ExtractionPlan,
  type ExtractionProgress,
  type ExtractionSummary,
} from '@tinyvmaf/corpus-loader';
import type { CommandContext } from '../../context.js';
import { createLiveLine } from '../../terminal/live-line.js';
import { clock } from '../../terminal/progress.js';
import { paint } from '../../terminal/terminal.js';
import { aboutFile } from './findings.js';
import { counted } from './quantities.js';

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
  const line = createLiveLine(terminal, now, flags.quiet === true || plan.jobs.length === 0);
  let written = Promise.resolve();
  return {
    take(event) {
      tracker.take(event);
      const json = flags.ndjson === true ? eventLine(event) : '';
      // In order, and each waits for a slow reader; the extraction goes on meanwhile.
      if (json !== '') written = written.then(() => terminal.out(json));
      if (event.type === 'warning') {
        line.say(`${paint(terminal, 'warning', 'warning:')} ${event.message}\n`);
      }
      if (event.type === 'failed') {
        const label = paint(terminal, 'error', 'failed:');
        line.say(`${label} ${aboutFile(showText(event.clip), errorMessage(event.error))}\n`);
      }
      line.update(() => progressText(tracker.progress()));
    },
    async end() {
      line.clear();
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
  return `${parts.join(', ')}\nstore: ${showText(folder)}\n`;
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
