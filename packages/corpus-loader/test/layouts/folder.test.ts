import { errorMessage, unwrap } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { matchPattern, parsePattern } from '../../src/layouts/pattern.js';
import { memoryTree } from './tree.js';

const read = async (names: readonly string[], pattern?: string): Promise<Corpus> =>
  unwrap(
    await discoverTreeTE(memoryTree(Object.fromEntries(names.map((name) => [name, 1000]))), {
      options: pattern === undefined ? {} : { pattern },
    })(),
  );

const pairs = (corpus: Corpus): Record<string, string[]> =>
  Object.fromEntries(
    corpus.sources.map(({ id, rungs }) => [id, rungs.map(({ file }) => file.path)]),
  );

const codes = (corpus: Corpus): string[] =>
  corpus.findings.map(({ code, path }) => `${code} ${path ?? ''}`);

describe('folders of video files', () => {
  it('pairs by the longest reference that a name begins with', async () => {
    const corpus = await read([
      'refs/city.mp4',
      'refs/city_night.mkv',
      'dists/city_crf20.mp4',
      'dists/city_night_crf20.mp4',
      'dists/city-low.webm',
      'dists/city.mp4',
      'dists/cityscape_1.mp4',
    ]);
    expect(pairs(corpus)).toEqual({
      city: ['dists/city-low.webm', 'dists/city.mp4', 'dists/city_crf20.mp4'],
      city_night: ['dists/city_night_crf20.mp4'],
    });
    expect(codes(corpus)).toEqual([
      'longest-name dists/city_night_crf20.mp4',
      'no-reference dists/cityscape_1.mp4',
    ]);
    expect(corpus.sources[0]?.rungs.map(({ metadata }) => metadata)).toEqual([
      { rung: 'low' },
      {},
      { rung: 'crf20' },
    ]);
  });

  it('takes a pattern, with numbers as numbers', async () => {
    const corpus = await read(
      ['a/refs/x.y.mp4', 'a/dists/av1-x.y-720p-1500.5k.mp4', 'a/dists/av1-x.y-720-1500k.mp4'],
      '{codec}-{source}-{height}p-{kbps}k.mp4',
    );
    expect(pairs(corpus)).toEqual({ 'a/x.y': ['a/dists/av1-x.y-720p-1500.5k.mp4'] });
    expect(corpus.sources[0]?.rungs[0]?.metadata).toEqual({
      codec: 'av1',
      height: 720,
      kbps: 1500.5,
    });
    expect(codes(corpus)).toEqual(['no-reference a/dists/av1-x.y-720-1500k.mp4']);
  });

  it('tells two references of one name, and keeps places apart', async () => {
    const corpus = await read([
      'refs/x.mp4',
      'refs/x.mkv',
      'dists/x_1.mp4',
      'b/refs/x.mp4',
      'b/dists/x_1.mp4',
    ]);
    expect(codes(corpus)).toEqual(['ambiguous-reference dists/x_1.mp4']);
    expect(pairs(corpus)).toEqual({
      'b/x': ['b/dists/x_1.mp4'],
      'refs/x.mkv': [],
      'refs/x.mp4': [],
    });
  });

  it('gets references named <fps>fps where the distorted names are no ladder', async () => {
    const corpus = await read(['ref/x_30fps.y4m', 'dis/x_30fps_a.mp4']);
    expect(pairs(corpus)).toEqual({ x_30fps: ['dis/x_30fps_a.mp4'] });
    expect(corpus.layouts).toEqual(['folder']);
  });

  it('tells video that nobody knows', async () => {
    const corpus = await read(['a.mp4', 'notes.txt', 'refs/x.mp4']);
    expect(codes(corpus)).toEqual(['unexplained a.mp4']);
  });
});

describe('patterns', () => {
  it.each([
    ['{rung}.mp4', /must hold \{source\}/],
    ['{source}{rung}.mp4', /text between/],
    ['{source}_{source}.mp4', /once at most/],
    ['{source}_{colour}.mp4', /\{source\}, \{rung\}/],
    ['{source}_{rung.mp4', /close every brace/],
    ['../{source}.mp4', /without folders/],
    ['', /must hold \{source\}/],
  ])('refuses %j', (text, message) => {
    const result = parsePattern(text);
    expect(E.isLeft(result) && errorMessage(result.left)).toMatch(message);
  });

  it('takes every character at its word', () => {
    const pattern = unwrap(parsePattern('.*({source})+[a]$'));
    expect(matchPattern(pattern, '.*(x)+[a]$', () => true)).toEqual([{ source: 'x' }]);
    expect(matchPattern(pattern, 'zz(x)+[a]$', () => true)).toEqual([]);
  });

  it('stays quick on names made to be slow', () => {
    const pattern = unwrap(parsePattern('{source}a{rung}a{codec}a{preset}a{crf}b'));
    const start = performance.now();
    expect(matchPattern(pattern, 'a'.repeat(255), () => true)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
