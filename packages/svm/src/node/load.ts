/**
 * From a `--model` to a model in memory: found, read, parsed, with its
 * overloads applied.
 */
import { resolve } from 'node:path';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { fromThrown, toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { knownModel, knownNames } from '../known/index.js';
import { parseModel, type Model } from '../model/index.js';
import { applyOverloads, type ModelSpec } from '../spec/index.js';
import { readBounded, textOf } from './files.js';
import { located, locateModelTE, type FindOptions, type LocatedModel } from './locate.js';

/** A model ready for `createPredictor`, and where it came from. */
export interface LoadedModel extends Omit<LocatedModel, 'bytes'> {
  /** What was asked for. */
  readonly spec: ModelSpec;
  /** With the overloads of the spec. */
  readonly model: Model;
}

/**
 * Loads the model of a spec.
 * @returns left `ModelNotFound`, `ModelFormat`, `HashMismatch`, `Io`, or `BadArgument` for an
 * overload that the model cannot take. Never another model.
 */
export const loadModelSpecTE = (
  spec: ModelSpec,
  options: FindOptions = {},
): TE.TaskEither<TinyVmafError, LoadedModel> =>
  F.pipe(
    'path' in spec.source
      ? readFileTE(spec.source.path)
      : F.pipe(
          TE.fromEither(refuseUnsupported(spec.source.version)),
          TE.chain((version) => locateModelTE(version, options)),
        ),
    TE.bindTo('file'),
    TE.bind('text', ({ file }) =>
      TE.fromEither(
        E.tryCatch(
          () => textOf(file.bytes, file.path),
          (thrown) => fromThrown(thrown),
        ),
      ),
    ),
    TE.bind('model', ({ file, text }) =>
      TE.fromEither(
        F.pipe(
          parseModel(text, file.path),
          E.chain((model) => applyOverloads(model, spec.overloads)),
        ),
      ),
    ),
    TE.map(({ file: { bytes: _, ...file }, model }) => ({ ...file, spec, model })),
  );

/** Promise form of {@link loadModelSpecTE}. */
export const loadModelSpec = (spec: ModelSpec, options: FindOptions = {}): Promise<LoadedModel> =>
  toPromise(loadModelSpecTE(spec, options));

const readFileTE = (path: string): TE.TaskEither<TinyVmafError, LocatedModel> =>
  tryTask(async () => {
    const full = resolve(path);
    return located(full, 'path', await readBounded(full));
  }, 'Reading the model');

const refuseUnsupported = (version: string): E.Either<TinyVmafError, string> => {
  const known = knownModel(version);
  if (known === undefined || known.supported) return E.right(version);
  return E.left({
    _tag: 'ModelFormat',
    source: version,
    path: 'feature_names',
    problem: `needs features that tinyvmaf does not compute for models: ${known.missing.join(', ')}. Use one of ${knownNames('integer')}`,
  });
};
