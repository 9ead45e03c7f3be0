// The recipes of the package make the files of @tinyvmaf/models, byte for byte.
import { unwrap } from '@tinyvmaf/core';
import { modelBytes, registeredModels } from '@tinyvmaf/models';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { distill } from '../src/index.js';
import { folder } from './folder.js';
import { TEACHERS } from './teacher.js';

describe.skipIf(!has('shared'))('release', () => {
  it.each(registeredModels())('$id comes out again', async ({ id, sha256, recipe }) => {
    const {
      sha256: made,
      model,
      recipe: used,
    } = await distill({
      recipe: recipe.id,
      out: folder(),
      teacher: TEACHERS,
    });
    expect(used.seed).toBe(recipe.seed);
    expect(made).toBe(sha256);
    expect(model).toEqual(unwrap(modelBytes(id)));
  });
});
