/**
 * Recipes by name or from a file, and with fields changed by flags.
 */
import { readFile } from 'node:fs/promises';
import { ioError, toPromise, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { CODEC_NAMES } from './codecs.js';
import { decodeRecipe, type Recipe } from './recipe.js';
import { BUILT_IN_RECIPES } from './sets.js';

/** What flags of a command say instead of the recipe. */
export interface RecipeChanges {
  /** Frames a clip has at most. */
  readonly frames?: number | 'all';
  /** `960x540`, or `source`. */
  readonly size?: string;
  /** Whether smaller sources are enlarged. */
  readonly upscale?: boolean;
  /** 8 or 10. */
  readonly bitDepth?: number;
  /** `best-low` or `best-high`. */
  readonly labelOrder?: string;
  /** Whether the bit streams stay. */
  readonly keepEncodes?: boolean;
  /** A set, or names of rungs. */
  readonly rungs?: string | readonly string[];
  /** Only rungs of these codecs stay. */
  readonly codecs?: readonly string[];
}

/**
 * A recipe with some fields changed. Left: TableFormat naming the field,
 * BadArgument for a codec that does not exist.
 */
export const changeRecipe = (
  recipe: Recipe,
  changes: RecipeChanges,
): E.Either<TinyVmafError, Recipe> => {
  const { codecs, ...fields } = changes;
  const unknown = codecs?.find((codec) => !(CODEC_NAMES as readonly string[]).includes(codec));
  if (unknown !== undefined) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'codecs',
      rule: `must be among ${CODEC_NAMES.join(', ')}`,
      value: unknown,
    });
  }
  return F.pipe(
    decodeRecipe({ ...recipe, ...fields }, 'recipe'),
    E.chain((changed) =>
      decodeRecipe(
        { ...changed, rungs: changed.rungs.filter(({ codec }) => codecs?.includes(codec) ?? true) },
        'recipe',
      ),
    ),
  );
};

/**
 * The recipe of a name (`smoke`, `quick`, `default`, `all`) or of a JSON file.
 * Left: Io, TableFormat; a name that is neither says which names there are.
 */
export const readRecipeTE = (nameOrFile: string): TE.TaskEither<TinyVmafError, Recipe> => {
  const builtIn = Object.hasOwn(BUILT_IN_RECIPES, nameOrFile)
    ? BUILT_IN_RECIPES[nameOrFile]
    : undefined;
  if (builtIn !== undefined) return TE.right(builtIn);
  return F.pipe(
    TE.tryCatch(
      () => readFile(nameOrFile, 'utf8'),
      (thrown) => ioError('read', nameOrFile, thrown),
    ),
    TE.mapLeft((error) =>
      error._tag === 'Io' && error.errno === 'ENOENT'
        ? {
            ...error,
            problem: `${error.problem}, nor a recipe of that name (${Object.keys(BUILT_IN_RECIPES).join(', ')})`,
          }
        : error,
    ),
    TE.chainEitherK((text) => parseRecipe(text, nameOrFile)),
  );
};

/** {@link readRecipeTE} as a Promise; rejects with `TinyVmafException`. */
export const readRecipe = (nameOrFile: string): Promise<Recipe> =>
  toPromise(readRecipeTE(nameOrFile));

const parseRecipe = (text: string, source: string): E.Either<TinyVmafError, Recipe> =>
  F.pipe(
    E.tryCatch(
      () => JSON.parse(text) as unknown,
      (thrown): TinyVmafError => ({
        _tag: 'TableFormat',
        source,
        place: 'recipe',
        problem: `is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      }),
    ),
    E.chain((value) => decodeRecipe(value, source)),
  );
