/**
 * Recipes: all that decides the bytes of a trained model, as one JSON file.
 * The same recipe with the same teacher gives the same bytes on every machine.
 */
import { decodeWith, issuesText, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import type { SamplerName } from '../sample/index.js';
import { within, wholeWithin } from './numbers.js';

/** Name of the format. */
export const RECIPE_FORMAT = 'tinyvmaf-recipe';
/** Version of the format; another one is refused. */
export const RECIPE_VERSION = 1;

const share = within(0, 1e6);

const mixture = t.exact(
  t.partial({
    chain: share,
    mix: share,
    box: share,
    corner: share,
    identity: share,
    far: share,
    cut: share,
  } satisfies Record<SamplerName, t.Mixed>),
);

/** An id: lower case, digits, `-`, and one `/` for those of others. */
const id = new t.Type<string, string, unknown>(
  'an id of lower-case letters, digits and -',
  (value): value is string => typeof value === 'string' && ID.test(value),
  (value, context) =>
    typeof value === 'string' && ID.test(value) ? t.success(value) : t.failure(value, context),
  t.identity,
);
const ID = /^[a-z0-9][a-z0-9-]{0,63}(\/[a-z0-9][a-z0-9-]{0,63})?$/;

/** Codec of recipes. Options of architecture and trainer are decoded by these. */
export const recipeCodec = t.strict({
  format: t.literal(RECIPE_FORMAT),
  version: t.literal(RECIPE_VERSION),
  /** Its name, and that of the model. */
  id,
  /** A line for people. */
  title: t.string,
  architecture: t.strict({ id, options: t.UnknownRecord }),
  /** What is learned: `b1`, the teacher's scores. */
  target: t.string,
  /** Version name of the teacher: `vmaf_v0.6.1`. */
  teacher: t.string,
  /** Seed of every random number. */
  seed: wholeWithin(0, 2 ** 32 - 1),
  /** Where points come from: samplers, with their shares. */
  data: t.strict({ kind: t.literal('synthetic'), mixture }),
  trainer: t.strict({ id, options: t.UnknownRecord }),
  /** Size class of the model. */
  tier: t.keyof({ nano: null, tiny: null, small: null }),
});

/** A recipe. */
export type Recipe = t.TypeOf<typeof recipeCodec>;

/**
 * A recipe from decoded JSON.
 * @param source what messages call it.
 * @returns left `TableFormat` naming the place.
 */
export const decodeRecipe = (value: unknown, source: string): E.Either<TinyVmafError, Recipe> => {
  const problem = versionProblem(value);
  if (problem !== undefined) {
    return E.left({ _tag: 'TableFormat', source, place: 'version', problem });
  }
  return decodeWith(recipeCodec, value, (issues) => ({
    _tag: 'TableFormat',
    source,
    place: issues[0]?.path === '' ? 'the recipe' : (issues[0]?.path ?? 'the recipe'),
    problem: issuesText(issues),
  }));
};

const versionProblem = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  const { version } = value;
  return typeof version === 'number' && version !== RECIPE_VERSION
    ? `is ${version}; this tinyvmaf reads version ${RECIPE_VERSION}`
    : undefined;
};

/** A recipe from the text of its file. Left: `TableFormat`. */
export const parseRecipe = (text: string, source: string): E.Either<TinyVmafError, Recipe> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return E.left({
      _tag: 'TableFormat',
      source,
      place: 'the recipe',
      problem: 'is not JSON',
      cause,
    });
  }
  return decodeRecipe(value, source);
};

/** Text of a recipe's file: keys in the order of the codec, two spaces, a line end. */
export const recipeText = (recipe: Recipe): string => `${JSON.stringify(recipe, null, 2)}\n`;
