/**
 * From the words of `--model` to models in memory: Netflix's in libvmaf's
 * grammar, students by name or file, and what scores where nothing is named.
 */
import { basename } from 'node:path';
import { toPromise, type TinyVmafError } from '@tinyvmaf/core';
import {
  checkUniqueNames,
  DEFAULT_MODEL_SPEC,
  DEFAULT_VERSION,
  knownModel,
  parseModelSpec,
  type ModelSpec,
} from '@tinyvmaf/svm';
import { loadModelSpecTE, type LoadedModel } from '@tinyvmaf/svm/node';
import { either as E, function as F, readonlyArray as RA, taskEither as TE } from 'fp-ts';
import type { ScoreModel } from '../plan.js';
import type { Warning } from '../report.js';
import type { LoadedStudent, StudentPlace } from './students.js';

/** The model of the field, as `--model` names it. */
export const DEFAULT_MODEL = `version=${DEFAULT_VERSION}`;

/** A model to score with, and what is to be said about it. */
export interface ReadyModel {
  /** The model under the name its scores get. */
  readonly model: ScoreModel;
  /** Such as `model-file`, for another content than the published one. */
  readonly warnings: readonly Warning[];
}

/** One `--model` of which it is known what it names; nothing is read yet. */
export interface NamedModel {
  readonly spec: ModelSpec;
  /** Absent for Netflix's models. */
  readonly student?: StudentPlace;
}

const studentsModule = (): TE.TaskEither<TinyVmafError, typeof import('./students.js')> =>
  TE.fromTask(() => import('./students.js'));

/**
 * Understands the texts of all `--model`; `undefined` for none stays so. Names
 * of Netflix's models come before those of students.
 * @returns left `BadArgument` for what cannot be read and for two models of one
 * name; as `findAddedTE`.
 */
export const nameModelsTE = (
  texts: readonly string[] | undefined,
): TE.TaskEither<TinyVmafError, readonly NamedModel[] | undefined> =>
  texts === undefined
    ? TE.right(undefined)
    : F.pipe(
        TE.fromEither(F.pipe(texts, RA.traverse(E.Applicative)(parseModelSpec))),
        TE.flatMap(RA.traverse(TE.ApplicativePar)(nameModelTE)),
        TE.tap((named) => TE.fromEither(checkUniqueNames(named.map(({ spec }) => spec)))),
      );

const nameModelTE = (spec: ModelSpec): TE.TaskEither<TinyVmafError, NamedModel> => {
  const { source, named } = spec;
  if ('path' in source) {
    if (!/\.onnx$/i.test(source.path)) return TE.right({ spec });
    const name = named ? spec.name : nameOfFile(source.path);
    return TE.right({ spec: { ...spec, name }, student: { kind: 'file', path: source.path } });
  }
  if (knownModel(source.version) !== undefined) return TE.right({ spec });
  return F.pipe(
    studentsModule(),
    TE.flatMap(({ findStudentTE }) => findStudentTE(source.version)),
    TE.map((found) =>
      found === undefined
        ? { spec }
        : { spec: named ? spec : { ...spec, name: found.name }, student: found.place },
    ),
  );
};

/** Key for the scores of a file: its name, without what cannot stand in a log. */
const nameOfFile = (path: string): string => {
  const stem = basename(path.replaceAll('\\', '/'), path.slice(-'.onnx'.length));
  const name = stem.replaceAll(/[^\p{L}\p{N}._+-]/gu, '_').slice(0, 200);
  return name === '' ? 'student' : name;
};

/**
 * Loads models.
 * @param named from {@link nameModelsTE}; `undefined` is the teacher where it is
 * found, else the student that stands in for it.
 * @param teacher file or folder in which to look for versions first; where it is
 * given nothing stands in.
 * @returns left `ModelNotFound`, `ModelFormat`, `HashMismatch`, `PathOutsideRoot`,
 * `Io`, or `BadArgument` for an option that a model cannot take.
 */
export const loadModelsTE = (
  named: readonly NamedModel[] | undefined,
  teacher: string | undefined,
): TE.TaskEither<TinyVmafError, readonly ReadyModel[]> =>
  named === undefined
    ? F.pipe(
        teacherTE(DEFAULT_MODEL_SPEC, teacher),
        TE.orElse((error) =>
          error._tag === 'ModelNotFound' && teacher === undefined ? standInTE : TE.left(error),
        ),
        TE.map((model) => [model]),
      )
    : F.pipe(
        named,
        RA.traverse(TE.ApplicativePar)(({ spec, student }) =>
          student === undefined ? teacherTE(spec, teacher) : studentTE(spec, student),
        ),
      );

/**
 * Loads what one `--model` names, as scoring would.
 * @param teacher file or folder in which to look for versions first.
 * @returns left as {@link loadModelsTE}.
 */
export const loadModelTE = (
  text: string,
  teacher?: string,
): TE.TaskEither<TinyVmafError, ReadyModel> =>
  F.pipe(
    nameModelsTE([text]),
    TE.flatMap((named) => loadModelsTE(named, teacher)),
    TE.flatMap(([model]) =>
      model === undefined
        ? TE.left<TinyVmafError>({ _tag: 'Internal', problem: 'a name gave no model' })
        : TE.right(model),
    ),
  );

/** {@link loadModelTE} as a Promise; rejects with `TinyVmafException`. */
export const loadModel = (text: string, teacher?: string): Promise<ReadyModel> =>
  toPromise(loadModelTE(text, teacher));

const teacherTE = (
  spec: ModelSpec,
  teacher: string | undefined,
): TE.TaskEither<TinyVmafError, ReadyModel> =>
  F.pipe(
    loadModelSpecTE(spec, teacher === undefined ? {} : { teacher }),
    TE.map(readyTeacher),
    TE.orElse((error) =>
      error._tag === 'ModelNotFound' && knownModel(error.name) === undefined
        ? withStudents(error)
        : TE.left(error),
    ),
  );

/** A name that nothing has may have been meant for a student. */
const withStudents = (
  error: Extract<TinyVmafError, { _tag: 'ModelNotFound' }>,
): TE.TaskEither<TinyVmafError, never> =>
  F.pipe(
    studentsModule(),
    TE.flatMap(({ studentNames }) =>
      TE.left({ ...error, remedy: `${error.remedy} Students are ${studentNames().join(', ')}.` }),
    ),
  );

const labelOf = ({ source }: ModelSpec): string =>
  'version' in source ? source.version : source.path;

const readyTeacher = ({ spec, model, warnings }: LoadedModel): ReadyModel => ({
  model: {
    name: spec.name,
    label: labelOf(spec),
    model,
    enableTransform: spec.enableTransform,
    disableClip: spec.disableClip,
  },
  warnings: warnings.map((message) => ({ code: 'model-file', message })),
});

const studentTE = (
  spec: ModelSpec,
  place: StudentPlace,
): TE.TaskEither<TinyVmafError, ReadyModel> =>
  F.pipe(
    studentsModule(),
    TE.flatMap(({ loadPlaceTE }) => loadPlaceTE(place)),
    TE.map((loaded) => ({
      model: {
        ...readyStudent(spec.name, place.kind === 'registered' ? place.id : labelOf(spec), loaded),
        enableTransform: spec.enableTransform,
        disableClip: spec.disableClip,
        overloads: spec.overloads,
      },
      warnings: [],
    })),
  );

const readyStudent = (name: string, label: string, loaded: LoadedStudent): ScoreModel => ({
  name,
  label,
  student: loaded.student,
  origin: loaded.origin,
});

const standInTE: TE.TaskEither<TinyVmafError, ReadyModel> = F.pipe(
  studentsModule(),
  TE.flatMapEither(({ standInFor }) => standInFor(DEFAULT_VERSION)),
  TE.map((found) => ({
    model: readyStudent(found.name, found.name, found),
    warnings: [found.warning],
  })),
);
