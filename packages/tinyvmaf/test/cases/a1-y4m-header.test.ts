// cases.md A1: header lines of any length, tags in any order, frame parameters.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, tinyvmaf } from '../support/command.js';
import { BASE_MEAN, rawClip, scratch, T, write } from '../support/files.js';

const letters = (n: number): string => 'abcdefghij'.repeat(n / 10);

const PLAIN = 'YUV4MPEG2 W96 H64 F25:1 Ip A128:117\n';

const HEADERS: Readonly<Record<string, readonly [header: string, frame: string]>> = {
  'no C tag': [PLAIN, 'FRAME\n'],
  'colour tags of ffmpeg': [
    'YUV4MPEG2 W96 H64 F25:1 Ip A128:117 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n',
    'FRAME\n',
  ],
  'a comment of 300 letters': [
    `YUV4MPEG2 W96 H64 F25:1 Ip A128:117 XCOMMENT=${letters(300)}\n`,
    'FRAME\n',
  ],
  'other order, double blank, unknown rate': [
    'YUV4MPEG2 C420mpeg2  W96 H64 F0:0 XLENGTH=3 Ip A0:0\n',
    'FRAME\n',
  ],
  'frame parameters': [PLAIN, 'FRAME Ip XMETA=abc\n'],
  'frame parameters of 100 letters': [PLAIN, `FRAME X${letters(100)}\n`],
};

const FRAME_BYTES = (96 * 64 * 3) / 2;

const withHeader = (raw: Uint8Array, header: string, frame: string): Uint8Array => {
  const frames = Array.from({ length: 3 }, (_, i) =>
    Buffer.concat([Buffer.from(frame), raw.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES)]),
  );
  return Buffer.concat([Buffer.from(header), ...frames]);
};

describe.skipIf(!has('shared'))('A1 Y4M headers', () => {
  const { path } = scratch();

  it.each(Object.entries(HEADERS))('%s', async (_name, [header, frame]) => {
    const r = write(path('r.y4m'), withHeader(rawClip({ q: 1 }), header, frame));
    const d = write(path('d.y4m'), withHeader(rawClip({ q: 32 }), header, frame));
    expect(meanOf(logOf(await tinyvmaf(...T, r, d)))).toBe(BASE_MEAN);
  });
});
