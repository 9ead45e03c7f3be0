import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_RECIPES, readSourceFolder, readSourceFolderTE } from '../../src/ladder/index.js';
import { chooseSources } from '../../src/ladder/prepare.js';
import { scratch } from '../support/ladder.js';

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = scratch();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const listed = {
  file: 'a.mp4',
  width: 960,
  height: 540,
  fps: 29.97,
  excerpts: [{ id: 'A', start_frame: 3, frames: 9 }],
};

describe('a folder of sources', () => {
  test('every video in it, whole, in order of name; ids that clash get numbers', async () => {
    const folder = folderOf({
      'b.MOV': '',
      'a.mp4': '',
      'A.mkv': '',
      'notes.txt': '',
      '.hidden.mp4': '',
    });
    mkdirSync(join(folder, 'more'));
    expect(await readSourceFolder(folder)).toEqual([
      { id: 'A', file: 'A.mkv' },
      { id: 'a-2', file: 'a.mp4' },
      { id: 'b', file: 'b.MOV' },
    ]);
  });

  test('the excerpts of its SOURCES.json', async () => {
    const folder = folderOf({
      'SOURCES.json': JSON.stringify({ sources: [{ ...listed, tags: ['x'], licence: 'CC0' }] }),
      'b.mp4': '',
    });
    expect(await readSourceFolder(folder)).toEqual([
      {
        id: 'A',
        file: 'a.mp4',
        start: 3,
        frames: 9,
        width: 960,
        height: 540,
        frameRate: { numerator: 30000, denominator: 1001 },
        tags: ['x'],
      },
    ]);
  });

  test.each([
    ['no JSON', '{', 'the file'],
    ['no sources', '{}', 'sources'],
    ['a rate of 0', JSON.stringify({ sources: [{ ...listed, fps: 0 }] }), 'a.mp4, fps'],
    [
      'half a frame',
      JSON.stringify({
        sources: [{ ...listed, excerpts: [{ id: 'A', start_frame: 0, frames: 1.5 }] }],
      }),
      'A',
    ],
    [
      'a negative start',
      JSON.stringify({
        sources: [{ ...listed, excerpts: [{ id: 'A', start_frame: -1, frames: 1 }] }],
      }),
      'A',
    ],
  ])('a SOURCES.json with %s is refused', async (_title, text, place) => {
    const result = await readSourceFolderTE(folderOf({ 'SOURCES.json': text }))();
    expect(result).toMatchObject({ left: { _tag: 'TableFormat', place } });
  });

  test('nothing in it, or no folder', async () => {
    expect(await readSourceFolderTE(scratch())()).toMatchObject({ left: { _tag: 'CorpusLayout' } });
    expect(await readSourceFolderTE(join(scratch(), 'none'))()).toMatchObject({
      left: { _tag: 'Io', errno: 'ENOENT' },
    });
  });
});

describe('the choice of sources', () => {
  const specs = ['P', 'Q', 'FlowerMacro', 'R', 'S', 'T'].map((id) => ({ id, file: `${id}.mp4` }));
  const smoke = BUILT_IN_RECIPES['smoke']!;
  const ids = (only?: readonly string[], from = specs) =>
    chooseSources(from, smoke, only).map(({ id }) => id);

  test('those asked for, else those the recipe prefers, else the first few', () => {
    expect(ids(['T', 'P'])).toEqual(['P', 'T']);
    expect(ids()).toEqual(['FlowerMacro']);
    expect(
      ids(
        undefined,
        specs.filter(({ id }) => id !== 'FlowerMacro'),
      ),
    ).toEqual(['P', 'Q', 'R', 'S']);
    expect(() => ids(['Z'])).toThrow(/--only must name sources among P, Q/);
  });
});
