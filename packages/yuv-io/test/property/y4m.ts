// Properties of the Y4M reader, run by the fast and the long tests.
import fc from 'fast-check';
import { expect } from 'vitest';
import { TinyVmafException, frameBytes, type VideoFormat } from '@tinyvmaf/core';
import { openVideo, y4mChunks, type Frame } from '../../src/index.js';
import { blobOf, framesOf, inPieces, joined, latin1 } from '../support.js';

export const formats: fc.Arbitrary<VideoFormat> = fc.record({
  width: fc.integer({ min: 1, max: 9 }),
  height: fc.integer({ min: 1, max: 9 }),
  bitDepth: fc.constantFrom(8, 10, 12, 16),
  chroma: fc.constantFrom('400', '420', '422', '444'),
});

/** Whole frames of random samples as raw bytes. */
export const video = formats.chain((format) =>
  fc.record({
    format: fc.constant(format),
    frames: fc.array(
      fc.uint8Array({ minLength: frameBytes(format), maxLength: frameBytes(format) }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

/** Places to split at, as parts of the whole; ascending. */
export const splits = fc
  .array(fc.nat({ max: 1000 }), { maxLength: 12 })
  .map((parts) => parts.sort((a, b) => a - b));

export const endsOf = (parts: readonly number[], length: number): number[] =>
  parts.map((part) => Math.floor((part / 1000) * length));

/** Frames, or the error's tag and the frames before it; anything else is a failure. */
export const outcome = async (
  open: () => Promise<Awaited<ReturnType<typeof openVideo>>>,
): Promise<{ readonly frames: Frame[]; readonly error: unknown }> => {
  const frames: Frame[] = [];
  try {
    const source = await open();
    try {
      for await (const frame of source.frames()) {
        frames.push({
          ...frame,
          luma: { ...frame.luma, data: frame.luma.data.slice() },
          chroma: frame.chroma.map((plane) => ({ ...plane, data: plane.data.slice() })),
        });
      }
    } finally {
      await source.close();
    }
    return { frames, error: undefined };
  } catch (thrown) {
    if (!(thrown instanceof TinyVmafException)) throw thrown;
    expect(thrown.error._tag).not.toBe('Internal');
    expect(thrown.message.length).toBeLessThan(2000);
    return { frames, error: thrown.error };
  }
};

/** Writer, then reader in any pieces, gives the same frames; so does a second round. */
export const roundTrip = fc.asyncProperty(video, splits, async ({ format, frames }, parts) => {
  const raw = joined(...frames);
  const source = await openVideo(blobOf(raw), { raw: format });
  const original = await framesOf(source);
  const chunks: Uint8Array[] = [];
  for await (const chunk of y4mChunks(format, source.frames())) chunks.push(chunk);
  const bytes = joined(...chunks);
  const { frames: read, error } = await outcome(() =>
    openVideo(inPieces(bytes, endsOf(parts, bytes.length))),
  );
  expect(error).toBeUndefined();
  expect(read).toEqual(original);
});

const tag = fc.oneof(
  fc.constantFrom('W4', 'H4', 'W8', 'H2', 'F25:1', 'F0:0', 'Ip', 'I?', 'It', 'A1:1', 'A0:0'),
  fc.constantFrom('C420', 'C420jpeg', 'C422', 'C444', 'C444alpha', 'Cmono', 'Cmono10', 'C420p10'),
  fc.constantFrom('C411', 'C420p9', 'W0', 'H-1', 'W1e9', 'W16385', 'W999999999999', 'F1', 'A', ''),
  fc.constantFrom('XCOLORRANGE=FULL', 'XYSCSS=420JPEG', 'X', '\r', '\t', 'W', 'C', 'I', 'F'),
  fc.string({ maxLength: 12, unit: 'binary-ascii' }),
);

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('FRAME\n', 'FRAME Ip X\n', 'FRAME') },
  { weight: 1, arbitrary: fc.constantFrom('FRAME\r\n', 'FRAMES\n', 'frame\n', '\n', ' ') },
  {
    weight: 6,
    arbitrary: fc.constantFrom(4, 16, 24, 32, 48, 64).map((n) => 'a'.repeat(n)),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary-ascii' }) },
);

/** Streams that look like Y4M more or less. */
const hostile = fc
  .record({
    magic: fc.oneof(
      { weight: 12, arbitrary: fc.constant('YUV4MPEG2') },
      { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
    ),
    base: fc.constantFrom(['W4', 'H4'], ['W4', 'H4', 'C420'], ['W4', 'H4', 'Cmono'], []),
    tags: fc.array(tag, { maxLength: 5 }),
    end: fc.oneof({ weight: 8, arbitrary: fc.constant('\n') }, fc.constant('')),
    body: fc.array(piece, { maxLength: 8 }),
  })
  .map(({ magic, base, tags, end, body }) =>
    latin1([magic, ...base, ...tags].join(' ') + end + body.join('')),
  );

/** Whatever comes in: frames or a typed error, the same from a file and from a stream in any pieces. */
export const anyBytes = fc.asyncProperty(hostile, splits, async (bytes, parts) => {
  const whole = await outcome(() => openVideo(blobOf(bytes), { name: 'x' }));
  const pieces = await outcome(() =>
    openVideo(inPieces(bytes, endsOf(parts, bytes.length)), { name: 'x' }),
  );
  const tagOf = (error: unknown): unknown => (error as { _tag?: string } | undefined)?._tag;
  expect(tagOf(pieces.error)).toBe(tagOf(whole.error));
  // A file may be refused before its first frame where a stream finds out later.
  if (whole.error === undefined) expect(pieces.frames).toEqual(whole.frames);
});

/** A whole stream cut or with one byte changed never gives an exception outside the union, nor more frames. */
export const damaged = fc.asyncProperty(
  video,
  fc.nat({ max: 1000 }),
  fc.nat({ max: 255 }),
  fc.boolean(),
  async ({ format, frames }, where, value, cut) => {
    const chunks: Uint8Array[] = [];
    const source = await openVideo(blobOf(joined(...frames)), { raw: format });
    for await (const chunk of y4mChunks(format, source.frames())) chunks.push(chunk);
    const bytes = joined(...chunks);
    const place = Math.floor((where / 1000) * bytes.length);
    const changed = cut ? bytes.subarray(0, place) : bytes;
    if (!cut && place < bytes.length) changed[place] = value;
    const { frames: read, error } = await outcome(() => openVideo(blobOf(changed)));
    if (cut && place < bytes.length) {
      // Only a cut between two frames can go unnoticed.
      expect(error !== undefined || read.length < frames.length).toBe(true);
      read.forEach((frame, i) => {
        expect(frame.index).toBe(i);
      });
    }
  },
);
