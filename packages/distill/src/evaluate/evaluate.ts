/**
 * Judges the bytes of a student against its teacher, evaluated in binary64 on
 * the same features: over all rows, by source and by codec. What is judged is
 * the file as it would be shipped, never numbers in memory.
 */
import {
  fromThrown,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { createStudent } from '@tinyvmaf/models';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { clipped, type Teacher } from '../teacher/teacher.js';
import { agreement, agreementBy, type Agreement, type GroupAgreement } from './agreement.js';
import { readRowsTE, type EvaluationRows } from './rows.js';

/** Scores rows of features: `[count, 6]` in, `[count]` out. */
export type Scorer = (features: Float64Array) => ArrayLike<number>;

/** A student to judge, and by what. */
export interface EvaluateInput {
  /** Bytes of its file, or something that scores rows (another runtime). */
  readonly student: Uint8Array | Scorer;
  /** Rows, or the path of a table of them. */
  readonly rows: EvaluationRows | string;
  /** Who is right. */
  readonly teacher: Teacher;
}

/** Figures of one student. */
export interface Evaluation extends Agreement {
  /** Version name of the teacher. */
  readonly teacher: string;
  /** The source with the largest RMSE. */
  readonly worst: GroupAgreement;
  /** By source, in order of the names. */
  readonly sources: readonly GroupAgreement[];
  /** By codec where known. */
  readonly codecs?: readonly GroupAgreement[];
}

/** A scorer from the bytes of a file. Left: `ModelFormat`. */
export const scorerOf = (student: Uint8Array | Scorer): E.Either<TinyVmafError, Scorer> =>
  typeof student === 'function'
    ? E.right(student)
    : F.pipe(
        createStudent(student),
        E.flatMap((model) =>
          model.input === 'frame'
            ? E.right((features: Float64Array) => model.score(features))
            : E.left({
                _tag: 'BadArgument' as const,
                argument: 'student',
                rule: 'must score frames',
                value: 'a model of clips',
              }),
        ),
      );

/** Compares the scores of rows with the clipped teacher's. Left: what the scorer threw. */
export const evaluateRows = (
  score: Scorer,
  { features, sources, codecs }: EvaluationRows,
  teacher: Teacher,
): E.Either<TinyVmafError, Evaluation> =>
  E.tryCatch(
    () => {
      const truth = clipped(teacher, teacher.label(features));
      const scores = score(features);
      const bySource = agreementBy(sources, scores, truth);
      const worst = bySource.reduce<GroupAgreement | undefined>(
        (most, each) => (most !== undefined && most.rmse >= each.rmse ? most : each),
        undefined,
      );
      if (worst === undefined || scores.length !== truth.length) {
        throw new TinyVmafException({
          _tag: 'BadArgument',
          argument: 'rows',
          rule: 'must be at least one, with one score each',
          value: `${truth.length} rows, ${scores.length} scores`,
        });
      }
      return {
        teacher: teacher.name,
        ...agreement(scores, truth),
        worst,
        sources: bySource,
        ...(codecs === undefined ? {} : { codecs: agreementBy(codecs, scores, truth) }),
      };
    },
    (thrown) => fromThrown(thrown),
  );

/**
 * Judges a student.
 * @returns left `ModelFormat` for bytes that are no student, `Io` or
 * `TableFormat` for rows that cannot be read.
 */
export const evaluateTE = ({
  student,
  rows,
  teacher,
}: EvaluateInput): TE.TaskEither<TinyVmafError, Evaluation> =>
  F.pipe(
    TE.fromEither(scorerOf(student)),
    TE.bindTo('score'),
    TE.bind('table', () => (typeof rows === 'string' ? readRowsTE(rows) : TE.right(rows))),
    TE.flatMapEither(({ score, table }) => evaluateRows(score, table, teacher)),
  );

/** {@link evaluateTE} as a Promise; rejects with `TinyVmafException`. */
export const evaluate = (input: EvaluateInput): Promise<Evaluation> => toPromise(evaluateTE(input));

/** One line of {@link compareTE}. */
export interface Comparison {
  /** Name of the student. */
  readonly name: string;
  /** Bytes of its file. */
  readonly bytes: number;
  /** Its figures. */
  readonly evaluation: Evaluation;
}

/**
 * Judges several students on the same rows, the best first.
 * @param students by name.
 */
export const compareTE = (
  students: ReadonlyMap<string, { readonly student: Uint8Array | Scorer; readonly bytes: number }>,
  rows: EvaluationRows,
  teacher: Teacher,
): TE.TaskEither<TinyVmafError, readonly Comparison[]> =>
  tryTask(async () => {
    const out: Comparison[] = [];
    for (const [name, { student, bytes }] of students) {
      out.push({ name, bytes, evaluation: await evaluate({ student, rows, teacher }) });
    }
    return out.sort((a, b) => a.evaluation.rmse - b.evaluation.rmse);
  }, 'Comparing students');

/** {@link compareTE} as a Promise; rejects with `TinyVmafException`. */
export const compare = (
  students: Parameters<typeof compareTE>[0],
  rows: EvaluationRows,
  teacher: Teacher,
): Promise<readonly Comparison[]> => toPromise(compareTE(students, rows, teacher));
