/** The tables of `tinyvmaf eval` for a person. */
import type { Comparison, GroupAgreement } from '@tinyvmaf/distill';
import { table } from '../../terminal/table.js';
import type { LabelEvaluation } from './labels.js';

const figure = (value: number): string => value.toPrecision(3);

/** Correlations near 1 need their digits. */
const correlation = (value: number | undefined): string => value?.toFixed(6) ?? '';

/** A row per student. */
export const comparisonTable = (students: readonly Comparison[]): string =>
  table(
    ['student', 'bytes', 'RMSE', 'p99', 'max', 'worst RMSE', 'worst source', 'PLCC', 'SROCC'],
    students.map(({ name, bytes, evaluation }) => [
      name,
      String(bytes),
      ...[evaluation.rmse, evaluation.p99, evaluation.max, evaluation.worst.rmse].map(figure),
      evaluation.worst.name,
      correlation(evaluation.plcc),
      correlation(evaluation.srocc),
    ]),
  );

/** A row per source or codec, the worst first. */
export const groupTable = (title: string, groups: readonly GroupAgreement[]): string =>
  table(
    [title, 'rows', 'RMSE', 'p99', 'max'],
    [...groups]
      .sort((a, b) => b.rmse - a.rmse)
      .map(({ name, rows, rmse, p99, max }) => [
        name,
        String(rows),
        ...[rmse, p99, max].map(figure),
      ]),
  );

/** The models against opinion scores. */
export const labelTable = ({ label, clips, models }: LabelEvaluation): string =>
  [
    `Agreement with ${label} on ${clips} clips; RMSE after the line that fits best:\n\n`,
    table(
      ['model', 'PLCC', 'SROCC', 'RMSE'],
      models.map(({ name, plcc, srocc, rmse }) => [
        name,
        ...[plcc, srocc].map((value) => value?.toFixed(4) ?? ''),
        figure(rmse),
      ]),
    ),
  ].join('');
