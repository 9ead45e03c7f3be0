// The decoding half of public bug reports: which track, fragments, live
// recordings, rotation (cases A2, A10, A11). Scores are compared elsewhere;
// here the pictures are.
import { errorMessage } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEncoded, openEncodedTE } from '../../src/node/video/index.js';
import { leftOf } from '../support.js';
import {
  clipInput,
  ffmpeg,
  ffmpegVersion,
  lumaBytes,
  lumaDigest,
  referenceDigest,
  workFolder,
  writeClip,
} from './support.js';

const DECODERS = ['webcodecs', 'ffmpeg'] as const;

/** Luma of the case's dis.mp4 as Debian's ffmpeg 5.1.9 encodes it (cases, "MP4 pair"). */
const DIS_MD5 = '776dac8ef0a71a01a18e242a12d1e3d7';

describe.skipIf(!has('ffmpeg'))('video files as people have them', () => {
  const { path, remove } = workFolder();
  afterAll(remove);

  beforeAll(() => {
    writeClip(path('a12.yuv'));
    writeClip(path('b12.yuv'), { quantiser: 32 });
    const a = clipInput(path('a12.yuv'));
    const b = clipInput(path('b12.yuv'));
    const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
    ffmpeg(...b, ...x264, '-qp', '20', '-bf', '3', path('dis.mp4'));
    ffmpeg('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', path('c.jpg'));
    ffmpeg(
      ...['-i', path('dis.mp4'), '-i', path('c.jpg'), '-map', '1', '-map', '0', '-c', 'copy'],
      ...['-disposition:v:0', 'attached_pic', path('cover.mp4')],
    );
    ffmpeg(...a, '-vf', 'scale=48:32', ...x264, path('small.mp4'));
    ffmpeg(
      ...['-i', path('small.mp4'), '-i', path('dis.mp4'), '-map', '0', '-map', '1', '-c', 'copy'],
      ...['-disposition:v:0', '0', '-disposition:v:1', 'default', path('twov.mp4')],
    );
    ffmpeg('-f', 'lavfi', '-i', 'sine=440:d=0.5', '-c:a', 'aac', path('audio.mp4'));
    ffmpeg(...b, '-c:v', 'mpeg4', '-q:v', '2', path('mpeg4.mp4'));
    const fragments = 'empty_moov+default_base_moof';
    ffmpeg(
      ...[...b, '-c:v', 'libx265', '-x265-params', 'log-level=none', '-crf', '20'],
      ...['-tag:v', 'hvc1', '-movflags', `frag_every_frame+${fragments}`],
      ...['-pix_fmt', 'yuv420p', path('hevcfrag.mp4')],
    );
    ffmpeg(
      ...['-i', path('dis.mp4'), '-c', 'copy'],
      ...['-movflags', `frag_keyframe+${fragments}`, path('frag.mp4')],
    );
    writeFileSync(
      path('live.webm'),
      ffmpeg(
        ...[...b, '-c:v', 'libvpx', '-deadline', 'realtime', '-crf', '10', '-b:v', '1M'],
        ...['-g', '4', '-live', '1', '-cluster_time_limit', '100', '-f', 'webm', '-'],
      ),
    );
    // A trimmed copy: the edit list hides the first five pictures, which still have to be decoded.
    ffmpeg('-ss', '0.2', '-i', path('dis.mp4'), '-c', 'copy', path('trimmed.mp4'));
    ffmpeg(...b, '-c:v', 'mpeg2video', '-q:v', '2', path('mpeg2.ts'));
    ffmpeg(...b, ...x264, '-bf', '2', path('avc.ts'));
    ffmpeg(...b, ...x264, '-f', 'h264', path('annexb.264'));
    writeClip(path('odd.yuv'), { width: 97, height: 63, frames: 3 });
    ffmpeg(
      ...[...clipInput(path('odd.yuv'), '97x63'), '-c:v', 'libvpx-vp9', '-deadline', 'realtime'],
      ...['-cpu-used', '5', '-crf', '10', '-b:v', '0', path('odd.webm')],
    );
  });

  const both = async (name: string, map?: string) => {
    const results = [];
    for (const decoder of DECODERS) {
      const source = await openEncoded(path(name), { decoder });
      const bytes = lumaBytes(source);
      const digest = await lumaDigest(source);
      expect(digest).toEqual(referenceDigest(path(name), bytes, map === undefined ? {} : { map }));
      results.push({ source, digest });
    }
    return results;
  };

  it.each([
    ['dis.mp4', 12],
    ['frag.mp4', 12],
    ['hevcfrag.mp4', 12],
    ['live.webm', 12],
    ['avc.ts', 12],
    ['odd.webm', 3],
    ['trimmed.mp4', 7],
  ] as const)('%s: both decoders give ffmpeg’s luma, %i frames', async (name, frames) => {
    for (const { source, digest } of await both(name)) {
      expect(digest.frames).toBe(frames);
      expect(source.info.frameRate).toEqual({ numerator: 25, denominator: 1 });
      expect(source.info.rotation).toBe(0);
      expect(source.warnings()).toEqual([]);
    }
  });

  it.runIf(ffmpegVersion().startsWith('5.1.'))('dis.mp4 is the file of the case', async () => {
    const digest = await lumaDigest(await openEncoded(path('dis.mp4')));
    expect(digest).toEqual({ frames: 12, md5: DIS_MD5 });
  });

  it('takes the odd size as it is', async () => {
    const source = await openEncoded(path('odd.webm'));
    expect(source.format).toEqual({ width: 97, height: 63, bitDepth: 8, chroma: '420' });
    for await (const { chroma } of source.frames()) {
      expect(chroma.map(({ width, height }) => [width, height])).toEqual([
        [49, 32],
        [49, 32],
      ]);
    }
  });

  it('never counts cover art as video', async () => {
    for (const { source, digest } of await both('cover.mp4', '0:v:0')) {
      expect(source.info.track).toEqual({ number: 1, of: 1 });
      expect(digest).toEqual(await lumaDigest(await openEncoded(path('dis.mp4'))));
    }
  });

  it('takes the default-flagged track, another one on request, and lists them', async () => {
    for (const decoder of DECODERS) {
      const byDefault = await openEncoded(path('twov.mp4'), { decoder });
      expect(byDefault.info.track).toEqual({ number: 2, of: 2 });
      expect(await lumaDigest(byDefault)).toEqual(
        await lumaDigest(await openEncoded(path('dis.mp4'))),
      );
      const first = await openEncoded(path('twov.mp4'), { decoder, track: 1 });
      expect(first.info.track).toEqual({ number: 1, of: 2 });
      expect(first.format.width).toBe(48);
      await first.close();
      const wrong = await leftOf(openEncodedTE(path('twov.mp4'), { decoder, track: 3 }));
      expect(wrong._tag).toBe('BadArgument');
      expect(errorMessage(wrong)).toMatch(/1 \(.*48x32\), 2 \(.*96x64\), got "3"/u);
    }
    expect((await leftOf(openEncodedTE(path('twov.mp4'), { track: 0 })))._tag).toBe('BadArgument');
  });

  it('says that a sound file has no video track', async () => {
    for (const hints of [{}, { decoder: 'webcodecs' }, { decoder: 'ffmpeg' }] as const) {
      const error = await leftOf(openEncodedTE(path('audio.mp4'), hints));
      expect(error).toMatchObject({
        _tag: 'UnsupportedFormat',
        found: 'a file with no video track',
      });
    }
  });

  it.each([
    ['mpeg4.mp4', /mp4v \(MPEG-4 Part 2\)/u],
    ['mpeg2.ts', /no video track/u],
    ['annexb.264', /container that is not recognised/u],
  ] as const)('%s goes to ffmpeg by itself', async (name, refusal) => {
    const source = await openEncoded(path(name));
    expect(source.info.decoder).toMatch(/^ffmpeg /u);
    const bytes = lumaBytes(source);
    const digest = await lumaDigest(source);
    expect(digest).toEqual(referenceDigest(path(name), bytes));
    expect(digest.frames).toBe(12);
    const forced = await leftOf(openEncodedTE(path(name), { decoder: 'webcodecs' }));
    expect(forced._tag).toBe('UnsupportedFormat');
    expect(errorMessage(forced)).toMatch(refusal);
  });

  describe.each([90, 180, 270])('turned by a flag of %i degrees', (degrees) => {
    beforeAll(() => {
      ffmpeg(
        ...['-i', path('dis.mp4'), '-c', 'copy', '-metadata:s:v', `rotate=${degrees}`],
        path(`turned${degrees}.mp4`),
      );
      ffmpeg(
        ...['-i', path(`turned${degrees}.mp4`), '-c:v', 'libx264', '-qp', '0'],
        path(`upright${degrees}.mp4`),
      );
    });

    it('is delivered upright, the same by both decoders and as ffmpeg turns it', async () => {
      const upright = await lumaDigest(await openEncoded(path(`upright${degrees}.mp4`)));
      for (const { source, digest } of await both(`turned${degrees}.mp4`)) {
        expect(source.info.rotation).not.toBe(0);
        expect([source.format.width, source.format.height]).toEqual(
          degrees === 180 ? [96, 64] : [64, 96],
        );
        expect(digest).toEqual(upright);
      }
    });
  });

  it('gives chroma of a turned picture too, and none for 4:2:2 turned by a quarter', async () => {
    const turned = await openEncoded(path('turned90.mp4'));
    expect(turned.format.chroma).toBe('420');
    for await (const { chroma } of turned.frames()) {
      expect(chroma.map(({ width, height }) => [width, height])).toEqual([
        [32, 48],
        [32, 48],
      ]);
    }
    ffmpeg('-i', path('dis.mp4'), '-pix_fmt', 'yuv422p', '-c:v', 'libx264', path('wide.mp4'));
    ffmpeg('-i', path('wide.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', path('w90.mp4'));
    const digests = [];
    for (const decoder of DECODERS) {
      const source = await openEncoded(path('w90.mp4'), { decoder });
      expect(source.format).toEqual({ width: 64, height: 96, bitDepth: 8, chroma: '400' });
      for await (const { chroma } of source.frames()) expect(chroma).toEqual([]);
      digests.push(await lumaDigest(await openEncoded(path('w90.mp4'), { decoder })));
    }
    expect(digests[0]).toEqual(digests[1]);
  });
});
