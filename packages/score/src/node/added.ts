/**
 * Students that were added to tinyvmaf's data folder: one file each under its
 * name, and beside it a note with its hash, so that a file that changed is
 * noticed before it scores.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  decodeWith,
  errnoOf,
  ioError,
  issuesText,
  TinyVmafException,
  toPromise,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { dataFolder, sha256Of, writeAtomic } from '@tinyvmaf/svm/node';
import type { taskEither as TE } from 'fp-ts';
import * as t from 'io-ts';

/** A student in the data folder. */
export interface AddedStudent {
  /** As in `--model NAME`. */
  readonly name: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** SHA-256 that the file had when it was added, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Bytes that it had. */
  readonly bytes: number;
}

/** Name and version of the note's format. */
const FORMAT = 'tinyvmaf-student';
const VERSION = 1;

const note = t.strict({
  format: t.literal(FORMAT),
  version: t.literal(VERSION),
  sha256: t.string,
  bytes: t.number,
});

/** Names that are the same on every file system and stand in logs. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Whether a text may be the name of an added student. */
export const isStudentName = (text: string): boolean => NAME.test(text) && !text.endsWith('.');

/** Folder of the added students inside a data folder. */
export const studentsFolder = (data: string = dataFolder()): string =>
  join(resolve(data), 'students');

const isAbsent = (thrown: unknown): boolean => {
  const errno = errnoOf(thrown);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
};

/**
 * The added student of a name.
 * @returns right `undefined` where there is none; left `TableFormat` for a note that cannot be
 * read, `Io`.
 */
export const findAddedTE = (
  name: string,
  folder: string = studentsFolder(),
): TE.TaskEither<TinyVmafError, AddedStudent | undefined> =>
  tryTask(async () => {
    if (!isStudentName(name)) return undefined;
    const source = join(folder, `${name}.json`);
    try {
      return readNote(await readFile(source, 'utf8'), source, name, folder);
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      throw new TinyVmafException(ioError('read', source, thrown));
    }
  }, `Looking for ${name}`);

/** {@link findAddedTE} as a Promise; rejects with `TinyVmafException`. */
export const findAdded = (name: string, folder?: string): Promise<AddedStudent | undefined> =>
  toPromise(findAddedTE(name, folder));

const readNote = (text: string, source: string, name: string, folder: string): AddedStudent => {
  const broken = (problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place: 'the note',
    problem,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TinyVmafException(broken('is not JSON'));
  }
  const { sha256, bytes } = unwrap(decodeWith(note, value, (issues) => broken(issuesText(issues))));
  return { name, path: join(folder, `${name}.onnx`), sha256, bytes };
};

/** Every added student, in order of the names. Left: `TableFormat`, `Io`. */
export const addedStudentsTE = (
  folder: string = studentsFolder(),
): TE.TaskEither<TinyVmafError, readonly AddedStudent[]> =>
  tryTask(async () => {
    let files: readonly string[];
    try {
      files = await readdir(folder);
    } catch (thrown) {
      if (isAbsent(thrown)) return [];
      throw new TinyVmafException(ioError('read', folder, thrown));
    }
    const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
    const found: AddedStudent[] = [];
    for (const name of names.sort()) {
      const student = await findAdded(name, folder);
      if (student !== undefined) found.push(student);
    }
    return found;
  }, 'Listing the students');

/** {@link addedStudentsTE} as a Promise; rejects with `TinyVmafException`. */
export const addedStudents = (folder?: string): Promise<readonly AddedStudent[]> =>
  toPromise(addedStudentsTE(folder));

/**
 * Puts the bytes of a student into the data folder. Whether they are a student
 * is the caller's to check.
 * @returns left `BadArgument` for a name that cannot be one or that another file has; `Io`.
 */
export const addStudentTE = (
  name: string,
  bytes: Uint8Array,
  folder: string = studentsFolder(),
): TE.TaskEither<TinyVmafError, AddedStudent> =>
  tryTask(async () => {
    const refuse = (rule: string): TinyVmafException =>
      new TinyVmafException({ _tag: 'BadArgument', argument: '--name', rule, value: name });
    if (!isStudentName(name)) {
      throw refuse('must be 1 to 64 lower-case letters, digits and . _ -, the first no sign');
    }
    const sha256 = sha256Of(bytes);
    const earlier = await findAdded(name, folder);
    if (earlier !== undefined && earlier.sha256 !== sha256) {
      throw refuse(`is that of another file, ${earlier.path}: give another, or remove it first`);
    }
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.onnx`);
    await writeAtomic(path, bytes);
    // Last: without it the file does not count.
    const text = JSON.stringify({ format: FORMAT, version: VERSION, sha256, bytes: bytes.length });
    await writeAtomic(join(folder, `${name}.json`), new TextEncoder().encode(`${text}\n`));
    return { name, path, sha256, bytes: bytes.length };
  }, `Adding ${name}`);

/** {@link addStudentTE} as a Promise; rejects with `TinyVmafException`. */
export const addStudent = (
  name: string,
  bytes: Uint8Array,
  folder?: string,
): Promise<AddedStudent> => toPromise(addStudentTE(name, bytes, folder));
