/** libvmaf's CSV log: a header and one line a frame, each value followed by a comma. */
import type { ScoreReport } from '../report.js';
import type { LogOptions } from './json.js';
import { plainNumber } from './numbers.js';

/** A report in libvmaf's CSV layout, without pooled values, as there. */
export const csvLog = (report: ScoreReport, options: LogOptions = {}): string => {
  const { series } = report;
  const precision = options.precision ?? 6;
  const columns = series.keys.map((key) => series.column(key));
  const rows = series.frames.map((frame, row) => {
    const values = columns.map((column) => `${plainNumber(column[row] ?? NaN, precision)},`);
    return `${frame},${values.join('')}`;
  });
  return [`Frame,${series.keys.map((key) => `${key},`).join('')}`, ...rows, ''].join('\n');
};
