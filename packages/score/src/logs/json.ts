/**
 * libvmaf's JSON log, byte for byte (spec/pooling-and-io.md section 3), and
 * what tinyvmaf adds to it on request as one more top-level object, which
 * parsers of libvmaf's log pass over.
 */
import { LIBVMAF_POOLS, POOL_METHODS } from '@tinyvmaf/core';
import { LIBVMAF_VERSION, type ScoreReport } from '../report.js';
import { jsonFps, jsonNumber, type Precision } from './numbers.js';

/** Options of the logs. */
export interface LogOptions {
  /** Default 6. */
  readonly precision?: Precision;
}

/** Options of the JSON log. */
export interface JsonLogOptions extends LogOptions {
  /** Adds the top-level object `tinyvmaf`. Default false. */
  readonly extended?: boolean;
}

/** A report in libvmaf's JSON layout. */
export const jsonLog = (report: ScoreReport, options: JsonLogOptions = {}): string => {
  const { series } = report;
  const precision = options.precision ?? 6;
  const columns = series.keys.map((key) => ({ key, values: series.column(key) }));
  const frames = series.frames.map((frame, row) => {
    const metrics = columns.map(
      ({ key, values }) =>
        `        ${JSON.stringify(key)}: ${jsonNumber(values[row] ?? NaN, precision)}`,
    );
    return [
      '    {',
      `      "frameNum": ${frame},`,
      '      "metrics": {',
      metrics.join(',\n'),
      '      }',
      '    }',
    ].join('\n');
  });
  const pooled = series.keys.map((key) => {
    const values = series.pooled(key);
    const lines = LIBVMAF_POOLS.map(
      (method) => `      "${method}": ${jsonNumber(values[method], precision)}`,
    );
    return [`    ${JSON.stringify(key)}: {`, lines.join(',\n'), '    }'].join('\n');
  });
  const extension = options.extended === true ? extendedPart(report, precision) : '';
  return [
    '{',
    `  "version": "${LIBVMAF_VERSION[report.compat]}",`,
    `  "fps": ${jsonFps(report.fps)},`,
    '  "frames": [',
    frames.join(',\n'),
    '  ],',
    '  "pooled_metrics": {',
    pooled.join(',\n'),
    '  },',
    '  "aggregate_metrics": {',
    `  }${extension}`,
    '}',
    '',
  ].join('\n');
};

const extendedPart = (report: ScoreReport, precision: Precision): string => {
  const percentiles = Object.fromEntries(
    report.series.keys.map((key) => {
      const pooled = report.series.pooled(key);
      const rest = POOL_METHODS.filter(
        (method) => !LIBVMAF_POOLS.some((known) => known === method),
      );
      return [key, Object.fromEntries(rest.map((method) => [method, pooled[method]]))];
    }),
  );
  const extension = {
    compat: report.compat,
    backend: report.backend,
    format: report.format,
    frameCount: report.frameCount,
    reference: report.reference,
    distorted: report.distorted,
    models: report.models,
    percentiles,
    warnings: report.warnings,
  };
  const text = stringifyNumbers(extension, precision);
  return `,\n  "tinyvmaf": ${text.replaceAll('\n', '\n  ')}`;
};

/**
 * `JSON.stringify` with the log's number format for values that are not
 * integers; a non-finite number becomes `null`.
 */
const stringifyNumbers = (value: unknown, precision: Precision): string => {
  const marked = JSON.stringify(
    value,
    (_key, item: unknown) =>
      typeof item === 'number' && !Number.isInteger(item)
        ? `\u0000${jsonNumber(item, precision)}`
        : item,
    2,
  );
  return marked.replaceAll(/"\\u0000([^"]*)"/g, '$1');
};
