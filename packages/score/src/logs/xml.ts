/** libvmaf's XML log, its default format (spec/pooling-and-io.md section 3). */
import { LIBVMAF_POOLS } from '@tinyvmaf/core';
import { LIBVMAF_VERSION, type ScoreReport } from '../report.js';
import type { LogOptions } from './json.js';
import { plainFps, plainNumber } from './numbers.js';

/**
 * Keys become attribute names. libvmaf's own are valid ones; what a model name
 * may hold beyond them (a digit in front, `+`) becomes an underscore.
 */
const attribute = (key: string): string =>
  key.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').replace(/^(?![\p{L}_])/u, '_');

/** A report in libvmaf's XML layout. */
export const xmlLog = (report: ScoreReport, options: LogOptions = {}): string => {
  const { series, format } = report;
  const precision = options.precision ?? 6;
  const columns = series.keys.map((key) => ({ key: attribute(key), values: series.column(key) }));
  const frames = series.frames.map((frame, row) => {
    const values = columns.map(
      (column) => `${column.key}="${plainNumber(column.values[row] ?? NaN, precision)}"`,
    );
    return `    <frame frameNum="${frame}" ${values.join(' ')} />`;
  });
  const metrics = series.keys.map((key) => {
    const pooled = series.pooled(key);
    const values = LIBVMAF_POOLS.map(
      (method) => `${method}="${plainNumber(pooled[method], precision)}"`,
    );
    return `    <metric name="${key}" ${values.join(' ')} />`;
  });
  return [
    `<VMAF version="${LIBVMAF_VERSION[report.compat]}">`,
    `  <params qualityWidth="${format.width}" qualityHeight="${format.height}" />`,
    `  <fyi fps="${plainFps(report.fps)}" />`,
    '  <frames>',
    ...frames,
    '  </frames>',
    '  <pooled_metrics>',
    ...metrics,
    '  </pooled_metrics>',
    '  <aggregate_metrics />',
    '</VMAF>',
    '',
  ].join('\n');
};
