// cases.md A10: cover art is not a video, the default track is meant, and an
// unknown codec has a name. Files come from the ffmpeg at hand, so its own
// decoder is the judge of values; the counts and errors are fixed.
import { has } from '@tinyvmaf/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf, type Log } from '../support/command.js';
import { ffmpeg, rawInput } from '../support/encode.js';
import { rawClip, scratch, T, write } from '../support/files.js';

describe.skipIf(!has('shared', 'ffmpeg'))('A10 video tracks', () => {
  const { path } = scratch();
  const ref = path('ref.mp4');
  const dis = path('dis.mp4');
  let plain: Log;

  beforeAll(async () => {
    const a = rawInput(write(path('a12.yuv'), rawClip({ frames: 12, q: 1 })));
    const b = rawInput(write(path('b12.yuv'), rawClip({ frames: 12, q: 32 })));
    const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
    ffmpeg(...a, ...x264, '-preset', 'veryfast', '-crf', '8', '-bf', '2', ref);
    ffmpeg(...b, ...x264, '-qp', '20', '-bf', '3', dis);
    ffmpeg('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', path('c.jpg'));
    const cover = ['-map', '1', '-map', '0', '-c', 'copy', '-disposition:v:0', 'attached_pic'];
    ffmpeg('-i', dis, '-i', path('c.jpg'), ...cover, path('cover.mp4'));
    ffmpeg(...a, '-vf', 'scale=48:32', ...x264, path('small.mp4'));
    const two = ['-map', '0', '-map', '1', '-c', 'copy', '-disposition:v:0', '0'];
    ffmpeg(
      '-i',
      path('small.mp4'),
      '-i',
      dis,
      ...two,
      '-disposition:v:1',
      'default',
      path('twov.mp4'),
    );
    ffmpeg('-f', 'lavfi', '-i', 'sine=440:d=0.5', '-c:a', 'aac', path('audio.mp4'));
    ffmpeg(...b, '-c:v', 'mpeg4', '-q:v', '2', path('mpeg4.mp4'));
    plain = logOf(await tinyvmaf(...T, ref, dis));
  });

  it('decodes the plain pair the same through both decoders', async () => {
    const other = logOf(await tinyvmaf(...T, '--decoder', 'ffmpeg', ref, dis));
    expect(plain.frames).toHaveLength(12);
    expect(scoresOf(other)).toEqual(scoresOf(plain));
    // Debian's ffmpeg 5.1.9 and its libx264 give 73.051565.
    expect(Math.abs(meanOf(plain) - 73.051565)).toBeLessThan(1);
  });

  it('does not take cover art for the video', async () => {
    expect(scoresOf(logOf(await tinyvmaf(...T, ref, path('cover.mp4'))))).toEqual(scoresOf(plain));
  });

  it('takes the track flagged as default, or the one asked for', async () => {
    const outcome = await tinyvmaf(...T, '--extended', ref, path('twov.mp4'));
    const log = logOf(outcome) as Log & {
      tinyvmaf: { distorted: { track: { number: number; of: number } } };
    };
    expect(scoresOf(log)).toEqual(scoresOf(plain));
    expect(log.tinyvmaf.distorted.track).toEqual({ number: 2, of: 2 });
    const { status, stderr } = await tinyvmaf(...T, '--track-dis', '1', ref, path('twov.mp4'));
    expect(status).toBe(4);
    expect(stderr).toMatch(/96x64.*48x32/);
    expect(
      (await tinyvmaf(...T, '--track-dis', '3', ref, path('twov.mp4'))).status,
    ).toBeGreaterThan(0);
  });

  it('says that there is no video track', async () => {
    const { status, stdout, stderr } = await tinyvmaf(...T, ref, path('audio.mp4'));
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/no video track/);
  });

  it('sends MPEG-4 Part 2 through ffmpeg', async () => {
    const log = logOf(await tinyvmaf(...T, ref, path('mpeg4.mp4')));
    expect(log.frames).toHaveLength(12);
    expect(Math.abs(meanOf(log) - 73.383737)).toBeLessThan(1);
    const forced = await tinyvmaf(...T, '--decoder', 'webcodecs', ref, path('mpeg4.mp4'));
    expect(forced.status).toBeGreaterThan(0);
    expect(forced.stderr).toMatch(/mpeg-?4|mp4v/i);
    expect(forced.stderr).not.toMatch(/assert/i);
  });
});
