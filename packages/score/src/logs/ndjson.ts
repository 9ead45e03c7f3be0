/**
 * One JSON object a line: first `start`, then one `frame` each as soon as it
 * is known, last `end` with pooled values. For programs that read along; the
 * schema is in docs/logs.md.
 */
import { POOL_METHODS } from '@tinyvmaf/core';
import type { ScoredFrame, ScoreStart } from '../score.js';
import type { ScoreReport } from '../report.js';
import { jsonNumber, type Precision } from './numbers.js';

/** The first line: what is compared, its format and the keys to come. */
export const ndjsonStart = (start: ScoreStart): string =>
  `${JSON.stringify({ type: 'start', schema: 1, ...start })}\n`;

const members = (entries: Iterable<readonly [string, number]>, precision: Precision): string =>
  [...entries]
    .map(([key, value]) => `${JSON.stringify(key)}:${jsonNumber(value, precision)}`)
    .join(',');

/** The line of one frame: `{"type":"frame","frame":0,"metrics":{...}}`. */
export const ndjsonFrame = (frame: ScoredFrame, precision: Precision = 17): string =>
  `{"type":"frame","frame":${frame.frame},"metrics":{${members(frame.values, precision)}}}\n`;

/** The last line: counts, pooled values of every key, warnings. */
export const ndjsonEnd = (report: ScoreReport, precision: Precision = 17): string => {
  const pooled = report.series.keys.map((key) => {
    const values = report.series.pooled(key);
    const entries = POOL_METHODS.map((method) => [method, values[method]] as const);
    return `${JSON.stringify(key)}:{${members(entries, precision)}}`;
  });
  return [
    `{"type":"end","frames":${report.frameCount},"pooled":{${pooled.join(',')}}`,
    `,"warnings":${JSON.stringify(report.warnings)}}\n`,
  ].join('');
};
