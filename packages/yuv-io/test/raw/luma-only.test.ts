// Streams of raw video for readers that look at luma alone: the same pictures
// without chroma, and no cut that goes unnoticed.
import { describe, expect, it } from 'vitest';
import { frameBytes, unwrap, type VideoFormat } from '@tinyvmaf/core';
import { rawFile } from '@tinyvmaf/testkit';
import { frameRange, openVideoTE, type FrameSource } from '../../src/index.js';
import { openRaw } from '../../src/raw/source.js';
import type { ByteInput } from '../../src/bytes/input.js';
import { blobInput } from '../../src/bytes/input.js';
import { SMALL, blobOf, errorOf, inPieces, keep, rightOf, textures } from '../support.js';

const lumaFrames = async (source: FrameSource) => {
  const frames = [];
  for await (const frame of source.frames(undefined, 'luma')) frames.push(keep(frame));
  return frames;
};

describe('luma alone', () => {
  for (const bitDepth of [8, 10] as const) {
    for (const chroma of ['400', '420', '444'] as const) {
      it(`is that of ${bitDepth}-bit ${chroma} video`, async () => {
        const format: VideoFormat = { width: 97, height: 63, bitDepth, chroma };
        const lumas = textures(5, format);
        const source = await rightOf(openVideoTE(blobOf(rawFile(lumas, chroma)), { raw: format }));
        const expected = lumas.map(({ data }) => data);
        const frames = await lumaFrames(source);
        expect(frames.map(({ luma }) => luma.data)).toEqual(expected);
        expect(frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
        expect(frames.every((frame) => frame.chroma.length === 0)).toBe(true);
        const part = await lumaFrames(unwrap(frameRange(source, { skip: 1, limit: 3 })));
        expect(part.map(({ luma }) => luma.data)).toEqual(expected.slice(1, 4));
        expect(part.map(({ index }) => index)).toEqual([0, 1, 2]);
      });
    }
  }

  it('comes with chroma from what cannot jump', async () => {
    const bytes = rawFile(textures(3));
    const source = await rightOf(openVideoTE(inPieces(bytes, [1000]), { raw: SMALL }));
    const frames = await lumaFrames(source);
    expect(frames.map(({ chroma }) => chroma.length)).toEqual([2, 2, 2]);
    expect(frames.map(({ luma }) => luma.data)).toEqual(textures(3).map(({ data }) => data));
  });

  const size = frameBytes(SMALL);
  it.each([
    ['in the chroma of a frame', 3 * size - 1, 2, size - 1],
    ['in the luma of a frame', 2 * size + 9, 2, 9],
    ['before the chroma of a frame', 2 * size + 96 * 64, 2, 96 * 64],
  ])('tells a cut %s', async (_name, end, frame, presentBytes) => {
    const bytes = rawFile(textures(4));
    // It was whole when it was opened.
    const whole = blobInput(blobOf(bytes), 'clip');
    const cut: ByteInput = {
      ...blobInput(blobOf(bytes.subarray(0, end)), 'clip'),
      ...sizeOf(whole),
    };
    const source = await rightOf(openRaw(cut, SMALL));
    expect(await errorOf(() => lumaFrames(source))).toMatchObject({
      _tag: 'TruncatedFrame',
      source: 'clip',
      frame,
      presentBytes,
      neededBytes: size,
    });
  });
});

const sizeOf = ({ size }: ByteInput) => (size === undefined ? {} : { size });
