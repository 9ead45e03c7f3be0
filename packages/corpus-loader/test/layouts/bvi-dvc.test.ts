import { unwrap } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { memoryTree } from './tree.js';

describe('BVI-DVC', () => {
  it('reads tiers, geometry, rate and depth from names, one group a content', async () => {
    const frame = (480 * 272 * 3 * 2) / 2;
    const corpus = unwrap(
      await discoverTreeTE(
        memoryTree({
          'ABasketballGoalScoredS1Videvo_3840x2176_25fps_10bit_420.mp4': 10,
          'd/DBasketballGoalScoredS1Videvo_480x272_25fps_10bit_420.yuv': 64 * frame,
          'd/DBookcaseBVITexture_480x272_120fps_10bit_420.yuv': 64 * frame - 2,
          'BBookcaseBVITexture_1920x1080_120fps_10bit_420.mkv': 10,
          'EBookcaseBVITexture_480x272_120fps_10bit_420.yuv': frame,
        }),
      )(),
    );
    expect(corpus.layouts).toEqual(['bvi-dvc']);
    expect(corpus.sources.map(({ id, group, metadata }) => [id, group, metadata['tier']])).toEqual([
      ['ABasketballGoalScoredS1Videvo', 'BasketballGoalScoredS1Videvo', 'A'],
      ['BBookcaseBVITexture', 'BookcaseBVITexture', 'B'],
      ['DBasketballGoalScoredS1Videvo', 'BasketballGoalScoredS1Videvo', 'D'],
    ]);
    expect(corpus.sources[2]?.reference).toEqual({
      path: 'd/DBasketballGoalScoredS1Videvo_480x272_25fps_10bit_420.yuv',
      bytes: 64 * frame,
      frames: 64,
      format: { width: 480, height: 272, bitDepth: 10, chroma: '420' },
      frameRate: { numerator: 25, denominator: 1 },
    });
    expect(corpus.findings.map(({ code, path }) => `${code} ${path ?? ''}`)).toEqual([
      'odd-size BBookcaseBVITexture_1920x1080_120fps_10bit_420.mkv',
      'not-whole-frames d/DBookcaseBVITexture_480x272_120fps_10bit_420.yuv',
      'unexplained EBookcaseBVITexture_480x272_120fps_10bit_420.yuv',
    ]);
  });
});
