/** Recipes from files, and those that come with the package. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ioError,
  TinyVmafException,
  toPromise,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { parseRecipe, type Recipe } from './recipe.js';

/** Folder of the recipes of the package; as far from `src` as from `dist`. */
const FOLDER = fileURLToPath(new URL('../../recipes', import.meta.url));

const SUFFIX = '.json';

/** Ids of the recipes that come with the package, in order: those the shipped models are made with. */
export const recipeNames = async (): Promise<readonly string[]> =>
  (await readdir(FOLDER))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();

/**
 * A recipe by the name of one that comes with the package, or from a `.json` file.
 * @returns left `BadArgument` naming those there are; `TableFormat`, `Io`.
 */
export const loadRecipeTE = (name: string): TE.TaskEither<TinyVmafError, Recipe> =>
  tryTask(async () => {
    const names = await recipeNames();
    if (!names.includes(name) && !name.endsWith(SUFFIX)) {
      throw new TinyVmafException({
        _tag: 'BadArgument',
        argument: 'recipe',
        rule: `must be ${names.join(', ')} or a .json file; nothing else can be trained yet`,
        value: name,
      });
    }
    const path = names.includes(name) ? join(FOLDER, `${name}${SUFFIX}`) : name;
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (thrown) {
      throw new TinyVmafException(ioError('read', path, thrown));
    }
    return unwrap(parseRecipe(text, path));
  }, `Reading the recipe ${name}`);

/** {@link loadRecipeTE} as a Promise; rejects with `TinyVmafException`. */
export const loadRecipe = (name: string): Promise<Recipe> => toPromise(loadRecipeTE(name));
