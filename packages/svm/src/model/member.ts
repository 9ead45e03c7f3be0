/**
 * One regression from the `model_dict` of a file: lengths that must agree,
 * ranges that must make sense, the libsvm text inside.
 */
import { either as E, function as F } from 'fp-ts';
import type { TinyVmafError } from '@tinyvmaf/core';
import { parseLibsvm } from '../libsvm/libsvm.js';
import type { ModelDict, ScoreTransformDict } from './codec.js';
import type { Flaw } from './inputs.js';
import type { ClipRange, Knot, LinearScaling, ModelMember, ScoreTransform } from './model.js';

/** Where a member stands in its file, for messages. */
export interface Place {
  readonly source: string;
  /** `model_dict` or `3.model_dict`. */
  readonly path: string;
}

/** The error for a flaw below a place. */
export const flawError =
  (place: Place) =>
  (flaw: Flaw): TinyVmafError => ({
    _tag: 'ModelFormat',
    source: place.source,
    path: `${place.path}.${flaw.path}`,
    problem: flaw.problem,
  });

/** The regression in a decoded `model_dict`. */
export const readMember = (
  dict: ModelDict,
  place: Place,
  maxVectors: number,
): E.Either<TinyVmafError, ModelMember> =>
  F.pipe(
    E.Do,
    E.bind('scaling', () => readScaling(dict)),
    E.bind('transform', () => readTransform(dict.score_transform ?? undefined)),
    E.bind('clip', () => readClip(dict.score_clip ?? undefined)),
    E.mapLeft(flawError(place)),
    E.bind('svm', () =>
      parseLibsvm(dict.model, {
        source: place.source,
        path: `${place.path}.model`,
        width: dict.feature_names.length,
        maxVectors,
      }),
    ),
    E.map(({ scaling, transform, clip, svm }) => ({
      svm,
      ...(scaling === undefined ? {} : { scaling }),
      ...(transform === undefined ? {} : { transform }),
      ...(clip === undefined ? {} : { clip }),
    })),
  );

const readScaling = (dict: ModelDict): E.Either<Flaw, LinearScaling | undefined> => {
  const wanted = dict.feature_names.length + 1;
  const linear = dict.norm_type === 'linear_rescale';
  for (const name of ['slopes', 'intercepts'] as const) {
    const numbers = dict[name];
    if (numbers === undefined && !linear) continue;
    if (numbers?.length !== wanted) {
      const problem = `has ${numbers?.length ?? 'no'} numbers, the score and ${wanted - 1} features need ${wanted}`;
      return E.left({ path: name, problem });
    }
  }
  if (!linear) return E.right(undefined);
  if (dict.slopes?.[0] === 0) return E.left({ path: 'slopes.0', problem: 'must not be 0' });
  return E.right({
    slopes: Float64Array.from(dict.slopes ?? []),
    intercepts: Float64Array.from(dict.intercepts ?? []),
  });
};

const readClip = (
  range: readonly [number, number] | undefined,
): E.Either<Flaw, ClipRange | undefined> => {
  if (range === undefined) return E.right(undefined);
  const [min, max] = range;
  return min <= max
    ? E.right({ min, max })
    : E.left({ path: 'score_clip', problem: `has its minimum ${min} above its maximum ${max}` });
};

const readTransform = (
  dict: ScoreTransformDict | undefined,
): E.Either<Flaw, ScoreTransform | undefined> => {
  if (dict === undefined) return E.right(undefined);
  const { p0, p1, p2 } = dict;
  const knots = dict.knots?.map(([x, y]): Knot => ({ x, y }));
  const problem = knots === undefined ? undefined : knotsProblem(knots);
  if (problem !== undefined) return E.left({ path: 'score_transform.knots', problem });
  return E.right({
    enabled: dict.enabled ?? false,
    ...(typeof p0 === 'number' ? { p0 } : {}),
    ...(typeof p1 === 'number' ? { p1 } : {}),
    ...(typeof p2 === 'number' ? { p2 } : {}),
    ...(knots === undefined ? {} : { knots }),
    outLteIn: dict.out_lte_in === 'true',
    outGteIn: dict.out_gte_in === 'true',
  });
};

const knotsProblem = (knots: readonly Knot[]): string | undefined => {
  if (knots.length < 2) return `has ${knots.length} knots, needs at least 2`;
  for (const [i, { x, y }] of knots.entries()) {
    const previous = knots[i - 1];
    if (previous === undefined) continue;
    if (x <= previous.x) return `x must ascend, got ${x} after ${previous.x}`;
    if (y < previous.y) return `y must not descend, got ${y} after ${previous.y}`;
  }
  return undefined;
};
