// What goes wrong with video files: every answer is a typed error, in finite
// time, and nothing is left running.
import { errorMessage, TinyVmafException } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDecoders, openEncoded, openEncodedTE } from '../../src/node/video/index.js';
import { openContainerTE } from '../../src/video/open-container.js';
import { errorOf, framesOf, leftOf } from '../support.js';
import { clipInput, ffmpeg, workFolder, writeClip } from './support.js';

const NOTHING = {
  ffmpeg: 'no-such-ffmpeg',
  ffprobe: 'no-such-ffprobe',
  loadWebCodecs: () => Promise.reject(new Error("Cannot find package 'x'\nRequire stack")),
};
const ONLY_WEBCODECS = { ffmpeg: 'no-such-ffmpeg', ffprobe: 'no-such-ffprobe' };

describe('input that is no video', () => {
  const { path, remove } = workFolder();
  afterAll(remove);

  it('is empty', async () => {
    writeFileSync(path('empty.mp4'), '');
    for (const decoder of ['webcodecs', 'ffmpeg'] as const) {
      const error = await leftOf(openEncodedTE(path('empty.mp4'), { decoder, name: 'e.mp4' }));
      expect(errorMessage(error)).toBe('e.mp4 is empty: there is no frame to score.');
    }
  });

  it('is noise', async () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 20000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
    writeFileSync(path('noise.mp4'), noise);
    const error = await leftOf(openEncodedTE(path('noise.mp4'), {}, ONLY_WEBCODECS));
    expect(error).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'a container that is not recognised',
    });
    expect(errorMessage(error)).toContain('install ffmpeg');
  });

  it('is not there, or a folder', async () => {
    const missing = await leftOf(openEncodedTE(path('missing.mp4')));
    expect(missing).toMatchObject({ _tag: 'Io', operation: 'open', errno: 'ENOENT' });
    const folder = await leftOf(openEncodedTE(path('.')));
    expect(folder._tag).toBe('UnsupportedFormat');
  });
});

describe.skipIf(!has('ffmpeg'))('broken and strange files', () => {
  const { path, remove } = workFolder();
  afterAll(remove);

  beforeAll(() => {
    writeClip(path('clip.yuv'), { frames: 60 });
    const clip = clipInput(path('clip.yuv'));
    const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '12'];
    ffmpeg(...clip, ...x264, path('late-index.mp4'));
    ffmpeg(...clip, ...x264, '-movflags', '+faststart', path('index-first.mp4'));
    ffmpeg(...clip, '-frames:v', '5', '-c:v', 'mpeg4', path('mpeg4.mp4'));
    ffmpeg(...clip, '-c:v', 'mpeg2video', '-q:v', '2', path('long.ts'));
    ffmpeg(...clip, '-frames:v', '4', '-c:v', 'libx264', '-f', 'h264', path('a.264'));
    ffmpeg(
      ...[...clip, '-frames:v', '4', '-vf', 'scale=128:64', '-c:v', 'libx264'],
      ...['-f', 'h264', path('b.264')],
    );
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=96x64:d=0.2', '-c:v', 'ffv1', path('rgb.mkv'));
  });

  it('an mp4 cut before its index', async () => {
    const bytes = readFileSync(path('late-index.mp4'));
    writeFileSync(path('cut.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    for (const hints of [{}, { decoder: 'webcodecs' }, { decoder: 'ffmpeg' }] as const) {
      const error = await leftOf(openEncodedTE(path('cut.mp4'), hints));
      expect(error._tag).toBe('DamagedInput');
    }
    const error = await leftOf(openEncodedTE(path('cut.mp4'), {}, ONLY_WEBCODECS));
    expect(errorMessage(error)).toMatch(/no index \(moov\)/u);
  });

  it.each(['webcodecs', 'ffmpeg'] as const)(
    'an mp4 cut in its pictures, decoded by %s',
    async (decoder) => {
      const bytes = readFileSync(path('index-first.mp4'));
      writeFileSync(path('short.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
      const error = await errorOf(async () =>
        framesOf(await openEncoded(path('short.mp4'), { decoder })),
      );
      expect(error._tag).toBe('DamagedInput');
    },
  );

  it.each(['webcodecs', 'ffmpeg'] as const)('a webm that is cut off, by %s', async (decoder) => {
    ffmpeg(...clipInput(path('clip.yuv')), '-c:v', 'libvpx', '-b:v', '1M', path('whole.webm'));
    const bytes = readFileSync(path('whole.webm'));
    writeFileSync(path('short.webm'), bytes.subarray(0, bytes.length - 5000));
    const error = await errorOf(async () =>
      framesOf(await openEncoded(path('short.webm'), { decoder })),
    );
    expect(error._tag).toBe('DamagedInput');
    if (decoder === 'webcodecs') {
      expect(errorMessage(error)).toContain(
        `${bytes.length} bytes needed, ${bytes.length - 5000} present`,
      );
    }
  });

  it('names the codec and both ways out where there is no decoder', async () => {
    const codec = errorMessage(await leftOf(openEncodedTE(path('mpeg4.mp4'), {}, ONLY_WEBCODECS)));
    expect(codec).toContain('mp4v (MPEG-4 Part 2)');
    expect(codec).toContain('install ffmpeg');
    expect(codec).toContain('convert the video');
    const none = await leftOf(openEncodedTE(path('index-first.mp4'), {}, NOTHING));
    expect(none._tag).toBe('BackendUnavailable');
    expect(errorMessage(none)).toContain('npm install @napi-rs/webcodecs@1.3.1');
    expect(errorMessage(none)).toContain('install ffmpeg');
    const forced = await leftOf(
      openEncodedTE(path('index-first.mp4'), { decoder: 'ffmpeg' }, NOTHING),
    );
    expect(forced._tag).toBe('BackendUnavailable');
  });

  it('uses ffmpeg where the WebCodecs package is not installed, and without ffprobe', async () => {
    const tools = { ...NOTHING, ffmpeg: 'ffmpeg' };
    const source = await openEncoded(path('index-first.mp4'), { limit: 3 }, tools);
    expect(source.info.decoder).toMatch(/^ffmpeg /u);
    const plain = await openEncoded(path('index-first.mp4'), { limit: 3 });
    expect(await framesOf(source)).toEqual(await framesOf(plain));
    await plain.close();
    expect((await leftOf(openEncodedTE(path('clip.yuv'), {}, tools)))._tag).toBe('DamagedInput');
  });

  it('refuses a change of size instead of scaling', async () => {
    writeFileSync(
      path('two-sizes.264'),
      Buffer.concat([readFileSync(path('a.264')), readFileSync(path('b.264'))]),
    );
    const error = await errorOf(async () => framesOf(await openEncoded(path('two-sizes.264'))));
    expect(error._tag).toBe('DamagedInput');
    expect(errorMessage(error)).toMatch(/frame [0-4]: ffmpeg ended/u);
  });

  it('refuses RGB by its name', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=96x64:d=0.2', '-pix_fmt', 'bgr0', path('bgr0.mkv'));
    ffmpeg('-i', path('bgr0.mkv'), '-c:v', 'ffv1', '-pix_fmt', 'bgr0', path('rgb.mkv'));
    const error = await leftOf(openEncodedTE(path('rgb.mkv')));
    expect(error).toMatchObject({ _tag: 'UnsupportedFormat' });
    expect(errorMessage(error)).toContain('pixel format bgr0 of codec ffv1');
  });

  const children = (): number =>
    spawnSync('pgrep', ['-P', String(process.pid), 'ffmpeg'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line !== '').length;

  describe.each([
    ['webcodecs', 'index-first.mp4'],
    ['ffmpeg', 'long.ts'],
  ] as const)('a stream of %s', (decoder, name) => {
    it('can be left early and read again from the start', async () => {
      const source = await openEncoded(path(name), { decoder });
      for (let round = 0; round < 3; round++) {
        let seen = 0;
        for await (const frame of source.frames()) {
          expect(frame.index).toBe(seen);
          if (++seen === 2) break;
        }
        expect(seen).toBe(2);
      }
      expect(children()).toBe(0);
      await source.close();
      await source.close();
    });

    it('skips and limits', async () => {
      const whole = await framesOf(await openEncoded(path(name), { decoder }));
      expect(whole).toHaveLength(60);
      const part = await framesOf(await openEncoded(path(name), { decoder, skip: 20, limit: 5 }));
      expect(part.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
      expect(part.map(({ luma }) => luma)).toEqual(whole.slice(20, 25).map(({ luma }) => luma));
      const none = await errorOf(async () =>
        framesOf(await openEncoded(path(name), { decoder, skip: 99, name: 'v' })),
      );
      expect(errorMessage(none)).toBe(
        'v has 60 frames and 99 are skipped: there is no frame to score.',
      );
    });

    it('is cancelled before and in the middle', async () => {
      const source = await openEncoded(path(name), { decoder });
      const before = await errorOf(() => framesOf(source, AbortSignal.abort()));
      expect(before._tag).toBe('Cancelled');
      const stop = new AbortController();
      const during = await errorOf(async () => {
        for await (const { index } of source.frames(stop.signal)) if (index === 3) stop.abort();
      });
      expect(during._tag).toBe('Cancelled');
      expect(children()).toBe(0);
      await source.close();
    });

    it('ends when the source is closed', async () => {
      const source = await openEncoded(path(name), { decoder });
      const error = await errorOf(async () => {
        for await (const { index } of source.frames()) if (index === 3) await source.close();
      });
      expect(error._tag).toBe('Cancelled');
      expect(children()).toBe(0);
      expect((await errorOf(() => framesOf(source)))._tag).toBe('Cancelled');
    });

    it('waits for its consumer', async () => {
      const source = await openEncoded(path(name), { decoder });
      let seen = 0;
      for await (const { luma } of source.frames()) {
        const first = luma.data[0];
        // A decoder running ahead must not write into a frame that is being looked at.
        if (seen % 20 === 0) await sleep(30);
        expect(luma.data[0]).toBe(first);
        seen++;
      }
      expect(seen).toBe(60);
      await source.close();
    });
  });

  it('is the same from a Blob', async () => {
    await describeDecoders();
    const bytes = readFileSync(path('index-first.mp4'));
    const opened = await openContainerTE(new Blob([bytes]), { name: 'blob' })();
    if (opened._tag === 'Left') throw new TinyVmafException(opened.left);
    expect(opened.right.info.name).toBe('blob');
    expect(await framesOf(opened.right)).toEqual(
      await framesOf(await openEncoded(path('index-first.mp4'))),
    );
    expect((await leftOf(openContainerTE(new Blob([]))))._tag).toBe('NoFrames');
  });

  it('says which decoders there are', async () => {
    const report = await describeDecoders();
    expect(report.webcodecs).toMatchObject({ found: true });
    expect(report.ffmpeg).toMatchObject({ found: true, name: 'ffmpeg' });
    const none = await describeDecoders(NOTHING);
    expect(none.webcodecs).toEqual({
      found: false,
      name: 'webcodecs',
      problem: "Cannot find package 'x'",
    });
    expect(none.ffmpeg).toMatchObject({ found: false });
  });
});
