// Properties of the raw reader, run by the fast and the long tests.
import fc from 'fast-check';
import { expect } from 'vitest';
import { frameBytes } from '@tinyvmaf/core';
import { fittingGeometries, openVideo, sniff } from '../../src/index.js';
import { blobOf, framesOf, inPieces, joined } from '../support.js';
import { endsOf, formats, outcome, splits, video } from './y4m.js';

/** Any split of the bytes gives the frames of the whole file, and their samples are the file's. */
export const chunking = fc.asyncProperty(video, splits, async ({ format, frames }, parts) => {
  const bytes = joined(...frames);
  fc.pre(sniff(bytes) === undefined);
  const source = await openVideo(blobOf(bytes), { raw: format });
  const whole = await framesOf(source);
  const wide = format.bitDepth === 8 ? 1 : 2;
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const frame of whole) {
    for (const plane of [frame.luma, ...frame.chroma]) {
      expect(plane.data.length).toBe(plane.width * plane.height);
      plane.data.forEach((sample) => {
        const wanted = wide === 1 ? view.getUint8(at) : view.getUint16(at, true);
        if (sample !== wanted) expect(sample).toBe(wanted);
        at += wide;
      });
    }
  }
  expect(at).toBe(bytes.length);
  const pieces = await outcome(() =>
    openVideo(inPieces(bytes, endsOf(parts, bytes.length)), { raw: format }),
  );
  expect(pieces).toEqual({ frames: whole, error: undefined });
});

/** Any number of bytes under any geometry: whole frames, or a truncation with the right numbers. */
export const anySize = fc.asyncProperty(
  formats,
  fc.nat({ max: 400 }),
  splits,
  async (format, length, parts) => {
    const bytes = new Uint8Array(length).fill(99);
    const needed = frameBytes(format);
    const count = Math.floor(length / needed);
    const wanted =
      length === 0
        ? { _tag: 'NoFrames' }
        : length % needed === 0
          ? undefined
          : {
              _tag: 'TruncatedFrame',
              frame: count,
              neededBytes: needed,
              presentBytes: length % needed,
            };
    const check = (error: unknown): void => {
      if (wanted === undefined) expect(error).toBeUndefined();
      else expect(error).toMatchObject(wanted);
    };
    const file = await outcome(() => openVideo(blobOf(bytes), { raw: format }));
    check(file.error);
    expect(file.frames.length).toBe(wanted === undefined ? count : 0);
    const stream = await outcome(() =>
      openVideo(inPieces(bytes, endsOf(parts, length)), { raw: format }),
    );
    check(stream.error);
    expect(stream.frames.length).toBe(count);
  },
);

const anyNumber = fc.oneof(
  fc.integer({ min: -2, max: 20000 }),
  fc.double(),
  fc.constantFrom(0, 1, 16384, 16385, 2 ** 31, 2 ** 53, NaN, Infinity),
);

/** Any geometry, sensible or not: opens or a typed error, never memory for what is not there. */
export const anyGeometry = fc.asyncProperty(
  anyNumber,
  anyNumber,
  fc.constantFrom(8, 10, 12, 16, 9, 0, NaN),
  fc.constantFrom('400', '420', '422', '444', '411', ''),
  fc.nat({ max: 5000 }),
  async (width, height, bitDepth, chroma, length) => {
    const raw = { width, height, bitDepth, chroma } as Parameters<typeof frameBytes>[0];
    const before = process.memoryUsage().arrayBuffers;
    const { frames } = await outcome(() =>
      openVideo(blobOf(new Uint8Array(length).fill(50)), { raw }),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
    for (const frame of frames) expect(frame.luma.data.length).toBe(width * height);
  },
);

/** Suggested geometries do fit, and are not the one that was declared. */
export const suggestions = fc.property(
  fc.integer({ min: 1, max: 2 ** 40 }),
  formats,
  (bytes, format) => {
    const fits = fittingGeometries(bytes, format);
    expect(fits.length).toBeLessThanOrEqual(5);
    for (const fit of fits) {
      expect(fit.frames * frameBytes(fit.format)).toBe(bytes);
      expect(fit.format).not.toEqual(format);
    }
  },
);
