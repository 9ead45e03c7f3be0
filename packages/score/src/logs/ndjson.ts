/**
 * One JSON object a line: first `start`, then one `frame` each as soon as it
 * is known, last `end` with pooled values. For programs that read along; the
 * schema is in docs/logs.md.
 */
import { POOL_METHODS } from '@tinyvmaf/core';
import type { ScoredFrame, ScoreStart } from '../score.js';
import type { ScoreReport } from '../report.js';
import { jsonNumber, type Precision } from './numbers.js';

/** Which of several distorted videos a line is about, from 0; left out where there is one. */
const videoMember = (video: number | undefined): string =>
  video === undefined ? '' : `"video":${video},`;

/**
 * The first line: what is compared, its format and the keys to come.
 * @param video number of the distorted video where there are several.
 */
export const ndjsonStart = (start: ScoreStart, video?: number): string =>
  `${JSON.stringify({ type: 'start', schema: 1, video, ...start })}\n`;

const members = (entries: Iterable<readonly [string, number]>, precision: Precision): string =>
  [...entries]
    .map(([key, value]) => `${JSON.stringify(key)}:${jsonNumber(value, precision)}`)
    .join(',');

/** The line of one frame: `{"type":"frame","frame":0,"metrics":{...}}`. */
export const ndjsonFrame = (
  frame: ScoredFrame,
  precision: Precision = 17,
  video?: number,
): string =>
  `{"type":"frame",${videoMember(video)}"frame":${frame.frame},"metrics":{${members(frame.values, precision)}}}\n`;

/** The last line: counts, pooled values of every key, warnings. */
export const ndjsonEnd = (
  report: ScoreReport,
  precision: Precision = 17,
  video?: number,
): string => {
  const pooled = report.series.keys.map((key) => {
    const values = report.series.pooled(key);
    const entries = POOL_METHODS.map((method) => [method, values[method]] as const);
    return `${JSON.stringify(key)}:{${members(entries, precision)}}`;
  });
  return [
    `{"type":"end",${videoMember(video)}"frames":${report.frameCount},"pooled":{${pooled.join(',')}}`,
    `,"warnings":${JSON.stringify(report.warnings)}}\n`,
  ].join('');
};

/** A finished report as the same lines in one text. */
export const ndjsonLog = (report: ScoreReport, precision: Precision = 17): string => {
  const { series, format, reference, distorted, frameCount } = report;
  const lines = series.frames.map((frame, row) => {
    const values = new Map(series.keys.map((key) => [key, series.column(key)[row] ?? NaN]));
    return ndjsonFrame({ frame, values }, precision);
  });
  return [
    ndjsonStart({ format, reference, distorted, frameCount, keys: series.keys }),
    ...lines,
    ndjsonEnd(report, precision),
  ].join('');
};
