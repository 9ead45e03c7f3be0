/** What `tinyvmaf eval` does: rows and students in, tables out. */
import { tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { Comparison, EvaluationRows, Scorer, Teacher } from '@tinyvmaf/distill';
import { DEFAULT_VERSION } from '@tinyvmaf/svm';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import type { EvalFlags } from './eval.js';
import { judgeByLabelsTE } from './labels.js';
import { readStudentsTE, type Judged } from './students.js';
import { storeRowsTE } from './rows.js';
import { comparisonTable, groupTable, labelTable } from './tables.js';

/** The package that trains and judges; loaded when it is needed. */
export type Training = typeof import('@tinyvmaf/distill');

/**
 * Judges the students that the options name.
 * @returns left `BadArgument`; those of loading models, tables and stores.
 */
export const runEval = (
  flags: EvalFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    TE.fromEither(checkFlags(flags)),
    TE.bind('training', () => tryTask(() => import('@tinyvmaf/distill'), 'Loading the judge')),
    TE.bind('students', ({ names }) => readStudentsTE(names, flags.peers, context)),
    TE.bind('teacher', ({ training, students }) => teacherTE(training, students, flags)),
    TE.flatMap((ready) =>
      flags.against === 'labels'
        ? againstLabels(flags, ready, context)
        : againstTeacher(flags, ready, context),
    ),
  );

interface Ready {
  readonly training: Training;
  /** At least one. */
  readonly students: readonly Judged[];
  readonly teacher: Teacher;
}

const checkFlags = (
  flags: EvalFlags,
): E.Either<TinyVmafError, { readonly names: readonly string[] }> => {
  const bad = (argument: string, rule: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'BadArgument', argument, rule });
  const places = [flags.table, flags.store, flags.dataRoot].filter((place) => place !== undefined);
  if (flags.model === undefined) return bad('--model', 'must name a student: a5, or FILE.onnx');
  if (places.length > 1) return bad('--table', '--store and --data-root are three ways: give one');
  if (flags.against !== 'labels') {
    return flags.label === undefined
      ? E.right({ names: flags.model })
      : bad('--label', 'needs --against labels');
  }
  if (flags.table !== undefined) return bad('--against labels', 'needs a store, not --table');
  return flags.label === undefined
    ? bad('--label', 'must name the opinion score, as dataset/name')
    : E.right({ names: flags.model });
};

const teacherTE = (
  training: Training,
  [first]: readonly Judged[],
  flags: EvalFlags,
): TE.TaskEither<TinyVmafError, Teacher> =>
  training.loadTeacherTE(
    flags.teacherModel ?? first?.teacher ?? DEFAULT_VERSION,
    flags.teacher === undefined ? {} : { teacher: flags.teacher },
  );

const againstTeacher = (
  flags: EvalFlags,
  { training, students, teacher }: Ready,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    flags.table === undefined
      ? storeRowsTE(training, flags, context)
      : training.readRowsTE(flags.table),
    TE.bindTo('rows'),
    TE.bind('judged', ({ rows }) => TE.fromEither(judge(training, students, rows, teacher))),
    TE.flatMapTask(
      ({ judged }) =>
        () =>
          context.terminal.out(
            flags.json === true ? asJson(judged, teacher) : asText(judged, teacher),
          ),
    ),
  );

/** In the order of the students. */
const judge = (
  training: Training,
  students: readonly Judged[],
  rows: EvaluationRows,
  teacher: Teacher,
): E.Either<TinyVmafError, readonly Comparison[]> => {
  const judged: Comparison[] = [];
  for (const { name, bytes, score } of students) {
    const evaluation = training.evaluateRows(score satisfies Scorer, rows, teacher);
    if (E.isLeft(evaluation)) return evaluation;
    judged.push({ name, bytes, evaluation: evaluation.right });
  }
  return E.right(judged);
};

const asJson = (students: readonly Comparison[], teacher: Teacher): string =>
  `${JSON.stringify(
    { against: { name: teacher.name, sha256: teacher.sha256 }, students },
    undefined,
    2,
  )}\n`;

const asText = (judged: readonly Comparison[], teacher: Teacher): string => {
  const first = judged[0]?.evaluation;
  const title = `Difference from ${teacher.name} on ${first?.rows ?? 0} frames of ${first?.sources.length ?? 0} sources, VMAF points:\n\n`;
  return [
    title,
    comparisonTable(judged),
    ...(first === undefined ? [] : ['\n', groupTable('source', first.sources)]),
    ...(first?.codecs === undefined ? [] : ['\n', groupTable('codec', first.codecs)]),
  ].join('');
};

const againstLabels = (
  flags: EvalFlags,
  { training, students, teacher }: Ready,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    judgeByLabelsTE(training, students, teacher, flags, context),
    TE.flatMapTask(
      (found) => () =>
        context.terminal.out(
          flags.json === true ? `${JSON.stringify(found, undefined, 2)}\n` : labelTable(found),
        ),
    ),
  );
