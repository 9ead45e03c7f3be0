// The smoke set beside the one that the Python builder makes, file by file.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { has, SHARED } from '@tinyvmaf/testkit';
import { unwrap } from '@tinyvmaf/core';
import { BUILT_IN_RECIPES, changeRecipe } from '../../src/ladder/index.js';
import { build, filesOf, scratch } from '../support/ladder.js';

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) console.log('skipped: python3 not installed');

interface Sources {
  readonly sources: readonly {
    readonly width: number;
    readonly height: number;
    readonly pix_fmt: string;
    readonly excerpts: readonly { readonly id: string }[];
  }[];
}

const manifest = (out: string): unknown =>
  JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));

const visible = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(filesOf(out)).filter(([path]) => path.endsWith('.yuv') && !path.startsWith('.')),
  );

describe.skipIf(!python || !has('shared', 'ffmpeg'))('beside the Python builder', () => {
  const folder = join(SHARED, 'corpus/sources');
  const byPython = (...args: readonly string[]): string => {
    const out = join(scratch(), 'python');
    const { status, stderr } = spawnSync(
      'python3',
      [join(SHARED, 'corpus/build-ladder.py'), '--out', out, ...args],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return out;
  };

  test('the smoke set is the same, byte for byte, and the manifest as data', async () => {
    const expected = byPython('--smoke');
    const out = join(scratch(), 'ours');
    await build({ folder, recipe: BUILT_IN_RECIPES['smoke']!, out });
    expect(visible(out)).toEqual(visible(expected));
    expect(manifest(out)).toEqual(manifest(expected));
  });

  test('all its rungs on sources of other shapes, rates and depths', async () => {
    const { sources } = JSON.parse(readFileSync(join(folder, 'SOURCES.json'), 'utf8')) as Sources;
    const odd = sources.filter(
      ({ width, height, pix_fmt: format }) =>
        height > width || format !== 'yuv420p' || height < 324,
    );
    const ids = odd.slice(0, 4).flatMap(({ excerpts }) => excerpts.slice(0, 1).map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(1);
    const expected = byPython(
      '--only',
      ids.join(','),
      '--rungs',
      'all',
      '--frames',
      '4',
      '--size',
      '640x360',
      '--label-order',
      'best-high',
    );
    const out = join(scratch(), 'ours');
    const recipe = unwrap(
      changeRecipe(BUILT_IN_RECIPES['all']!, {
        frames: 4,
        size: '640x360',
        labelOrder: 'best-high',
      }),
    );
    await build({ folder, recipe, out, only: ids });
    expect(visible(out)).toEqual(visible(expected));
    expect(manifest(out)).toEqual(manifest(expected));
  });
});
