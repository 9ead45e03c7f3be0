import { describe, expect, it } from 'vitest';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import {
  openVideo,
  rawChunks,
  writeRaw,
  writeY4m,
  y4mChunks,
  type Frame,
} from '../../src/index.js';
import { y4mHeader } from '../../src/write/chunks.js';
import { SMALL, blobOf, errorOf, framesOf, joined, latin1, textures } from '../support.js';

const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return joined(...parts);
};

const odd = { width: 17, height: 9, bitDepth: 12, chroma: '420' } as const;

describe('writing', () => {
  it('gives back the bytes that were read', async () => {
    const file = rawFile(textures(3, odd));
    const source = await openVideo(blobOf(file), { raw: odd });
    expect(await collect(rawChunks(source.format, source.frames()))).toEqual(file);
  });

  it('writes a Y4M that reads the same', async () => {
    const source = await openVideo(blobOf(y4mFile(textures(3, odd))));
    const options = { frameRate: { numerator: 24000, denominator: 1001 }, fullRange: true };
    const bytes = await collect(y4mChunks(source.format, source.frames(), options));
    const again = await openVideo(blobOf(bytes));
    expect(again.format).toEqual(source.format);
    expect(again.info).toMatchObject(options);
    expect(await framesOf(again)).toEqual(await framesOf(source));
  });

  it('names every format in the header', () => {
    const tag = (bitDepth: 8 | 10 | 12 | 16, chroma: '400' | '420' | '422' | '444') =>
      y4mHeader({ ...SMALL, bitDepth, chroma });
    expect(tag(8, '420')).toBe('YUV4MPEG2 W96 H64 F0:0 Ip A0:0 C420\n');
    expect(tag(10, '422')).toContain(' C422p10\n');
    expect(tag(16, '444')).toContain(' C444p16\n');
    expect(tag(8, '400')).toContain(' Cmono\n');
    expect(tag(12, '400')).toContain(' Cmono12\n');
  });

  it('drops row padding and fills missing chroma with mid-grey', async () => {
    const luma = { data: Uint8Array.of(1, 2, 99, 3, 4, 99), width: 2, height: 2, stride: 3 };
    const format = { width: 2, height: 2, bitDepth: 8, chroma: '420' } as const;
    const bytes = await collect(rawChunks(format, [{ index: 0, luma, chroma: [] }]));
    expect([...bytes]).toEqual([1, 2, 3, 4, 128, 128]);
  });

  it('refuses frames of another format and rates that are none', async () => {
    const luma = { data: new Uint8Array(4), width: 2, height: 2, stride: 2 };
    const frame: Frame = { index: 7, luma, chroma: [] };
    for (const format of [SMALL, { width: 2, height: 2, bitDepth: 10, chroma: '400' } as const]) {
      expect(await errorOf(() => collect(rawChunks(format, [frame])))).toMatchObject({
        _tag: 'BadArgument',
        argument: 'frames',
      });
    }
    const rate = { frameRate: { numerator: 25, denominator: 0 } };
    expect(await errorOf(() => collect(y4mChunks(SMALL, [], rate)))).toMatchObject({
      _tag: 'BadArgument',
    });
  });

  it('writes to web streams with back-pressure and passes failures on', async () => {
    const parts: Uint8Array[] = [];
    const sink = new WritableStream<Uint8Array>({ write: (chunk) => void parts.push(chunk) });
    const source = await openVideo(blobOf(rawFile(textures(2))), { raw: SMALL });
    await writeY4m(source.format, source.frames(), sink);
    expect(joined(...parts)).toEqual(
      joined(latin1(y4mHeader(SMALL)), y4mFile(textures(2), '420', '')),
    );
    const full = new WritableStream<Uint8Array>({
      write: () => Promise.reject(new Error('no room')),
    });
    expect(await errorOf(() => writeRaw(SMALL, source.frames(), full))).toMatchObject({
      _tag: 'Io',
      operation: 'write',
      problem: 'no room',
    });
    let aborted: unknown;
    const open = new WritableStream<Uint8Array>({ abort: (reason) => void (aborted = reason) });
    const cut = await openVideo(blobOf(y4mFile(textures(2)).subarray(0, 12000)));
    expect((await errorOf(() => writeRaw(SMALL, cut.frames(), open)))._tag).toBe('TruncatedFrame');
    expect(aborted).toBeDefined();
  });
});
