// Cases A2, A3 (1, 2, 4, 5) and A5 of the public bug reports, as far as
// reading is concerned; inputs made by our own code.
import { describe, expect, it } from 'vitest';
import { errorMessage, frameBytes, type VideoFormat } from '@tinyvmaf/core';
import { rawFile } from '@tinyvmaf/testkit';
import { openVideoTE } from '../../src/index.js';
import { swapPairs, frameBuffer } from '../../src/frames/buffer.js';
import {
  SMALL,
  blobOf,
  errorOf,
  framesOf,
  inPieces,
  leftOf,
  rightOf,
  textures,
} from '../support.js';

describe('raw video', () => {
  for (const bitDepth of [8, 10, 12, 16] as const) {
    for (const chroma of ['400', '420', '422', '444'] as const) {
      it(`reads ${bitDepth}-bit ${chroma} of odd size (A2)`, async () => {
        const format: VideoFormat = { width: 97, height: 63, bitDepth, chroma };
        const lumas = textures(3, format);
        const file = rawFile(lumas, chroma);
        expect(file.length).toBe(3 * frameBytes(format));
        const source = await rightOf(openVideoTE(blobOf(file), { raw: format }));
        expect(source.frameCount).toBe(3);
        const frames = await framesOf(source);
        expect(frames.map(({ index }) => index)).toEqual([0, 1, 2]);
        frames.forEach((frame, i) => {
          expect(frame.luma).toMatchObject({ width: 97, height: 63, stride: 97 });
          expect(frame.luma.data).toEqual(lumas[i]?.data);
          const sizes = {
            '400': [],
            '420': [
              [49, 32],
              [49, 32],
            ],
            '422': [
              [49, 63],
              [49, 63],
            ],
            '444': [
              [97, 63],
              [97, 63],
            ],
          };
          expect(frame.chroma.map((plane) => [plane.width, plane.height])).toEqual(sizes[chroma]);
          for (const plane of frame.chroma) {
            expect(new Set(plane.data)).toEqual(new Set([128 << (bitDepth - 8)]));
          }
        });
        const again = await framesOf(source);
        expect(again).toEqual(frames);
        expect(await source.randomAccess?.frame(1)).toEqual(frames[1]);
        expect(source.warnings()).toEqual([]);
      });
    }
  }

  it('swaps words on big-endian platforms', () => {
    const format: VideoFormat = { width: 2, height: 1, bitDepth: 10, chroma: '400' };
    const buffer = frameBuffer(format, 'x', false);
    buffer.bytes.set([1, 2, 3, 4]);
    buffer.settle();
    expect([...buffer.bytes]).toEqual([2, 1, 4, 3]);
    const odd = Uint8Array.of(1, 2, 3);
    swapPairs(odd);
    expect([...odd]).toEqual([2, 1, 3]);
  });

  const cut = rawFile(textures(5)).subarray(0, 30000);
  const truncated = {
    _tag: 'TruncatedFrame',
    frame: 3,
    neededBytes: 9216,
    presentBytes: 2352,
  };

  it('refuses a file cut inside a frame before anything is read (A5)', async () => {
    const error = await leftOf(openVideoTE(blobOf(cut), { raw: SMALL, name: 'bt.yuv' }));
    expect(error).toMatchObject({ ...truncated, source: 'bt.yuv' });
    expect(errorMessage(error)).toContain('30000 bytes');
  });

  it('meets the same cut in a stream after the whole frames', async () => {
    const source = await rightOf(openVideoTE(inPieces(cut, [5000, 20000]), { raw: SMALL }));
    expect(source.frameCount).toBeUndefined();
    const seen: number[] = [];
    const error = await errorOf(async () => {
      for await (const frame of source.frames()) seen.push(frame.index);
    });
    expect(error).toMatchObject(truncated);
    expect(seen).toEqual([0, 1, 2]);
  });

  it('reads the whole frames of a cut file on request, and says so', async () => {
    const source = await rightOf(openVideoTE(blobOf(cut), { raw: SMALL, limit: 3 }));
    expect(await framesOf(source)).toHaveLength(3);
    expect(source.warnings().map(({ code }) => code)).toEqual(['partial-frame']);
    expect(await leftOf(openVideoTE(blobOf(cut), { raw: SMALL, limit: 4 }))).toMatchObject(
      truncated,
    );
  });

  it('names bytes needed and present and geometries that fit (A3, 5)', async () => {
    const error = await leftOf(
      openVideoTE(blobOf(rawFile(textures(3))), { raw: { ...SMALL, bitDepth: 10 } }),
    );
    expect(error).toMatchObject({ frame: 1, neededBytes: 18432, presentBytes: 9216 });
    expect(errorMessage(error)).toMatch(/27648 bytes, 1\.5 frames .* 96x64 8-bit 4:2:0 \(3\)/);
  });

  it('says NoFrames for an empty file and an empty stream (A5)', async () => {
    const empty = new Uint8Array(0);
    const expected = { _tag: 'NoFrames', problem: 'is empty' };
    expect(await leftOf(openVideoTE(blobOf(empty), { raw: SMALL }))).toMatchObject(expected);
    expect(await leftOf(openVideoTE(blobOf(empty)))).toMatchObject(expected);
    const source = await rightOf(openVideoTE(inPieces(empty, []), { raw: SMALL }));
    expect(await errorOf(() => framesOf(source))).toMatchObject(expected);
  });

  it('does not take a container for samples, file or stream (A5, last)', async () => {
    const file = new Uint8Array(14400);
    file.set([0, 0, 0, 32, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d]);
    const raw: VideoFormat = { width: 40, height: 40, bitDepth: 8, chroma: '420' };
    const expected = { _tag: 'UnsupportedFormat', found: 'an MP4 file read as raw samples' };
    expect(await leftOf(openVideoTE(blobOf(file), { raw }))).toMatchObject(expected);
    // Also where the size fits no frame.
    expect(await leftOf(openVideoTE(blobOf(file), { raw: SMALL }))).toMatchObject(expected);
    const source = await rightOf(openVideoTE(inPieces(file, []), { raw }));
    expect(await errorOf(() => framesOf(source))).toMatchObject(expected);
  });

  it('warns of 10-bit words read as 8 bits, and only then (A3, 1, 2, 4)', async () => {
    const ten = rawFile(textures(3, { ...SMALL, bitDepth: 10 }));
    const codes = async (bitDepth: 8 | 10 | 16, bytes: Uint8Array): Promise<string[]> => {
      const source = await rightOf(openVideoTE(blobOf(bytes), { raw: { ...SMALL, bitDepth } }));
      await framesOf(source);
      return source.warnings().map(({ code }) => code);
    };
    expect(await codes(8, ten)).toEqual(['suspicious-depth']);
    expect(await codes(10, ten)).toEqual([]);
    expect(await codes(16, ten)).toEqual(['suspicious-depth']);
    const high = new Uint8Array(ten.length);
    const [from, to] = [new DataView(ten.buffer), new DataView(high.buffer)];
    for (let i = 0; i < ten.length; i += 2) to.setUint16(i, from.getUint16(i, true) << 6, true);
    expect(await codes(10, high)).toEqual(['suspicious-depth']);
    expect(await codes(8, high)).toEqual(['suspicious-depth']);
    expect(await codes(16, high)).toEqual([]);
  });

  it('refuses impossible sizes and indices', async () => {
    const bytes = blobOf(rawFile(textures(1)));
    for (const raw of [
      { ...SMALL, width: 0 },
      { ...SMALL, width: 1.5 },
      { ...SMALL, height: 16385 },
      { ...SMALL, width: NaN },
      { width: 16384, height: 16384, bitDepth: 8, chroma: '420' } as const,
    ]) {
      expect(await leftOf(openVideoTE(bytes, { raw }))).toMatchObject({ _tag: 'BadGeometry' });
    }
    const source = await rightOf(openVideoTE(bytes, { raw: SMALL }));
    for (const index of [-1, 1, 0.5, NaN]) {
      expect(await errorOf(async () => source.randomAccess?.frame(index))).toMatchObject({
        _tag: 'BadArgument',
      });
    }
  });

  it('stops between frames when aborted', async () => {
    const source = await rightOf(openVideoTE(blobOf(rawFile(textures(5))), { raw: SMALL }));
    const controller = new AbortController();
    let seen = 0;
    const error = await errorOf(async () => {
      for await (const frame of source.frames(controller.signal)) {
        seen += 1;
        if (frame.index === 1) controller.abort();
      }
    });
    expect(error._tag).toBe('Cancelled');
    expect(seen).toBe(2);
  });

  it('reads at most one frame ahead', async () => {
    let pulled = 0;
    async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
      for (let i = 0; i < 10; i++) {
        await Promise.resolve();
        pulled += 1;
        yield new Uint8Array(9216);
      }
    }
    const source = await rightOf(openVideoTE(counted(), { raw: SMALL }));
    for await (const frame of source.frames()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(pulled).toBeLessThanOrEqual(frame.index + 2);
      if (frame.index === 4) break;
    }
  });
});
