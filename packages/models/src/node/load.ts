/** Students from files, and what they weigh. */
import { toPromise, tryTask, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { createStudent, type Student, type StudentOptions } from '../student/student.js';
import { readModelFile } from './files.js';

/** How a student is loaded. */
export type LoadOptions = Pick<StudentOptions, 'checkProbe'>;

/**
 * A student from a file, run in plain TypeScript. Weights that the model keeps
 * in other files are read from its own folder only.
 * @returns `Io`, `ModelFormat`, or `PathOutsideRoot` for weights outside the folder.
 */
export const loadStudentTE = (
  path: string,
  options: LoadOptions = {},
): TE.TaskEither<TinyVmafError, Student> =>
  tryTask(async () => {
    const { bytes, external } = await readModelFile(path);
    return unwrap(
      createStudent(bytes, {
        ...options,
        source: path,
        external: (location) => external.get(location)?.bytes,
      }),
    );
  }, `Loading ${path}`);

/** {@link loadStudentTE} as a Promise; rejects with `TinyVmafException`. */
export const loadStudent = (path: string, options?: LoadOptions): Promise<Student> =>
  toPromise(loadStudentTE(path, options));

/** What a model weighs. */
export interface ModelWeight {
  /** All files together: what a size gate counts. */
  readonly bytes: number;
  /** Each file with its size, the model first. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/**
 * Bytes of a model with every file of weights that it needs.
 * @returns errors as `loadStudentTE`, but the model need not be a student.
 */
export const weighModelTE = (path: string): TE.TaskEither<TinyVmafError, ModelWeight> =>
  tryTask(async () => {
    const { path: absolute, bytes, external } = await readModelFile(path);
    const files = [
      { path: absolute, bytes: bytes.length },
      ...[...external.values()].map((file) => ({ path: file.path, bytes: file.bytes.length })),
    ];
    return { bytes: files.reduce((sum, file) => sum + file.bytes, 0), files };
  }, `Weighing ${path}`);

/** {@link weighModelTE} as a Promise; rejects with `TinyVmafException`. */
export const weighModel = (path: string): Promise<ModelWeight> => toPromise(weighModelTE(path));
