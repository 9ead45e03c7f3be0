/**
 * Students by name or path, ready to score: those of the package, those that
 * were added to the data folder, and files. Imported only where a student is to
 * score, since a run with the teacher needs nothing of it.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ioError, TinyVmafException, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import {
  registeredModels,
  registeredStudent,
  studentFor,
  type RegisteredModel,
  type Student,
} from '@tinyvmaf/models';
import { loadStudentTE } from '@tinyvmaf/models/node';
import { DEFAULT_VERSION } from '@tinyvmaf/svm';
import { sha256Of } from '@tinyvmaf/svm/node';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Warning } from '../report.js';
import type { StudentOrigin } from '../student.js';
import { findAddedTE } from './added.js';

/** Where a student is. */
export type StudentPlace =
  | { readonly kind: 'registered'; readonly id: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** SHA-256 that the file must have. */
      readonly sha256?: string;
    };

/** A student with the file it comes from. */
export interface LoadedStudent {
  readonly student: Student;
  readonly origin: StudentOrigin;
}

/** The name that stands for the default student. */
export const DEFAULT_STUDENT = 'default';

/** Names of the students of the package, for messages. */
export const studentNames = (): readonly string[] => registeredModels().map(({ id }) => id);

/**
 * What a name means among students, and under which key its scores stand.
 * @returns right `undefined` where no student has the name; left as `findAddedTE`.
 */
export const findStudentTE = (
  name: string,
): TE.TaskEither<
  TinyVmafError,
  { readonly name: string; readonly place: StudentPlace } | undefined
> => {
  const id = name === DEFAULT_STUDENT ? studentFor(DEFAULT_VERSION)?.id : name;
  if (id !== undefined && studentNames().includes(id)) {
    return TE.right({ name: id, place: { kind: 'registered', id } });
  }
  return F.pipe(
    findAddedTE(name),
    TE.map((added) =>
      added === undefined
        ? undefined
        : { name, place: { kind: 'file', path: added.path, sha256: added.sha256 } },
    ),
  );
};

/**
 * Loads a student and checks its probe.
 * @returns left `ModelFormat`, `PathOutsideRoot`, `Io`, and `HashMismatch` for an added file that
 * is not the one that was added.
 */
export const loadPlaceTE = (place: StudentPlace): TE.TaskEither<TinyVmafError, LoadedStudent> =>
  place.kind === 'registered' ? TE.fromEither(loadRegistered(place.id)) : loadFileTE(place);

const loadRegistered = (id: string): E.Either<TinyVmafError, LoadedStudent> =>
  F.pipe(
    registeredStudent(id),
    E.map((student) => {
      const sha256 = registeredModels().find((model) => model.id === id)?.sha256;
      return { student, origin: sha256 === undefined ? {} : { sha256 } };
    }),
  );

const loadFileTE = ({
  path,
  sha256: expected,
}: Extract<StudentPlace, { kind: 'file' }>): TE.TaskEither<TinyVmafError, LoadedStudent> =>
  F.pipe(
    loadStudentTE(path),
    TE.flatMap((student) =>
      tryTask(async () => {
        const sha256 = sha256Of(await readAgain(path));
        if (expected !== undefined && expected !== sha256) {
          throw new TinyVmafException({
            _tag: 'HashMismatch',
            source: path,
            expected,
            actual: sha256,
            hint: 'It changed after it was added: add it again with tinyvmaf models add.',
          });
        }
        return { student, origin: { file: resolve(path), sha256 } };
      }, `Reading ${path}`),
    ),
  );

/** The file was read and bounded before; here only its hash is wanted. */
const readAgain = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

/** The student that scores where no model is named and the teacher is not installed. */
export interface StandIn extends LoadedStudent {
  readonly name: string;
  readonly warning: Warning;
}

/** The stand-in for a version. Left: `ModelNotFound` where no student serves it, `ModelFormat`. */
export const standInFor = (version: string): E.Either<TinyVmafError, StandIn> => {
  const model = studentFor(version);
  return model === undefined
    ? E.left({
        _tag: 'ModelNotFound',
        name: version,
        problem: 'has no student that stands in for it',
        remedy: 'Install it: tinyvmaf teacher install',
      })
    : F.pipe(
        loadRegistered(model.id),
        E.map((loaded) => ({ ...loaded, name: model.id, warning: insteadOf(version, model) })),
      );
};

const insteadOf = (version: string, { id, measurements }: RegisteredModel): Warning => {
  const [held] = measurements;
  const measured =
    held === undefined
      ? ''
      : ` On ${held.count} frames${held.sources === undefined ? '' : ` of ${held.sources} videos`} that it never saw it was at most ${held.max.toPrecision(2)} points off.`;
  return {
    code: 'student-instead-of-teacher',
    message: `${id} scored, our student of Netflix's ${version}, which is not installed.${measured} For the exact score: tinyvmaf teacher install`,
  };
};
