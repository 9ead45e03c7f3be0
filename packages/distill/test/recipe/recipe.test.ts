import { errorMessage } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import {
  decodeRecipe,
  loadRecipe,
  loadRecipeTE,
  parseRecipe,
  recipeNames,
  recipeText,
} from '../../src/index.js';
import { tiny } from '../teacher.js';

const messageOf = (value: unknown): string => {
  const result = decodeRecipe(value, 'r.json');
  return E.isLeft(result) ? errorMessage(result.left) : 'no error';
};

describe('recipes', () => {
  it('come back from their text', () => {
    expect(parseRecipe(recipeText(tiny), 'r.json')).toEqual(E.right(tiny));
  });

  it('of the package are whole', async () => {
    expect(await recipeNames()).toEqual(expect.arrayContaining(['a5', 'a5-4k', 'a5-nano']));
    for (const name of await recipeNames()) {
      expect((await loadRecipe(name)).id).toBe(name);
    }
  });

  it.each([
    [{ ...tiny, version: 2 }, 'r.json, version: is 2; this tinyvmaf reads version 1.'],
    [{ ...tiny, seed: -1 }, 'seed: expected a whole number 0 .. 4294967295, got -1'],
    [{ ...tiny, seed: 1.5 }, 'seed'],
    [{ ...tiny, id: '../x' }, 'id: expected an id of lower-case letters, digits and -'],
    [{ ...tiny, tier: 'huge' }, 'tier'],
    [{ ...tiny, data: { kind: 'corpus' } }, 'data'],
    [
      { ...tiny, data: { kind: 'synthetic', mixture: { chain: 'much' } } },
      'data.mixture.chain: expected a number 0 .. 1000000, got "much"',
    ],
    [null, 'the recipe'],
    ['x', 'the recipe'],
  ])('are refused with the place: %#', (value, words) => {
    expect(messageOf(value)).toContain(words);
  });

  it('are looked for by name and by file', async () => {
    const left = await loadRecipeTE('z9')();
    expect(E.isLeft(left) && errorMessage(left.left)).toMatch(
      /^recipe must be .*a5, a5-4k, a5-nano.* or a .json file; nothing else can be trained yet, got "z9"\.$/,
    );
    const missing = await loadRecipeTE('nowhere.json')();
    expect(E.isLeft(missing) && missing.left._tag).toBe('Io');
    expect(E.isLeft(parseRecipe('{', 'r.json'))).toBe(true);
  });
});
