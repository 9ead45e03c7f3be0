// Case A1 and the Y4M part of A2 and A5.
import { describe, expect, it } from 'vitest';
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { openVideoTE } from '../../src/index.js';
import {
  SMALL,
  blobOf,
  errorOf,
  framesOf,
  inPieces,
  joined,
  latin1,
  leftOf,
  rightOf,
  textures,
} from '../support.js';

const lumas = textures(3);

/** The three frames of the cases under any header and frame line. */
const y4m = (header: string, line = 'FRAME\n', frames = lumas): Uint8Array<ArrayBuffer> =>
  joined(latin1(header), ...frames.flatMap((luma) => [latin1(line), rawFile([luma])]));

const HEADER = 'YUV4MPEG2 W96 H64 F25:1 Ip A128:117\n';

const bad = async (bytes: Uint8Array): Promise<TinyVmafError> => {
  const seen = await errorOf(async () => {
    const source = await rightOf(openVideoTE(blobOf(bytes), { name: 'x.y4m' }));
    await framesOf(source);
  });
  // The same data as a stream gives an error of the same kind.
  const streamed = await errorOf(async () => {
    const source = await rightOf(openVideoTE(inPieces(bytes, [7, 40, 41]), { name: 'x.y4m' }));
    await framesOf(source);
  });
  expect(streamed._tag).toBe(seen._tag);
  return seen;
};

describe('Y4M', () => {
  it.each([
    ['a', HEADER, 'FRAME\n'],
    [
      'b',
      'YUV4MPEG2 W96 H64 F25:1 Ip A128:117 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n',
      'FRAME\n',
    ],
    ['c', `${HEADER.trimEnd()} XCOMMENT=${'k'.repeat(300)}\n`, 'FRAME\n'],
    ['d', 'YUV4MPEG2 C420mpeg2  W96 H64 F0:0 XLENGTH=3 Ip A0:0\n', 'FRAME\n'],
    ['e', HEADER, 'FRAME Ip XMETA=abc\n'],
    ['f', HEADER, `FRAME X${'q'.repeat(100)}\n`],
    ['long', `${HEADER.trimEnd()} X${'k'.repeat(60000)}\n`, `FRAME X${'q'.repeat(60000)}\n`],
    ['trailing blank', 'YUV4MPEG2 H64 W0096 \n', 'FRAME \n'],
  ])('reads header form %s of case A1', async (_name, header, line) => {
    const source = await rightOf(openVideoTE(blobOf(y4m(header, line))));
    expect(source.format).toEqual(SMALL);
    expect(source.info.container).toBe('y4m');
    const frames = await framesOf(source);
    expect(frames.map((frame) => frame.luma.data)).toEqual(lumas.map(({ data }) => data));
    expect(source.warnings()).toEqual([]);
    expect(await framesOf(source)).toEqual(frames);
  });

  it('tells frame rate, range and interlacing', async () => {
    const info = async (tags: string) => {
      const source = await rightOf(openVideoTE(blobOf(y4m(`YUV4MPEG2 W96 H64 ${tags}\n`))));
      return { ...source.info, codes: source.warnings().map(({ code }) => code) };
    };
    expect(await info('F30000:1001 XCOLORRANGE=FULL')).toMatchObject({
      frameRate: { numerator: 30000, denominator: 1001 },
      fullRange: true,
      interlaced: false,
      codes: [],
    });
    expect(await info('F0:0')).not.toHaveProperty('frameRate');
    expect(await info('F25:0')).not.toHaveProperty('frameRate');
    expect(await info('F25:1')).not.toHaveProperty('fullRange');
    for (const tag of ['It', 'Ib', 'Im']) {
      expect(await info(tag)).toMatchObject({ interlaced: true, codes: ['interlaced'] });
    }
    expect(await info('I?')).toMatchObject({ interlaced: false, codes: [] });
  });

  it.each([
    ['420', 8, '420'],
    ['420jpeg', 8, '420'],
    ['420mpeg2', 8, '420'],
    ['420paldv', 8, '420'],
    ['420p10', 10, '420'],
    ['420p12', 12, '420'],
    ['420p16', 16, '420'],
    ['422', 8, '422'],
    ['422p10', 10, '422'],
    ['444', 8, '444'],
    ['444p12', 12, '444'],
    ['mono', 8, '400'],
    ['mono10', 10, '400'],
    ['mono12', 12, '400'],
    ['mono16', 16, '400'],
  ] as const)('reads colour type %s, odd size', async (tag, bitDepth, chroma) => {
    const format = { width: 97, height: 63, bitDepth, chroma };
    const pictures = textures(2, format);
    const file = y4mFile(pictures, chroma, `YUV4MPEG2 W97 H63 F25:1 C${tag}\n`);
    const source = await rightOf(openVideoTE(blobOf(file)));
    expect(source.format).toEqual(format);
    const frames = await framesOf(source);
    expect(frames.map((frame) => frame.luma.data)).toEqual(pictures.map(({ data }) => data));
  });

  it('passes over the alpha plane of 444alpha', async () => {
    const parts = textures(2).flatMap((luma) => [
      latin1('FRAME\n'),
      rawFile([luma], '444'),
      new Uint8Array(96 * 64).fill(200),
    ]);
    const file = joined(latin1('YUV4MPEG2 W96 H64 C444alpha\n'), ...parts);
    const source = await rightOf(openVideoTE(blobOf(file)));
    expect(source.format.chroma).toBe('444');
    const frames = await framesOf(source);
    expect(frames.map((frame) => frame.luma.data)).toEqual(textures(2).map(({ data }) => data));
    expect(await bad(file.subarray(0, file.length - 1))).toMatchObject({
      _tag: 'TruncatedFrame',
      frame: 1,
      neededBytes: 4 * 96 * 64,
      presentBytes: 4 * 96 * 64 - 1,
    });
  });

  it('refuses what it does not take, saying what to do', async () => {
    const messages = async (header: string): Promise<string> => {
      const error = await bad(y4m(`YUV4MPEG2 W96 H64 ${header}\n`));
      expect(error._tag).toBe('UnsupportedFormat');
      return errorMessage(error);
    };
    expect(await messages('C411')).toContain('-pix_fmt');
    expect(await messages('Cmono9')).toContain('not 9');
    expect(await messages('C420p14')).toContain('not 14');
    expect(await messages('Cconfetti')).toContain('420jpeg');
    expect(await messages('Iq')).toContain('interlacing');
  });

  it.each([
    ['no width', 'YUV4MPEG2 H64 F25:1\n', 'DamagedInput'],
    ['width no number', 'YUV4MPEG2 W9e1 H64\n', 'DamagedInput'],
    ['negative', 'YUV4MPEG2 W-96 H64\n', 'DamagedInput'],
    ['zero', 'YUV4MPEG2 W0 H64\n', 'BadGeometry'],
    ['huge', 'YUV4MPEG2 W99999999999999999999 H64\n', 'BadGeometry'],
    ['too many samples', 'YUV4MPEG2 W16384 H16384\n', 'BadGeometry'],
    ['two widths', 'YUV4MPEG2 W96 W97 H64\n', 'DamagedInput'],
    ['bad rate', 'YUV4MPEG2 W96 H64 F25\n', 'DamagedInput'],
    ['bad aspect', 'YUV4MPEG2 W96 H64 A1-1\n', 'DamagedInput'],
    ['CR LF', 'YUV4MPEG2 W96 H64\r\n', 'DamagedInput'],
    ['other magic', 'YUV4MPEG2X W96 H64\n', 'DamagedInput'],
    ['endless header', `YUV4MPEG2 W96 H64 X${'k'.repeat(70000)}\n`, 'DamagedInput'],
  ])('refuses a header with %s', async (_name, header, tag) => {
    expect((await bad(y4m(header)))._tag).toBe(tag);
  });

  it('says where a file was cut (A5)', async () => {
    const whole = y4m(HEADER, 'FRAME\n', textures(5));
    const end = HEADER.length + 3 * (6 + 9216);
    expect(await bad(whole.subarray(0, end + 6 + 2000))).toMatchObject({
      _tag: 'TruncatedFrame',
      source: 'x.y4m',
      frame: 3,
      neededBytes: 9216,
      presentBytes: 2000,
    });
    for (const extra of [1, 5, 6]) {
      expect(await bad(whole.subarray(0, end + extra))).toMatchObject({
        _tag: 'TruncatedFrame',
        frame: 3,
        presentBytes: 0,
      });
    }
    expect(await bad(whole.subarray(0, HEADER.length + 6 + 100))).toMatchObject({
      _tag: 'TruncatedFrame',
      frame: 0,
      presentBytes: 100,
    });
    expect(await bad(whole.subarray(0, HEADER.length))).toMatchObject({ _tag: 'NoFrames' });
    expect(await bad(whole.subarray(0, HEADER.length - 1))).toMatchObject({ _tag: 'DamagedInput' });
  });

  it('notices a stream that is out of step', async () => {
    const file = joined(
      latin1(HEADER),
      latin1('FRAME\n'),
      rawFile(lumas.slice(0, 1)),
      latin1('\n'),
    );
    expect(await bad(file)).toMatchObject({ _tag: 'DamagedInput', frame: 1 });
    expect(await bad(y4m(HEADER, 'FRAMES\n'))).toMatchObject({ _tag: 'DamagedInput', frame: 0 });
    expect(await bad(y4m(HEADER, 'FRAME\r\n'))).toMatchObject({ _tag: 'DamagedInput', frame: 0 });
    expect(await bad(y4m(HEADER, 'FRAME Ip\r\n'))).toMatchObject({
      _tag: 'DamagedInput',
      frame: 0,
    });
    expect(await bad(y4m(HEADER, `FRAME X${'q'.repeat(70000)}\n`))).toMatchObject({
      _tag: 'DamagedInput',
      frame: 0,
    });
  });

  it('is not read as raw samples', async () => {
    expect(
      await leftOf(
        openVideoTE(blobOf(y4m(HEADER)), { raw: { ...SMALL, width: 1, height: 1, chroma: '400' } }),
      ),
    ).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'Y4M video read as raw samples',
    });
  });

  it('can be read once from a stream', async () => {
    const source = await rightOf(openVideoTE(inPieces(y4m(HEADER), [])));
    expect(await framesOf(source)).toHaveLength(3);
    expect(await errorOf(() => framesOf(source))).toMatchObject({ _tag: 'Io' });
  });
});
