/** The plan of an extraction, for a person and as JSON. */
import { showText, type ExtractionPlan } from '@tinyvmaf/corpus-loader';
import { table } from '../../terminal/table.js';
import { bytesText, counted } from './quantities.js';

/** A table of jobs, and the sums. */
export const planText = (plan: ExtractionPlan): string => {
  const { jobs, cached, skipped, clips, bytes, frames } = plan;
  const rows = jobs.map((job) => [
    showText(job.source),
    String(job.rungs.length),
    job.frames === undefined ? '?' : String(job.frames),
    bytesText(job.bytes),
    doneText(job.rungs.map(({ done }) => done)),
  ]);
  const scores = cached.reduce((n, each) => n + each.scores.length, 0);
  return [
    jobs.length === 0 ? '' : table(['source', 'clips', 'frames', 'to read', 'there'], rows),
    `to compute: ${counted(clips, 'clip')}${frames === undefined ? '' : `, ${counted(frames, 'frame')}`}, ${bytesText(bytes)} to read\n`,
    `in the store: ${counted(cached.length, 'clip')}${scores === 0 ? '' : `, ${counted(scores, 'score')} to add`}\n`,
    skipped.length === 0 ? '' : `without a reference: ${counted(skipped.length, 'clip')}\n`,
  ].join('');
};

const doneText = (done: readonly number[]): string => {
  const frames = done.reduce((a, b) => a + b, 0);
  return frames === 0 ? '' : counted(frames, 'frame');
};

/** The plan as it is: each job can be run elsewhere. */
export const planJson = (plan: ExtractionPlan): string => `${JSON.stringify(plan, undefined, 2)}\n`;
