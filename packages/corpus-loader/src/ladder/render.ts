/**
 * A plan for people: lines of text, without colours.
 */
import { errorMessage } from '@tinyvmaf/core';
import { framesOf } from './job.js';
import { sourceBytes, type LadderPlan, type PlannedSource } from './plan.js';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `11.2 GB`: bytes in powers of 1000. */
export const bytesText = (bytes: number): string => {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${UNITS[unit] ?? ''}`;
};

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const sourceLine = (
  plan: LadderPlan,
  planned: PlannedSource,
  there: ReadonlySet<string>,
): string => {
  const { source, reference, clips } = planned;
  const { width, height } = reference.job;
  const done = [reference, ...clips].filter(({ hash }) => there.has(hash)).length;
  const all = clips.length + 1;
  return [
    `  ${source.id}: ${counted(framesOf(source, plan.recipe), 'frame')} from ${source.start}`,
    `${width}x${height}, ${counted(clips.length, 'clip')}, ${bytesText(sourceBytes(planned))}`,
    done === all ? 'complete' : `${done} of ${all} files finished`,
  ].join(', ');
};

/** A plan as lines: sources, rungs, what is left out and why, what has changed, disk space. */
export const planLines = (plan: LadderPlan): readonly string[] => {
  const { sources, rungs, leftOut, rejected, news, bytes, finished, ffmpeg, out } = plan;
  const there = new Set(finished);
  const total = sources.reduce((sum, { clips }) => sum + 1 + clips.length, 0);
  const free = bytes.free === undefined ? 'unknown' : bytesText(bytes.free);
  return [
    `Ladder in ${out} with ${ffmpeg.version}`,
    `${counted(sources.length, 'source')}, ${counted(rungs.length, 'rung')}: ${rungs.join(', ')}`,
    ...sources.map((planned) => sourceLine(plan, planned, there)),
    ...leftOut.map(
      ({ rung, source, reason }) =>
        `Left out: ${rung}${source === undefined ? '' : ` of ${source}`}: ${reason}`,
    ),
    ...rejected.map(({ file, error }) => `Rejected: ${file}: ${errorMessage(error)}`),
    ...news,
    `${finished.length} of ${total} files are finished`,
    `Disk: ${bytesText(bytes.result)} in all, ${bytesText(bytes.toWrite)} still to write, about ${bytesText(bytes.temporary)} for encodes in work; free: ${free}${bytes.enough ? '' : ' (too little)'}`,
  ];
};
