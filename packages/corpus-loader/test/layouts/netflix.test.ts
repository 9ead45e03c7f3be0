import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import type { LayoutOptions } from '../../src/layouts/layout.js';
import { HD_FRAME, memoryTree } from './tree.js';

const read = async (
  entries: Parameters<typeof memoryTree>[0],
  options: LayoutOptions = {},
): Promise<Corpus> =>
  unwrap(await discoverTreeTE(memoryTree(entries), { layout: 'netflix', options })());

/** `reference <- clips` of every source. */
const pairs = (corpus: Corpus): Record<string, string[]> =>
  Object.fromEntries(
    corpus.sources.map((source) => [
      `${source.id} ${source.reference?.path ?? '-'}`,
      source.rungs.map(({ file }) => file.path),
    ]),
  );

const codes = (corpus: Corpus): string[] =>
  corpus.findings.map(({ code, path }) => `${code} ${path ?? ''}`);

const SMALL = { width: 16, height: 16, bitDepth: 8, chroma: '420' } as const;
const FRAME = 384;

describe('the public data set', () => {
  it('pairs ref/ and dis/, and assumes its geometry with a note', async () => {
    const corpus = await read({
      'ref/OldTownCross_25fps.yuv': 4 * HD_FRAME,
      'dis/OldTownCross_90_1080_4300.yuv': 4 * HD_FRAME,
      'dis/OldTownCross_20_288_375.yuv': 4 * HD_FRAME,
    });
    expect(pairs(corpus)).toEqual({
      'OldTownCross ref/OldTownCross_25fps.yuv': [
        'dis/OldTownCross_20_288_375.yuv',
        'dis/OldTownCross_90_1080_4300.yuv',
      ],
    });
    expect(corpus.sources[0]?.rungs[0]).toMatchObject({
      clip: 'dis/OldTownCross_20_288_375.yuv',
      metadata: { quality: 20, height: 288, kbps: 375 },
      file: { format: { width: 1920, height: 1080, bitDepth: 8, chroma: '420' }, frames: 4 },
    });
    expect(corpus.sources[0]?.reference?.frameRate).toEqual({ numerator: 25, denominator: 1 });
    expect(codes(corpus)).toEqual(['geometry-assumed ref/OldTownCross_25fps.yuv']);
  });

  it('refuses the assumption where a size speaks against it', async () => {
    const corpus = await read({
      'ref/A_25fps.yuv': 4 * HD_FRAME,
      'dis/A_90_1080_4300.yuv': 4 * HD_FRAME,
      'dis/A_20_288_375.yuv': 3 * HD_FRAME,
    });
    expect(pairs(corpus)).toEqual({ 'A -': [] });
    expect(corpus.findings[0]).toMatchObject({ code: 'geometry-unknown', severity: 'error' });
    expect(corpus.findings[0]?.problem).toContain(String(3 * HD_FRAME));
  });
});

describe('flat ladders', () => {
  it('takes quality 0 as the reference, and names with underscores and digits', async () => {
    const corpus = await read(
      {
        'My_Film_2_0_1080_0.yuv': 2 * FRAME,
        'My_Film_2_50_540_900.yuv': 2 * FRAME,
        'My_Film_0_1080_0.yuv': 2 * FRAME,
        'My_Film_50_540_900.yuv': 2 * FRAME,
      },
      { geometry: SMALL },
    );
    expect(pairs(corpus)).toEqual({
      'My_Film My_Film_0_1080_0.yuv': ['My_Film_50_540_900.yuv'],
      'My_Film_2 My_Film_2_0_1080_0.yuv': ['My_Film_2_50_540_900.yuv'],
    });
    expect(corpus.findings).toEqual([]);
  });

  it('does not pair across folders', async () => {
    const corpus = await read(
      { 'a/X_25fps.yuv': FRAME, 'b/X_50_540_900.yuv': FRAME, 'X_10_1_1.yuv': FRAME },
      { geometry: SMALL },
    );
    expect(pairs(corpus)).toEqual({ 'a/X a/X_25fps.yuv': [] });
    expect(codes(corpus)).toEqual(['no-reference X_10_1_1.yuv', 'no-reference b/X_50_540_900.yuv']);
  });

  it('keeps the same name in two ladders apart, in one group', async () => {
    const corpus = await read(
      {
        'one/ref/X_25fps.yuv': FRAME,
        'one/dis/X_50_540_900.yuv': FRAME,
        'two/ref/X_25fps.yuv': FRAME,
        'two/dis/deep/X_50_540_900.yuv': FRAME,
      },
      { geometry: SMALL },
    );
    expect(pairs(corpus)).toEqual({
      'one/X one/ref/X_25fps.yuv': ['one/dis/X_50_540_900.yuv'],
      'two/X two/ref/X_25fps.yuv': ['two/dis/deep/X_50_540_900.yuv'],
    });
    expect(corpus.sources.map(({ group }) => group)).toEqual(['X', 'X']);
  });

  it('leaves out a clip with two possible references', async () => {
    const corpus = await read(
      { 'X_25fps.yuv': FRAME, 'X_0_1080_0.yuv': FRAME, 'X_50_540_900.yuv': FRAME },
      { geometry: SMALL },
    );
    expect(codes(corpus)).toEqual(['ambiguous-reference X_50_540_900.yuv']);
    expect(corpus.sources.flatMap(({ rungs }) => rungs)).toEqual([]);
  });

  it('tells cut files, lengths that differ and empty files, with both numbers', async () => {
    const corpus = await read(
      {
        'X_25fps.yuv': 3 * FRAME,
        'X_1_540_900.yuv': 3 * FRAME,
        'X_2_540_900.yuv': 3 * FRAME - 1,
        'X_3_540_900.yuv': 2 * FRAME,
        'X_4_540_900.yuv': 0,
      },
      { geometry: SMALL },
    );
    expect(pairs(corpus)).toEqual({ 'X X_25fps.yuv': ['X_1_540_900.yuv'] });
    expect(codes(corpus)).toEqual([
      'not-whole-frames X_2_540_900.yuv',
      'frame-count X_3_540_900.yuv',
      'empty-file X_4_540_900.yuv',
    ]);
    expect(corpus.findings[0]?.problem).toContain('1151 bytes');
    expect(corpus.findings[1]?.problem).toContain('has 2 frames, its reference X_25fps.yuv has 3');
  });

  it('groups a content with and without _8s', async () => {
    const corpus = await read(
      { 'water_netflix_60fps.yuv': FRAME, 'water_netflix_8s_60fps.yuv': FRAME },
      { geometry: SMALL },
    );
    expect(corpus.sources.map(({ id, group }) => [id, group])).toEqual([
      ['water_netflix', 'water_netflix'],
      ['water_netflix_8s', 'water_netflix'],
    ]);
  });
});
