/**
 * Several distorted videos side by side: a table for a person, and a CSV with
 * a row per video and model, ready for rate-distortion plots.
 */
import { formatFixed, formatGeneral, POOL_METHODS } from '@tinyvmaf/core';
import type { ScoreReport } from '@tinyvmaf/score';
import type { Precision } from '@tinyvmaf/score';
import { shortName } from './destinations.js';
import { table } from './terminal/table.js';

/** One distorted video of a ladder. */
export interface Rung {
  readonly path: string;
  readonly report: ScoreReport;
  /** Size of the file; absent for pipes. */
  readonly bytes?: number;
  /** Kilobits per second of the whole file; absent where the rate or the length is not known. */
  readonly kbps?: number;
}

/** Bitrate of a file whose frames were all compared, in kilobits per second. */
export const bitrate = (bytes: number, report: ScoreReport): number | undefined => {
  const { frameRate } = report.distorted;
  if (frameRate === undefined || report.frameCount === 0) return undefined;
  const seconds = (report.frameCount * frameRate.denominator) / frameRate.numerator;
  return (bytes * 8) / 1000 / seconds;
};

/** Rows of a ladder: one per video and key, where keys are models or features. */
const rowsOf = (
  rungs: readonly Rung[],
  keysOf: (report: ScoreReport) => readonly string[],
): readonly { readonly rung: Rung; readonly key: string }[] =>
  rungs.flatMap((rung) => keysOf(rung.report).map((key) => ({ rung, key })));

/** Number of the frame with the lowest value; the first of several. */
export const worstFrame = (report: ScoreReport, key: string): number | undefined => {
  const values = report.series.column(key);
  let worst = 0;
  for (let row = 1; row < values.length; row++) {
    if ((values[row] ?? NaN) < (values[worst] ?? NaN)) worst = row;
  }
  return report.series.frames[worst];
};

/** The table on a terminal. */
export const ladderTable = (
  rungs: readonly Rung[],
  keysOf: (report: ScoreReport) => readonly string[],
  precision: Precision,
): string => {
  const show = (x: number): string => (precision === 17 ? formatGeneral(x, 17) : formatFixed(x, 6));
  const header = ['video', 'key', 'mean', 'harmonic', 'p5', 'min', 'worst frame', 'bytes', 'kbps'];
  return table(
    header,
    rowsOf(rungs, keysOf).map(({ rung, key }) => {
      const pooled = rung.report.series.pooled(key);
      return [
        shortName(rung.path),
        key,
        show(pooled.mean),
        show(pooled.harmonic_mean),
        show(pooled.p5),
        show(pooled.min),
        String(worstFrame(rung.report, key) ?? ''),
        rung.bytes === undefined ? '' : String(rung.bytes),
        rung.kbps === undefined ? '' : formatFixed(rung.kbps, 1),
      ];
    }),
  );
};

const csvField = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * The summary as CSV (RFC 4180): `video,key,bytes,kbps,frames,width,height,`
 * and all pooled values; 17 significant digits; empty where something is not known.
 */
export const ladderCsv = (
  rungs: readonly Rung[],
  keysOf: (report: ScoreReport) => readonly string[],
): string => {
  const known = (x: number | undefined): string => (x === undefined ? '' : formatGeneral(x, 17));
  const header = [
    ...['video', 'key', 'bytes', 'kbps', 'frames', 'width', 'height', 'worst_frame'],
    ...POOL_METHODS,
  ];
  const rows = rowsOf(rungs, keysOf).map(({ rung, key }) => {
    const { report } = rung;
    const pooled = report.series.pooled(key);
    return [
      csvField(rung.path),
      csvField(key),
      known(rung.bytes),
      known(rung.kbps),
      String(report.frameCount),
      String(report.format.width),
      String(report.format.height),
      String(worstFrame(report, key) ?? ''),
      ...POOL_METHODS.map((method) => known(pooled[method])),
    ];
  });
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
};
