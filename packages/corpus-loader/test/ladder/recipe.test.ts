import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { describe, expect, test } from 'vitest';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { has, SHARED, WORKSPACE } from '@tinyvmaf/testkit';
import {
  BUILT_IN_RECIPES,
  changeRecipe,
  decodeRecipe,
  DEFAULT_RECIPE,
  readRecipe,
  readRecipeTE,
  RUNG_SETS,
  RUNGS,
} from '../../src/ladder/index.js';
import { scratch } from '../support/ladder.js';

const problemOf = (value: unknown): string => {
  const result = decodeRecipe(value, 'r.json');
  return E.isLeft(result) ? errorMessage(result.left) : 'it is right';
};

describe('recipes', () => {
  test('what is not said has its default; rungs by set, by name, spelt out', () => {
    expect(unwrap(decodeRecipe({ rungs: 'default' }, 'r'))).toEqual(DEFAULT_RECIPE);
    const own = { name: 'mine', codec: 'vp9', height: '1/2', kbps: 300 };
    const { rungs, size } = unwrap(
      decodeRecipe({ rungs: ['h264-full-16', own], size: '640x360' }, 'r'),
    );
    expect(rungs).toEqual([{ name: 'h264-full-16', codec: 'x264', height: '1/1', crf: 16 }, own]);
    expect(size).toEqual({ width: 640, height: 360 });
    expect(
      unwrap(decodeRecipe({ rungs: [{ ...own, height: '2' + '/' + '3' }] }, 'r')).rungs[0]?.height,
    ).toBe('2/3');
  });

  test('the built-in ones are recipes', () => {
    for (const recipe of Object.values(BUILT_IN_RECIPES)) {
      expect(unwrap(decodeRecipe(JSON.parse(JSON.stringify(recipe)), 'r'))).toEqual(recipe);
    }
  });

  const rung = { name: 'a', codec: 'x264', height: '1/1', crf: 20 };
  test.each([
    ['no object', 5, /expected an object, got 5/],
    ['no rungs', {}, /rungs: expected .*, got nothing/],
    ['an unknown set', { rungs: 'huge' }, /no set "huge"; there are smoke, quick, default, all/],
    [
      'an unknown rung',
      { rungs: ['h264-full-99'] },
      /no rung "h264-full-99"; there are h264-full-16/,
    ],
    ['an empty list', { rungs: [] }, /must be 1 to 99, got 0/],
    [
      'a misspelt field',
      { rungs: 'quick', frame: 5 },
      /r.json, frame: is no field of a recipe; there are .*frames/,
    ],
    ['an unknown codec', { rungs: [{ ...rung, codec: 'xvid' }] }, /rungs.*codec/],
    [
      'crf out of range',
      { rungs: [{ ...rung, crf: 52 }] },
      /rungs, a: crf of x264 must be 0 to 51, got 52/,
    ],
    ['both qualities', { rungs: [{ ...rung, kbps: 5 }] }, /rungs, a: needs one of crf and kbps/],
    [
      'neither quality',
      { rungs: [{ name: 'a', codec: 'x264', height: 2 }] },
      /needs one of crf and kbps/,
    ],
    [
      'a height above the reference',
      { rungs: [{ ...rung, height: '3/2' }] },
      /a fraction of the reference/,
    ],
    ['a hostile name', { rungs: [{ ...rung, name: '../x' }] }, /a name of letters/],
    ['a name twice', { rungs: [rung, rung] }, /a is there twice/],
    ['odd sides', { rungs: 'quick', size: '641x360' }, /even sides/],
    [
      'odd sides as numbers',
      { rungs: 'quick', size: { width: 641, height: 360 } },
      /must be even, got 641x360/,
    ],
    ['no frames', { rungs: 'quick', frames: 0 }, /frames: expected an integer 1 to/],
    ['10 bits of MPEG-2', { rungs: ['mpeg2-full-4'], bitDepth: 10 }, /mpeg2 has no 10 bits/],
    [
      'a newer version',
      { rungs: 'quick', format: 'tinyvmaf-ladder-recipe/2' },
      /format: expected "tinyvmaf-ladder-recipe\/1"/,
    ],
  ])('%s is refused', (_title, value, message) => {
    expect(problemOf(value)).toMatch(message);
  });

  test('flags change fields, and are checked like them', () => {
    const changed = unwrap(
      changeRecipe(DEFAULT_RECIPE, { frames: 5, size: 'source', codecs: ['vp9', 'av1'] }),
    );
    expect(changed).toMatchObject({ frames: 5, size: 'source' });
    expect(changed.rungs.map(({ name }) => name)).toEqual(['vp9-full-34', 'av1-full-56']);
    expect(unwrap(changeRecipe(DEFAULT_RECIPE, { rungs: 'smoke' })).rungs).toHaveLength(4);
    expect(changeRecipe(DEFAULT_RECIPE, { codecs: ['h264'] })).toMatchObject({
      left: { _tag: 'BadArgument', value: 'h264' },
    });
    expect(changeRecipe(DEFAULT_RECIPE, { codecs: ['mpeg2'] })).toMatchObject({
      left: { place: 'rungs' },
    });
    expect(changeRecipe(DEFAULT_RECIPE, { labelOrder: 'best' })).toMatchObject({
      left: { place: 'labelOrder' },
    });
  });

  test('by name or from a file', async () => {
    expect(await readRecipe('smoke')).toBe(BUILT_IN_RECIPES['smoke']);
    const file = join(scratch(), 'r.json');
    writeFileSync(file, '{"rungs": "quick", "frames": 7}');
    expect(await readRecipe(file)).toMatchObject({ frames: 7 });
    writeFileSync(file, '{"rungs": ');
    expect(await readRecipeTE(file)()).toMatchObject({
      left: { _tag: 'TableFormat', place: 'recipe' },
    });
    for (const name of ['nosuch', 'constructor', '__proto__']) {
      expect(await readRecipeTE(name)()).toMatchObject({
        left: { _tag: 'Io', problem: expect.stringContaining('smoke, quick, default, all') },
      });
    }
  });
});

test('the page about ladders shows a recipe, with the defaults', () => {
  const page = readFileSync(join(WORKSPACE, 'docs/ladders.md'), 'utf8');
  const [, json = ''] = /```json\n([^]*?)```/u.exec(page) ?? [];
  const { rungs, ...rest } = unwrap(decodeRecipe(JSON.parse(json), 'docs/ladders.md'));
  const { rungs: _rungs, ...defaults } = DEFAULT_RECIPE;
  expect(rungs).toHaveLength(4);
  expect(rest).toEqual(defaults);
  for (const name of Object.keys(BUILT_IN_RECIPES)) expect(page).toContain(`| \`${name}\``);
});

describe.skipIf(!has('shared'))('the built-in rungs and sets', () => {
  test('are those of the Python builder', () => {
    const text = readFileSync(join(SHARED, 'corpus/build-ladder.py'), 'utf8');
    const rows = [
      ...text.matchAll(/^ {4}"([\w-]+)": \("(\w+)", Fraction\((\d+)(?:, (\d+))?\), (\d+)\)/gmu),
    ];
    expect(rows).toHaveLength(24);
    expect(RUNGS.filter(({ codec }) => codec !== 'mpeg2')).toEqual(
      rows.map(([, name, codec, top, bottom = '1', crf]) => ({
        name,
        codec,
        height: `${top}/${bottom}`,
        crf: Number(crf),
      })),
    );
    const sets = /^SETS = \{(.*?)^\}/msu.exec(text)![1]!;
    for (const name of ['smoke', 'quick', 'default']) {
      const list = new RegExp(`"${name}": \\[(.*?)\\]`, 'su').exec(sets)![1]!;
      expect(RUNG_SETS[name]).toEqual([...list.matchAll(/"([\w-]+)"/gu)].map(([, rung]) => rung));
    }
    expect(RUNG_SETS['all']).toEqual(rows.map(([, name]) => name!).sort());
    const preferred = /SMOKE_SOURCES = (\[.*?\])/u.exec(text)![1]!;
    expect(BUILT_IN_RECIPES['smoke']?.sources?.prefer).toEqual(JSON.parse(preferred));
  });
});
