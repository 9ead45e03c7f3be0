// Codecs, depths and chroma layouts: luma by WebCodecs and by ffmpeg's pipe
// equals what ffmpeg's own tool decodes, bit for bit.
import { errorMessage } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { openEncoded, openEncodedTE } from '../../src/node/video/index.js';
import type { Frame } from '../../src/index.js';
import { ffmpegFrames } from '../../src/node/video/ffmpeg-frames.js';
import { rawLayout } from '../../src/node/video/pix-fmt.js';
import { UPRIGHT } from '../../src/video/rotate.js';
import { keep, leftOf } from '../support.js';
import { ffmpeg, lumaBytes, lumaDigest, referenceDigest, workFolder } from './support.js';

const HEVC = ['-c:v', 'libx265', '-x265-params', 'log-level=none'];
const AV1 = ['-c:v', 'libaom-av1', '-cpu-used', '8'];
const ODD = '97x63';

interface Made {
  readonly file: string;
  readonly args: readonly string[];
  readonly format: string;
  readonly size?: string;
  readonly seconds?: number;
}

/** Files that both routes take. `format`: depth and chroma as they must be reported. */
const BOTH: readonly Made[] = [
  {
    file: 'hevc10.mp4',
    args: [...HEVC, '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p10le'],
    format: '10 420',
  },
  { file: 'hevc10.mkv', args: [...HEVC, '-pix_fmt', 'yuv420p10le'], format: '10 420' },
  { file: 'hevc12.mp4', args: [...HEVC, '-pix_fmt', 'yuv420p12le'], format: '12 420' },
  { file: 'hevc422.mp4', args: [...HEVC, '-pix_fmt', 'yuv422p10le'], format: '10 422' },
  { file: 'hevc-odd.mp4', args: [...HEVC, '-pix_fmt', 'yuv444p'], format: '8 444', size: ODD },
  { file: 'av1-10.mp4', args: [...AV1, '-pix_fmt', 'yuv420p10le'], format: '10 420' },
  {
    file: 'av1-grain.webm',
    args: [...AV1, '-pix_fmt', 'yuv420p', '-aom-params', 'film-grain-test=1'],
    format: '8 420',
  },
  {
    file: 'vp9-10.webm',
    args: ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p10le'],
    format: '10 420',
  },
  {
    file: 'vp9-odd.webm',
    args: ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p'],
    format: '8 420',
    size: ODD,
  },
  {
    file: 'vp9-hidden.webm',
    args: [
      '-c:v',
      'libvpx-vp9',
      '-auto-alt-ref',
      '1',
      '-lag-in-frames',
      '20',
      '-b:v',
      '50k',
      '-pix_fmt',
      'yuv420p',
    ],
    format: '8 420',
    seconds: 2,
  },
  {
    file: 'vp8-hidden.webm',
    args: [
      '-c:v',
      'libvpx',
      '-auto-alt-ref',
      '1',
      '-lag-in-frames',
      '10',
      '-b:v',
      '200k',
      '-pix_fmt',
      'yuv420p',
    ],
    format: '8 420',
    seconds: 2,
  },
  { file: 'avc10.mp4', args: ['-c:v', 'libx264', '-pix_fmt', 'yuv420p10le'], format: '10 420' },
  { file: 'avc422.mp4', args: ['-c:v', 'libx264', '-pix_fmt', 'yuv422p'], format: '8 422' },
  { file: 'avc422-10.mkv', args: ['-c:v', 'libx264', '-pix_fmt', 'yuv422p10le'], format: '10 422' },
  {
    file: 'avc444-odd.mp4',
    args: ['-c:v', 'libx264', '-pix_fmt', 'yuv444p'],
    format: '8 444',
    size: ODD,
  },
  {
    file: 'avc-bframes.mp4',
    args: ['-c:v', 'libx264', '-bf', '4', '-pix_fmt', 'yuv420p'],
    format: '8 420',
  },
  {
    file: 'avc-full.mov',
    args: ['-c:v', 'libx264', '-pix_fmt', 'yuvj420p', '-color_range', 'pc'],
    format: '8 420',
  },
  {
    file: 'avc-fields.mp4',
    args: ['-c:v', 'libx264', '-flags', '+ildct+ilme', '-pix_fmt', 'yuv420p'],
    format: '8 420',
  },
];

/** Files that only ffmpeg takes. */
const FFMPEG: readonly Made[] = [
  { file: 'prores.mov', args: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le'], format: '10 422' },
  { file: 'ffv1-10.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p10le'], format: '10 420' },
  { file: 'gray10.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'gray10le'], format: '10 400' },
  { file: 'gray16.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'gray16le'], format: '16 400' },
  {
    file: 'mjpeg.mov',
    args: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p'],
    format: '8 420',
  },
  { file: 'nv12.nut', args: ['-c:v', 'rawvideo', '-pix_fmt', 'nv12'], format: '8 420' },
  {
    file: '411-odd.nut',
    args: ['-c:v', 'rawvideo', '-pix_fmt', 'yuv411p'],
    format: '8 400',
    size: ODD,
  },
];

describe.skipIf(!has('ffmpeg'))('codecs', () => {
  const { path, remove } = workFolder();
  afterAll(remove);

  const make = ({ file, args, size = '96x64', seconds = 0.48 }: Made): void => {
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=96x64:r=25:d=${seconds},scale=${size.replace('x', ':')}`,
      ...args,
      path(file),
    );
  };

  const check = async (made: Made, decoder: 'webcodecs' | 'ffmpeg') => {
    const source = await openEncoded(path(made.file), { decoder });
    const { width, height, bitDepth, chroma } = source.format;
    expect(`${bitDepth} ${chroma}`).toBe(made.format);
    expect(`${width}x${height}`).toBe(made.size ?? '96x64');
    const bytes = lumaBytes(source);
    const digest = await lumaDigest(source);
    expect(digest).toEqual(referenceDigest(path(made.file), bytes));
    expect(digest.frames).toBe((made.seconds ?? 0.48) * 25);
    return source;
  };

  it.each(BOTH)('$file by both', async (made) => {
    make(made);
    await check(made, 'webcodecs');
    await check(made, 'ffmpeg');
  });

  it.each(FFMPEG)('$file by ffmpeg', async (made) => {
    make(made);
    await check(made, 'ffmpeg');
    const error = await leftOf(openEncodedTE(path(made.file), { decoder: 'webcodecs' }));
    expect(error._tag).toBe('UnsupportedFormat');
  });

  it('says range, transfer and fields, the same by both', async () => {
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=30000/1001:d=0.4', '-c:v', 'libx264'],
      ...['-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
      ...['-colorspace', 'bt2020nc', '-color_range', 'tv', path('pq.mp4')],
    );
    for (const decoder of ['webcodecs', 'ffmpeg'] as const) {
      const full = await openEncoded(path('avc-full.mov'), { decoder });
      expect(full.info.fullRange).toBe(true);
      await full.close();
      const fields = await openEncoded(path('avc-fields.mp4'), { decoder });
      expect(fields.warnings().map(({ code }) => code)).toEqual(['interlaced']);
      await fields.close();
      const pq = await openEncoded(path('pq.mp4'), { decoder });
      expect(pq.info).toMatchObject({
        transfer: 'smpte2084',
        fullRange: false,
        frameRate: { numerator: 30000, denominator: 1001 },
      });
      expect(pq.warnings().map(({ code }) => code)).toEqual(['hdr-transfer']);
      await pq.close();
    }
  });

  it('sees a variable frame rate, by both', async () => {
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=96x64:r=25:d=2', '-vf', "setpts='N*(1+mod(N,3))/25/TB'"],
      ...['-vsync', 'vfr', '-c:v', 'libx264', path('vfr.mp4')],
    );
    for (const decoder of ['webcodecs', 'ffmpeg'] as const) {
      const source = await openEncoded(path('vfr.mp4'), { decoder });
      expect(source.warnings().map(({ code }) => code)).toEqual(['variable-frame-rate']);
      await source.close();
    }
  });

  it('separates the chroma of NV12', async () => {
    ffmpeg('-i', path('nv12.nut'), '-c:v', 'ffv1', '-pix_fmt', 'yuv420p', path('planar.mkv'));
    const [a, b] = await Promise.all(['nv12.nut', 'planar.mkv'].map((f) => openEncoded(path(f))));
    if (a === undefined || b === undefined) throw new Error('two sources');
    const other = b.frames()[Symbol.asyncIterator]();
    for await (const frame of a.frames()) {
      const next = await other.next();
      if (next.done === true) throw new Error('lengths differ');
      expect(frame.chroma).toEqual(next.value.chroma);
    }
    expect((await other.next()).done).toBe(true);
  });

  it('moves the samples of P010 to the low bits', async () => {
    const frames = async (pixFmt: string) => {
      const layout = rawLayout(pixFmt);
      if (layout === undefined) throw new Error(pixFmt);
      const stored = { width: 96, height: 64, bitDepth: layout.bitDepth, chroma: layout.chroma };
      const args = [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=96x64:d=0.2,format=yuv420p10le'],
        ...['-pix_fmt', pixFmt, '-f', 'rawvideo', 'pipe:1'],
      ];
      const job = { source: 'lavfi', command: 'ffmpeg', args, layout, stored, shown: stored };
      const out: Frame[] = [];
      const stop = new AbortController();
      for await (const frame of ffmpegFrames({ ...job, orientation: UPRIGHT }, stop.signal)) {
        out.push(keep(frame));
      }
      return out;
    };
    const planar = await frames('yuv420p10le');
    expect(planar).toHaveLength(5);
    expect(await frames('p010le')).toEqual(planar);
  });

  it('refuses depths that are none of ours', async () => {
    make({ file: '14.mkv', args: ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p14le'], format: '' });
    const error = await leftOf(openEncodedTE(path('14.mkv')));
    expect(errorMessage(error)).toContain('pixel format yuv420p14le of codec ffv1');
  });
});
