import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { memoryTree } from './tree.js';

const FILES = { 'm/orig/roof.yuv': 768, 'm/enc/a.yuv': 768, 'm/enc/b.mp4': 50, 'm/x.mp4': 5 };
const HASH = 'AB'.repeat(32);
const SCALE = { min: 1, max: 5, direction: 'higher-is-better' };
const GEOMETRY = { width: 16, height: 16, bitDepth: 8, chroma: '420' };

const read = async (name: string, text: string): Promise<Corpus> =>
  unwrap(await discoverTreeTE(memoryTree({ ...FILES, [name]: text }))());

const problems = (corpus: Corpus): string[] =>
  corpus.findings.map(({ code, problem }) => `${code}: ${problem}`);

describe('tiny-corpus/1', () => {
  const document = (change: (value: Record<string, unknown>) => void = () => undefined): string => {
    const value = {
      format: 'tiny-corpus/1',
      geometry: GEOMETRY,
      dataset: 'lab',
      scale: SCALE,
      sources: [
        {
          source: 'Roof',
          group: 'roofs',
          reference: 'orig/roof.yuv',
          sha256: HASH,
          fps: 25,
          frames: 2,
          clips: [
            { file: './enc/a.yuv', clip: 'roof a', metadata: { crf: 20 } },
            { file: 'enc\\b.mp4', frames: 2, labels: [{ value: 4.5, ci: 0.1, votes: [4, 5] }] },
          ],
        },
        { source: 'Phone', reference: 'x.mp4', labels: [{ name: 'mos', value: 3 }] },
      ],
    };
    change(value);
    return JSON.stringify(value);
  };

  it('names pairs, geometry and labels', async () => {
    const corpus = await read('m/manifest.json', document());
    expect(problems(corpus)).toEqual([]);
    const [phone, roof] = corpus.sources;
    expect(phone).toMatchObject({ id: 'Phone', rungs: [], labels: [{ value: 3, dataset: 'lab' }] });
    expect(roof).toMatchObject({
      id: 'Roof',
      group: 'roofs',
      reference: {
        path: 'm/orig/roof.yuv',
        frames: 2,
        sha256: HASH.toLowerCase(),
        format: GEOMETRY,
      },
    });
    expect(roof?.rungs).toMatchObject([
      { clip: 'roof a', file: { path: 'm/enc/a.yuv', frames: 2 }, metadata: { crf: 20 } },
      {
        clip: 'm/enc/b.mp4',
        file: { path: 'm/enc/b.mp4', frames: 2 },
        labels: [{ name: 'mos', value: 4.5, scale: SCALE, ci: 0.1, votes: [4, 5] }],
      },
    ]);
    expect(roof?.rungs[1]?.file.format).toBeUndefined();
  });

  const sources = (value: Record<string, unknown>): Record<string, unknown>[] =>
    value['sources'] as Record<string, unknown>[];

  it.each([
    [
      'a misspelt member',
      (v: Record<string, unknown>) => (v['geometery'] = {}),
      /unknown member "geometery"/,
    ],
    [
      'a misspelt member of a clip',
      (v: Record<string, unknown>) =>
        ((sources(v)[0]?.['clips'] as object[])[0] = { file: 'a', crff: 1 }),
      /sources\.0\.clips\.0.*"crff"/,
    ],
    [
      'a label off its scale',
      (v: Record<string, unknown>) => (v['scale'] = { ...SCALE, max: 4 }),
      /4\.5 is outside the scale 1\.\.4/,
    ],
    ['a label without scale', (v: Record<string, unknown>) => delete v['scale'], /no scale/],
    [
      'a wrong direction',
      (v: Record<string, unknown>) => (v['scale'] = { ...SCALE, direction: 'up' }),
      /scale\.direction: expected/,
    ],
    [
      'a wrong depth',
      (v: Record<string, unknown>) => (v['geometry'] = { ...GEOMETRY, bitDepth: 9 }),
      /geometry\.bitDepth: expected 8 or 10/,
    ],
    [
      'a wrong hash',
      (v: Record<string, unknown>) => (sources(v)[0] = { source: 'x', sha256: 'abc' }),
      /64 hexadecimal digits, got "abc"/,
    ],
    ['a wrong rate', (v: Record<string, unknown>) => (v['fps'] = '25,5'), /frame rate/],
  ])('refuses %s', async (_name, change, message) => {
    const corpus = await read('m/manifest.json', document(change));
    expect(corpus.findings[0]?.code).toBe('bad-manifest');
    expect(corpus.findings[0]?.problem).toMatch(message);
  });

  it('keeps the first of two entries of one file, and joins groups of one reference', async () => {
    const corpus = await read(
      'm/manifest.json',
      document((value) => {
        value['sources'] = [
          { source: 'One', reference: 'orig/roof.yuv', clips: [{ file: 'enc/a.yuv' }] },
          { source: 'Two', reference: 'orig/roof.yuv', clips: [{ file: 'enc/a.yuv' }] },
        ];
      }),
    );
    expect(corpus.sources.map(({ id, group, rungs }) => [id, group, rungs.length])).toEqual([
      ['One', 'One', 1],
      ['Two', 'One', 0],
    ]);
    expect(corpus.findings.map(({ code }) => code)).toContain('named-twice');
  });
});

describe('manifest.csv', () => {
  const TABLE =
    'reference;distorted;source;width;height;fps;frames;mos;scale_min;scale_max;direction;crf\n' +
    'orig/roof.yuv;enc/a.yuv;Roof;16;16;30000/1001;2;4.5;1;5;higher-is-better;20\n' +
    'orig/roof.yuv;enc/b.mp4;Roof;16;16;30000/1001;2;;;;;\n' +
    ';x.mp4;Phone;;;;;3;1;5;higher-is-better;\n';

  it('names pairs, geometry and labels', async () => {
    const corpus = await read('m/manifest.csv', TABLE);
    expect(problems(corpus)).toEqual([]);
    expect(corpus.sources).toMatchObject([
      { id: 'Phone', rungs: [{ file: { path: 'm/x.mp4' }, labels: [{ value: 3 }] }] },
      {
        id: 'Roof',
        reference: { frames: 2, frameRate: { numerator: 30000, denominator: 1001 } },
        rungs: [
          { metadata: { crf: 20 }, labels: [{ value: 4.5, dataset: 'manifest', scale: SCALE }] },
          { metadata: {}, labels: [] },
        ],
      },
    ]);
  });

  it.each([
    ['distorted;mos\na;5', /no column reference/],
    ['reference;distorted;mos\na;b;5', /without its scale/],
    ['reference,distorted,width\na,b,16', /height, column|column height|column width|is empty/],
    [
      'reference,distorted,width,height,bit_depth\na,b,16,16,9',
      /bit_depth: must be 8, 10, 12 or 16/,
    ],
    ['reference,distorted,fps\na,b,fast', /line 2, column fps/],
    ['reference,distorted,sha256\na,b,xyz', /column sha256: is not 64/],
    ['reference,distorted\n,', /line 2, column reference: is empty/],
    ['reference,distorted,source\na,b,S\nc,d,S', /line 3, column reference: is another reference/],
    ['reference,distorted,frames\na,b,0', /whole number >= 1/],
  ])('refuses %j', async (text, message) => {
    const corpus = await read('m/manifest.csv', text);
    expect(corpus.findings[0]?.problem).toMatch(message);
  });
});
