import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BitDepth, VideoFormat } from '@tinyvmaf/core';
import { flatLuma, lumaOf, rawFile, textureLuma, vectorPair, type Luma } from '@tinyvmaf/testkit';
import { openVideo } from '../../src/index.js';
import { blobOf, framesOf } from '../support.js';

/** Warnings for the luma planes' bytes read with another depth; 4:0:0. */
const warned = async (
  lumas: readonly Luma[],
  bitDepth: BitDepth,
  shift = 0,
): Promise<readonly string[]> => {
  const moved = lumas.map((luma) => ({ ...luma, data: luma.data.map((v) => v << shift) }));
  const bytes = rawFile(moved, '400');
  const { width = 1, height = 1 } = lumas[0] ?? {};
  const wide = bytes.length / lumas.length === 2 * width * height;
  const asBytes: VideoFormat = { width: width * (wide ? 2 : 1), height, bitDepth, chroma: '400' };
  const asWords: VideoFormat = { width: wide ? width : width / 2, height, bitDepth, chroma: '400' };
  const source = await openVideo(blobOf(bytes), { raw: bitDepth === 8 ? asBytes : asWords });
  await framesOf(source);
  return source.warnings().map(({ message }) => message.replace(/^.*?: /, ''));
};

const texture = (bitDepth: BitDepth, frames = 3): Luma[] =>
  Array.from({ length: frames }, (_, t) => textureLuma(96, 64, t, bitDepth, 1));

describe('suspicious depth', () => {
  it('is seen where words were taken for bytes', async () => {
    expect(await warned(texture(10), 8)).toEqual([expect.stringContaining('bit depth 10')]);
    expect(await warned(texture(12), 8)).toEqual([expect.stringContaining('bit depth 12')]);
    expect(await warned(texture(10), 8, 6)).toEqual([expect.stringContaining('multiple of 64')]);
    expect(await warned(texture(12), 8, 4)).toEqual([expect.stringContaining('multiple of 16')]);
  });

  it('is seen where fewer bits were taken for 16', async () => {
    expect(await warned(texture(10), 16)).toEqual([expect.stringContaining('10-bit')]);
    expect(await warned(texture(12), 16)).toEqual([expect.stringContaining('12-bit')]);
  });

  it('is seen where 8-bit pictures were taken for 16-bit ones', async () => {
    const smooth = (t: number): Luma =>
      lumaOf(128, 64, 8, (x, y) => Math.round(120 + 80 * Math.sin((x + t) / 20 + y / 15)));
    expect(await warned([smooth(0), smooth(1)], 16)).toEqual([
      expect.stringContaining('8-bit video'),
    ]);
  });

  it('is seen where samples sit in the high bits', async () => {
    expect(await warned(texture(10), 10, 6)).toEqual([expect.stringContaining('bit depth 16')]);
    expect(await warned(texture(12), 12, 4)).toEqual([expect.stringContaining('bit depth 16')]);
  });

  it('is seen although the clip starts black', async () => {
    const black = flatLuma(96, 64, 10, 64);
    expect(await warned([black, black, black, ...texture(10, 6)], 8)).toHaveLength(1);
  });

  it('is not seen in right declarations', async () => {
    for (const bitDepth of [8, 10, 12, 16] as const) {
      expect(await warned(texture(bitDepth), bitDepth)).toEqual([]);
      expect(await warned([flatLuma(96, 64, bitDepth, 0)], bitDepth)).toEqual([]);
      expect(await warned([flatLuma(96, 64, bitDepth, 2 ** bitDepth - 1)], bitDepth)).toEqual([]);
    }
    expect(await warned([vectorPair(0, 8).reference, vectorPair(0, 8).distorted], 8)).toEqual([]);
    // Moved up or doubled to 16 bits, as such files are made.
    expect(await warned(texture(10), 16, 6)).toEqual([]);
    expect(await warned(texture(12), 16, 4)).toEqual([]);
    const doubled = texture(8).map((luma): Luma => ({
      ...luma,
      bitDepth: 16,
      data: Uint16Array.from(luma.data, (v) => v * 257),
    }));
    expect(await warned(doubled, 16)).toEqual([]);
  });

  it('is not seen in stripes and checkerboards', async () => {
    for (const [a, b] of [
      [0, 255],
      [16, 235],
      [255, 1],
      [128, 2],
    ] as const) {
      expect(await warned([lumaOf(96, 64, 8, (x) => (x % 2 === 0 ? a : b))], 8)).toEqual([]);
      expect(await warned([lumaOf(96, 64, 8, (x, y) => ((x + y) % 2 === 0 ? a : b))], 8)).toEqual(
        [],
      );
    }
  });

  it('is not seen in pictures like natural ones, bright or dark', { timeout: 60000 }, async () => {
    const picture = fc.record({
      bitDepth: fc.constantFrom<BitDepth>(8, 10, 12, 16),
      // Mean and swing relative to full scale; dark ones down to black.
      mean: fc.double({ min: 0.07, max: 0.9, noNaN: true }),
      swing: fc.double({ min: 0, max: 0.5, noNaN: true }),
      noise: fc.double({ min: 0, max: 0.03, noNaN: true }),
      period: fc.integer({ min: 3, max: 200 }),
      seed: fc.integer({ min: 1, max: 2 ** 30 }),
    });
    await fc.assert(
      fc.asyncProperty(picture, async ({ bitDepth, mean, swing, noise, period, seed }) => {
        const top = 2 ** bitDepth - 1;
        let random = seed;
        const luma = lumaOf(65, 33, bitDepth, (x, y) => {
          random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
          const grain = noise * ((random >>> 8) / 2 ** 23 - 0.5);
          const wave = swing * Math.sin(x / period + y / (period + 1));
          return Math.min(top, Math.max(0, Math.round(top * (mean + wave + grain))));
        });
        expect(await warned([luma, luma], bitDepth)).toEqual([]);
      }),
      { seed: 20251, numRuns: 1500 },
    );
  });

  it('is not seen in dark 8-bit pictures', async () => {
    for (const top of [1, 2, 3, 8, 15, 16, 40]) {
      const luma = lumaOf(97, 64, 8, (x, y) => (x * 7 + y * 13 + ((x * y) >> 3)) % (top + 1));
      expect(await warned([luma, luma], 8)).toEqual([]);
    }
  });
});
