import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.js';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { memoryTree } from './tree.js';

const read = async (entries: Parameters<typeof memoryTree>[0]): Promise<Corpus> =>
  unwrap(await discoverTreeTE(memoryTree(entries))());

const HASH = 'ab'.repeat(32);
const FRAME = 384;

const ladder = (change: (source: Record<string, unknown>) => void = () => undefined): string => {
  const source = {
    source: 'Roof_1',
    ref: 'ref/Roof_1_30fps.yuv',
    file: 'roof.mp4',
    start_frame: 3,
    width: 16,
    height: 16,
    fps: '30000/1001',
    frames: 2,
    pix_fmt: 'yuv420p',
    sha256: HASH,
    tags: ['a', 'b'],
    clips: [
      {
        dis: 'dis/Roof_1_05_16_10.yuv',
        sha256: HASH.replaceAll('a', 'c'),
        rung: 'h264-full-24',
        codec: 'x264',
        crf: 24,
        encode_width: 16,
        encode_height: 8,
        kbps: 10,
        psnr_y: 40.5,
        label: 5,
      },
    ],
  };
  change(source);
  return JSON.stringify({ format: 'tiny-ladder/1', sources: [source] });
};

const FILES = {
  'l/ref/Roof_1_30fps.yuv': 2 * FRAME,
  'l/dis/Roof_1_05_16_10.yuv': 2 * FRAME,
};

describe('tiny-ladder/1', () => {
  it('gives geometry, rate, frames, hashes and what the builder knows', async () => {
    const corpus = await read({ ...FILES, 'l/manifest.json': ladder() });
    expect(corpus.findings).toEqual([]);
    expect(corpus.layouts).toEqual(['manifest']);
    expect(corpus.sources).toEqual([
      {
        id: 'Roof_1',
        group: 'Roof_1',
        reference: {
          path: 'l/ref/Roof_1_30fps.yuv',
          bytes: 768,
          format: { width: 16, height: 16, bitDepth: 8, chroma: '420' },
          frameRate: { numerator: 30000, denominator: 1001 },
          frames: 2,
          sha256: HASH,
        },
        rungs: [
          {
            clip: 'l/dis/Roof_1_05_16_10.yuv',
            file: expect.objectContaining({ frames: 2, bytes: 768 }) as unknown,
            metadata: {
              rung: 'h264-full-24',
              codec: 'x264',
              crf: 24,
              encode_width: 16,
              height: 8,
              kbps: 10,
              psnr_y: 40.5,
              quality: 5,
            },
            labels: [],
          },
        ],
        metadata: { file: 'roof.mp4', start_frame: 3, tags: 'a b' },
        labels: [],
      },
    ]);
  });

  it('tells a wrong size with both numbers, and what is missing', async () => {
    const cut = await read({
      ...FILES,
      'l/dis/Roof_1_05_16_10.yuv': 700,
      'l/manifest.json': ladder(),
    });
    expect(cut.findings).toMatchObject([
      { code: 'wrong-size', path: 'l/dis/Roof_1_05_16_10.yuv', severity: 'error' },
    ]);
    expect(cut.findings[0]?.problem).toMatch(/700 bytes.*768/);
    const gone = await read({
      'l/dis/Roof_1_05_16_10.yuv': 768,
      'l/manifest.json': ladder(),
    });
    expect(gone.findings.map(({ code }) => code)).toEqual([
      'missing-file',
      'no-reference',
      'nothing-found',
    ]);
  });

  it.each(['../../up.yuv', '/etc/passwd', 'C:\\x.yuv', '', 'a/../../../b.yuv'])(
    'never follows %j out of the root',
    async (path) => {
      const corpus = await read({
        ...FILES,
        'l/manifest.json': ladder((source) => (source['ref'] = path)),
      });
      expect(corpus.sources.flatMap(({ rungs }) => rungs)).toEqual([]);
      expect(corpus.findings[0]?.severity).toBe('error');
    },
  );

  it.each([
    ['{', /not JSON/],
    ['{"format":"tiny-ladder/2","sources":[]}', /tiny-ladder\/2.*tiny-ladder\/1/],
    ['{"sources":[]}', /no "format"/],
    [ladder((source) => delete source['width']), /sources\.0\.width: expected/],
    [ladder((source) => (source['frames'] = 1.5)), /whole number >= 1, got 1\.5/],
    [ladder((source) => (source['pix_fmt'] = 'nv12')), /planar samples/],
  ])('refuses %s', async (text, message) => {
    const corpus = await read({ 'manifest.json': text });
    expect(corpus.findings[0]).toMatchObject({ code: 'bad-manifest', path: 'manifest.json' });
    expect(corpus.findings[0]?.problem).toMatch(message);
  });
});
