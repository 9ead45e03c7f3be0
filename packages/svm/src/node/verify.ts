/**
 * The state of the known models on this machine, for `tinyvmaf teacher verify`,
 * `models` and `doctor`.
 */
import { either as E, type taskEither as TE } from 'fp-ts';
import { toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { KNOWN_MODELS, type KnownModel } from '../known/index.js';
import { locateModelTE, type FindOptions, type Place } from './locate.js';

/** Where a known model stands. */
export type TeacherState =
  /** Found, with the published content. */
  | { readonly state: 'ok'; readonly path: string; readonly place: Place }
  /** A file is there, with another content. */
  | { readonly state: 'differs'; readonly path: string; readonly sha256: string }
  /** A file is there and cannot be read. */
  | { readonly state: 'unreadable'; readonly error: TinyVmafError }
  | { readonly state: 'missing' };

/** A known model and its state. */
export type TeacherStatus = TeacherState & { readonly model: KnownModel };

/** States of all known models, in the order of `KNOWN_MODELS`. Never a left by itself. */
export const verifyTeacherTE = (
  options: FindOptions = {},
): TE.TaskEither<TinyVmafError, readonly TeacherStatus[]> =>
  tryTask(async () => {
    const states: TeacherStatus[] = [];
    for (const model of KNOWN_MODELS) states.push({ model, ...(await stateOf(model, options)) });
    return states;
  }, 'Looking at the models');

/** Promise form of {@link verifyTeacherTE}. */
export const verifyTeacher = (options: FindOptions = {}): Promise<readonly TeacherStatus[]> =>
  toPromise(verifyTeacherTE(options));

const stateOf = async (model: KnownModel, options: FindOptions): Promise<TeacherState> => {
  const found = await locateModelTE(model.version, options)();
  if (E.isRight(found)) {
    const { path, place, sha256 } = found.right;
    return sha256 === model.sha256
      ? { state: 'ok', path, place }
      : { state: 'differs', path, sha256 };
  }
  const error = found.left;
  switch (error._tag) {
    case 'HashMismatch':
      return { state: 'differs', path: error.source, sha256: error.actual };
    case 'ModelNotFound':
      return { state: 'missing' };
    default:
      return { state: 'unreadable', error };
  }
};
