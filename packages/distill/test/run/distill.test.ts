import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage } from '@tinyvmaf/core';
import { createStudent } from '@tinyvmaf/models';
import { openOnnxRuntime } from '@tinyvmaf/models/node';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import {
  distill,
  distillTE,
  drawPoints,
  RUN_FILES,
  type DistillOptions,
  type Progress,
} from '../../src/index.js';
import { folder } from '../folder.js';
import { stand, tiny } from '../teacher.js';

const SAME = Object.values(RUN_FILES).filter(
  // These hold CPU time.
  (name) => name !== RUN_FILES.timing && name !== RUN_FILES.checkpoint,
);

const messageOf = async (options: Partial<DistillOptions>): Promise<string> => {
  const result = await distillTE({ out: folder(), teacher: stand, ...options })();
  return E.isLeft(result) ? errorMessage(result.left) : 'no error';
};

describe('a run', () => {
  it('makes a folder with everything, twice the same', async () => {
    const steps: Progress[] = [];
    const [one, two] = [folder(), folder()];
    const result = await distill({
      recipe: tiny,
      out: one,
      teacher: stand,
      onProgress: (progress) => steps.push(progress),
    });
    await distill({ recipe: tiny, out: two, teacher: stand, checkpointEvery: 0 });
    expect(readdirSync(one).sort()).toEqual(Object.values(RUN_FILES).sort());
    for (const name of SAME) {
      expect(readFileSync(join(one, name), 'utf8'), name).toBe(
        readFileSync(join(two, name), 'utf8'),
      );
    }
    expect(steps.at(-1)?.stage).toBe('polish 2');
    expect(result.model.length).toBeLessThan(1000);
    expect(result.parameters).toBe(6 + 4 * 6 + 4 + 1);
    expect(result.evaluation.inside.rmse).toBeLessThan(1);
    expect(readFileSync(join(one, RUN_FILES.card), 'utf8')).toContain('## Limits');
    expect(readFileSync(join(one, RUN_FILES.log), 'utf8').split('\n')).toHaveLength(
      steps.length + 1,
    );

    // The file, by two runners.
    const student = createStudent(result.model);
    const rows = drawPoints(tiny.data.mixture, 500, 77, stand.anchors);
    const session = await openOnnxRuntime(join(one, RUN_FILES.model));
    expect(E.isRight(student) && student.right.score(rows)).toEqual(await session.score(rows));
    await session.release();
  });

  it('stops when told and goes on to the same bytes', async () => {
    const [whole, parts] = [folder(), folder()];
    const expected = await distill({ recipe: tiny, out: whole, teacher: stand });
    let left = 'no error';
    for (let stops = 0; stops < 40; stops++) {
      const controller = new AbortController();
      let steps = 0;
      const result = await distillTE({
        recipe: tiny,
        out: parts,
        teacher: stand,
        signal: controller.signal,
        onProgress: () => {
          if (++steps === 9) controller.abort();
        },
      })();
      if (E.isRight(result)) {
        expect(result.right.sha256).toBe(expected.sha256);
        break;
      }
      left = errorMessage(result.left);
    }
    expect(left).toBe('Distilling was cancelled.');
    for (const name of SAME) {
      expect(readFileSync(join(parts, name), 'utf8'), name).toBe(
        readFileSync(join(whole, name), 'utf8'),
      );
    }
  });

  it('depends on the seed', async () => {
    const one = await distill({ recipe: tiny, out: folder(), teacher: stand });
    const other = await distill({ recipe: tiny, out: folder(), teacher: stand, seed: 4 });
    expect(other.recipe.seed).toBe(4);
    expect(other.sha256).not.toBe(one.sha256);
  });
});

describe('what cannot be is said', () => {
  it('an architecture or target that is not there yet', async () => {
    expect(await messageOf({ arch: 'z9', target: 'b1' })).toMatch(
      /^arch must be one of .*a5, a5-4k, a5-nano.* where no recipe is given, got "z9"\.$/,
    );
    expect(await messageOf({ arch: 'a5', target: 'b9' })).toMatch(
      /^target must be b1 .*, got "b9"\.$/,
    );
    expect(await messageOf({})).toBe('arch or a recipe must be given.');
    expect(await messageOf({ recipe: tiny, arch: 'a2' })).toBe(
      'arch must be that of the recipe a5-test, a5, got "a2".',
    );
    expect(await messageOf({ recipe: { ...tiny, architecture: { id: 'a1', options: {} } } })).toBe(
      'arch must be a5 for the trainer rbf, got "a1".',
    );
    expect(
      await messageOf({ recipe: { ...tiny, architecture: { id: 'a5', options: { centres: 0 } } } }),
    ).toContain('centres');
  });

  it('a folder of something else', async () => {
    const out = folder();
    writeFileSync(join(out, 'thesis.txt'), 'x');
    expect(await messageOf({ recipe: tiny, out })).toContain('must be a new or empty folder');
    const run = folder();
    await distill({ recipe: tiny, out: run, teacher: stand });
    expect(await messageOf({ recipe: tiny, out: run, seed: 9 })).toContain('another recipe');
    expect(
      await messageOf({ recipe: tiny, out: run, teacher: { ...stand, sha256: '0'.repeat(64) } }),
    ).toContain('another file of the teacher');
    writeFileSync(join(run, RUN_FILES.checkpoint), '{"format":');
    expect(await messageOf({ recipe: tiny, out: run })).toContain(
      'remove it to start the run again',
    );
    writeFileSync(join(run, RUN_FILES.checkpoint), '{"format":"tinyvmaf-checkpoint","version":9}');
    expect(await messageOf({ recipe: tiny, out: run })).toContain('version');
  });

  it('a teacher that is not installed', async () => {
    const result = await distillTE({ recipe: { ...tiny, teacher: 'nonesuch' }, out: folder() })();
    expect(E.isLeft(result) && result.left._tag).toBe('ModelNotFound');
  });
});
