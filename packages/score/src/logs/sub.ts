/** libvmaf's subtitle log (MicroDVD): shows each frame's values over the video. */
import type { ScoreReport } from '../report.js';
import type { LogOptions } from './json.js';
import { plainNumber } from './numbers.js';

/** A report in libvmaf's SUB layout. */
export const subLog = (report: ScoreReport, options: LogOptions = {}): string => {
  const { series } = report;
  const precision = options.precision ?? 6;
  const columns = series.keys.map((key) => ({ key, values: series.column(key) }));
  const lines = series.frames.map((frame, row) => {
    const values = columns.map(
      ({ key, values: column }) => `${key}: ${plainNumber(column[row] ?? NaN, precision)}|`,
    );
    return `{${frame}}{${frame + 1}}frame: ${frame}|${values.join('')}`;
  });
  return [...lines, ''].join('\n');
};
