// Frames by their location in a file: the same samples as the stream's, and
// files that are cut, changed, replaced or not what they seem.
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { frameBytes, unwrap, type VideoFormat } from '@tinyvmaf/core';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DepthWitness,
  frameRange,
  openVideo as openBytes,
  scaleSource,
  type FrameLocation,
  type FrameSource,
} from '../../src/index.js';
import { isLocated, openLuma, openVideo } from '../../src/node/index.js';
import {
  SMALL,
  blobOf,
  errorOf,
  framesOf,
  inPieces,
  joined,
  latin1,
  textures,
} from '../support.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-luma-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

let serial = 0;
const file = (bytes: Uint8Array): string => {
  serial += 1;
  const name = path.join(dir, `${serial}.bin`);
  writeFileSync(name, bytes);
  return name;
};

const locationOf = (source: FrameSource): FrameLocation => {
  if (source.located === undefined) throw new Error('expected a location');
  return source.located.location;
};

const samplesFor = ({ width, height, bitDepth }: VideoFormat) =>
  bitDepth === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);

/** All lumas of a location. */
const lumasAt = (location: FrameLocation) => {
  const reader = unwrap(openLuma(location));
  const lumas = Array.from({ length: location.frames }, (_, index) => {
    const target = samplesFor(location.format);
    expect(reader.read(index, target)).toBe(true);
    return target;
  });
  reader.close();
  reader.close();
  return lumas;
};

const lumasOf = async (source: FrameSource) =>
  (await framesOf(source)).map((frame) => frame.luma.data);

describe('a location', () => {
  for (const bitDepth of [8, 10, 16] as const) {
    for (const chroma of ['400', '420', '422', '444'] as const) {
      it(`gives the luma of ${bitDepth}-bit ${chroma} files`, async () => {
        const format: VideoFormat = { width: 97, height: 63, bitDepth, chroma };
        const lumas = textures(4, format);
        const raw = await openVideo(file(rawFile(lumas, chroma)), { raw: format });
        expect(lumasAt(locationOf(raw))).toEqual(lumas.map(({ data }) => data));
        await raw.close();
        // The test kit has no tag for these.
        if (bitDepth > 8 && chroma === '400') return;
        const y4m = await openVideo(file(y4mFile(lumas, chroma)));
        expect(lumasAt(locationOf(y4m))).toEqual(await lumasOf(y4m));
        await y4m.close();
      });
    }
  }

  it('leaves out alpha planes of Y4M', async () => {
    const alpha = new Uint8Array(96 * 64).fill(9);
    const frames = textures(3, { ...SMALL, chroma: '444' }).map((luma) =>
      joined(latin1('FRAME\n'), rawFile([luma], '444'), alpha),
    );
    const name = file(joined(latin1('YUV4MPEG2 W96 H64 F25:1 C444alpha\n'), ...frames));
    const source = await openVideo(name);
    expect(lumasAt(locationOf(source))).toEqual(await lumasOf(source));
    await source.close();
  });

  it.each([{ skip: 2 }, { limit: 3 }, { skip: 1, limit: 2 }, { skip: 3, limit: 99 }])(
    'follows skip and limit: %o',
    async (part) => {
      const source = await openVideo(file(rawFile(textures(6))), { raw: SMALL, ...part });
      const expected = await lumasOf(source);
      expect(locationOf(source).frames).toBe(expected.length);
      expect(lumasAt(locationOf(source))).toEqual(expected);
      await source.close();
    },
  );

  it('leaves out an incomplete end that the limit leaves out', async () => {
    const bytes = rawFile(textures(3));
    const name = file(bytes.subarray(0, bytes.length - 10));
    const source = await openVideo(name, { raw: SMALL, limit: 2 });
    expect(lumasAt(locationOf(source))).toEqual(await lumasOf(source));
    await source.close();
  });

  it('follows a link, and stays with the path that it was opened by', async () => {
    const name = file(rawFile(textures(2)));
    symlinkSync(name, `${name}.link`);
    const source = await openVideo(`${name}.link`, { raw: SMALL });
    expect(isLocated(locationOf(source))).toBe(true);
    const relative = await openVideo(path.relative(process.cwd(), name), { raw: SMALL });
    expect(path.isAbsolute(locationOf(relative).file.path)).toBe(true);
    expect(isLocated(locationOf(relative))).toBe(true);
    await Promise.all([source.close(), relative.close()]);
  });
});

describe('no location', () => {
  it('is given for bytes that are no file', async () => {
    const bytes = rawFile(textures(2));
    for (const input of [blobOf(bytes), inPieces(bytes, [])]) {
      expect((await openBytes(input, { raw: SMALL })).located).toBeUndefined();
    }
  });

  it('is given for pictures at another size', async () => {
    const source = await openVideo(file(rawFile(textures(2))), { raw: SMALL });
    const scaled = unwrap(scaleSource(source, { width: 48, height: 32 }, 'bicubic'));
    expect(scaled.located).toBeUndefined();
    await source.close();
  });

  it.each([
    ['with frames to skip', y4mFile(textures(3)), { skip: 1 }],
    ['that is cut', y4mFile(textures(3)).subarray(0, -1), {}],
    [
      'with one longer line',
      joined(y4mFile(textures(2)), latin1('FRAME Ip\n'), rawFile(textures(1))),
      {},
    ],
  ])('is given for a Y4M file %s', async (_name, bytes, hints) => {
    const source = await openVideo(file(bytes), hints);
    expect(source.located).toBeUndefined();
    await source.close();
  });

  it('is given beyond the end', async () => {
    const source = await openVideo(file(rawFile(textures(2))), { raw: SMALL });
    expect(E.isLeft(frameRange(source, { skip: 2 }))).toBe(true);
    await source.close();
  });
});

describe('reading by location', () => {
  const open = async (bytes: Uint8Array, hints = {}) => {
    const name = file(bytes);
    const source = await openVideo(name, { raw: SMALL, name: 'clip', ...hints });
    const location = locationOf(source);
    await source.close();
    return { name, location, read: unwrap(openLuma(location)).read };
  };
  const target = new Uint8Array(96 * 64);

  it('notices that a Y4M frame does not begin where it should', async () => {
    // One line longer than usual by a whole frame: the size still fits.
    const tiny: VideoFormat = { width: 16, height: 16, bitDepth: 8, chroma: '400' };
    const [first, ...others] = textures(3, tiny).map((luma) => rawFile([luma], '400'));
    const line = latin1(`FRAME X${'x'.repeat(6 + 256 - 2)}\n`);
    const name = file(
      joined(
        latin1('YUV4MPEG2 W16 H16 F25:1 Cmono\n'),
        ...[line, first ?? line],
        ...others.flatMap((picture) => [latin1('FRAME\n'), picture]),
      ),
    );
    const source = await openVideo(name);
    expect(await framesOf(source)).toHaveLength(3);
    const location = locationOf(source);
    expect(location.frames).toBe(4);
    const reader = unwrap(openLuma(location));
    expect([0, 1, 2, 3].map((i) => reader.read(i, new Uint8Array(256)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    reader.close();
    await source.close();
  });

  it('names the frame at which a file was cut', async () => {
    const { name, read } = await open(rawFile(textures(5)), { skip: 1 });
    expect(read(0, target)).toBe(true);
    truncateSync(name, 3 * frameBytes(SMALL) + 100);
    for (const index of [0, 2, 3]) {
      expect(await errorOf(() => Promise.resolve(read(index, target)))).toMatchObject({
        _tag: 'TruncatedFrame',
        source: 'clip',
        frame: 3,
        neededBytes: frameBytes(SMALL),
        presentBytes: 100,
        hint: expect.stringContaining(`${3 * frameBytes(SMALL) + 100} now`) as string,
      });
    }
  });

  it('notices a cut in the chroma, which is not read', async () => {
    const { name, read } = await open(rawFile(textures(3)));
    truncateSync(name, 3 * frameBytes(SMALL) - 1);
    expect(await errorOf(() => Promise.resolve(read(2, target)))).toMatchObject({
      _tag: 'TruncatedFrame',
      frame: 2,
      presentBytes: frameBytes(SMALL) - 1,
    });
  });

  it.each([
    [
      'grew',
      (name: string) => {
        appendFileSync(name, 'x');
      },
    ],
    [
      'was written to',
      (name: string) => {
        utimesSync(name, 1, 1);
      },
    ],
  ])('refuses a file that %s', async (_name, change) => {
    const { name, location, read } = await open(rawFile(textures(3)));
    change(name);
    expect(isLocated(location)).toBe(false);
    expect(await errorOf(() => Promise.resolve(read(1, target)))).toMatchObject({
      _tag: 'Io',
      target: 'clip',
      problem: expect.stringMatching(/changed.*frame 1/) as string,
    });
  });

  it('refuses another file in its place', async () => {
    const { name, location } = await open(rawFile(textures(3)));
    renameSync(file(rawFile(textures(3))), name);
    expect(isLocated(location)).toBe(false);
    expect(openLuma(location)).toMatchObject({
      left: { _tag: 'Io', target: 'clip', problem: expect.stringContaining('another') as string },
    });
  });

  it('says that a file is gone', async () => {
    const { name, location } = await open(rawFile(textures(3)));
    unlinkSync(name);
    expect(isLocated(location)).toBe(false);
    expect(openLuma(location)).toMatchObject({ left: { _tag: 'Io', errno: 'ENOENT' } });
  });
});

describe('what was seen by location', () => {
  // 10-bit words read as 8 bits: every second byte is small.
  const words = rawFile(textures(6, { width: 96, height: 64, bitDepth: 10, chroma: '400' }), '400');
  const declared: VideoFormat = { width: 192, height: 64, bitDepth: 8, chroma: '400' };

  it('becomes the warning that the stream gives', async () => {
    const name = file(words);
    const streamed = await openVideo(name, { raw: declared, name: 'clip' });
    await framesOf(streamed);
    const expected = streamed.warnings();
    expect(expected).toMatchObject([{ code: 'suspicious-depth' }]);

    const source = await openVideo(name, { raw: declared, name: 'clip' });
    const location = locationOf(source);
    const reader = unwrap(openLuma(location));
    const look = (index: number): void => {
      const data = new Uint8Array(192 * 64);
      reader.read(index, data);
      const witness = new DepthWitness(declared, 'clip');
      const luma = { data, width: 192, height: 64, stride: 192 };
      witness.look({ index, luma, chroma: [] });
      source.located?.passed(index, structuredClone(witness.evidence));
    };
    for (let index = 0; index < location.frames; index++) look(index);
    reader.close();
    expect(source.warnings()).toEqual(expected);
    // Once, also where the stream is read as well.
    await framesOf(source);
    expect(source.warnings()).toEqual(expected);
    // A new run begins without what was seen before.
    source.located?.passed(0);
    await Promise.all([source.close(), streamed.close()]);
  });

  it.each([8, 10, 16] as const)('adds up to what one witness sees of %d bits', (bitDepth) => {
    const format: VideoFormat = { ...SMALL, bitDepth };
    const frames = textures(5, format).map(({ data, width, height }, index) => ({
      index,
      luma: { data, width, height, stride: width },
      chroma: [],
    }));
    const one = new DepthWitness(format, 'clip');
    const sum = new DepthWitness(format, 'clip');
    expect(one.evidence).toBeUndefined();
    for (const frame of frames) {
      one.look(frame);
      const other = new DepthWitness(format, 'clip');
      other.look(frame);
      if (other.evidence !== undefined) sum.merge(other.evidence);
    }
    expect(sum.evidence).toEqual(one.evidence);
    expect(sum.verdicts()).toEqual(one.verdicts());
  });
});
