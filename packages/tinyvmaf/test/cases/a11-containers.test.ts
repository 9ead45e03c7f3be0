// cases.md A11: fragmented files, live WebM without sizes, rotated recordings.
import { execFileSync } from 'node:child_process';
import { has } from '@tinyvmaf/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { ffmpeg, rawInput } from '../support/encode.js';
import { rawClip, scratch, T, write } from '../support/files.js';

const X265 = ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-crf', '20', '-tag:v', 'hvc1'];

describe.skipIf(!has('shared', 'ffmpeg'))('A11 containers and orientation', () => {
  const { path } = scratch();
  const ref = path('ref.mp4');
  const dis = path('dis.mp4');
  const both = ['webcodecs', 'ffmpeg'] as const;
  const scores = async (...words: readonly string[]) =>
    scoresOf(logOf(await tinyvmaf(...T, ...words)));

  beforeAll(() => {
    const a = rawInput(write(path('a12.yuv'), rawClip({ frames: 12, q: 1 })));
    const b = rawInput(write(path('b12.yuv'), rawClip({ frames: 12, q: 32 })));
    const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
    ffmpeg(...a, ...x264, '-preset', 'veryfast', '-crf', '8', '-bf', '2', ref);
    ffmpeg(...b, ...x264, '-qp', '20', '-bf', '3', dis);
    const fragments = (flag: string): readonly string[] => [
      '-movflags',
      `${flag}+empty_moov+default_base_moof`,
    ];
    ffmpeg(
      ...b,
      ...X265,
      ...fragments('frag_every_frame'),
      '-pix_fmt',
      'yuv420p',
      path('hevcfrag.mp4'),
    );
    ffmpeg('-i', dis, '-c', 'copy', ...fragments('frag_keyframe'), path('frag.mp4'));
    const live = ['-c:v', 'libvpx', '-deadline', 'realtime', '-crf', '10', '-b:v', '1M', '-g', '4'];
    const webm = execFileSync('ffmpeg', [
      ...[
        '-v',
        'error',
        ...b,
        ...live,
        '-live',
        '1',
        '-cluster_time_limit',
        '100',
        '-f',
        'webm',
        '-',
      ],
    ]);
    write(path('live.webm'), webm);
    for (const name of ['ref', 'dis']) {
      const turn = ['-c', 'copy', '-metadata:s:v', 'rotate=90'];
      ffmpeg('-i', path(`${name}.mp4`), ...turn, path(`${name}90.mp4`));
    }
    ffmpeg('-i', path('dis90.mp4'), '-c:v', 'libx264', '-qp', '0', path('upright.mp4'));
  });

  it('reads a fragmented file like a whole one', async () => {
    expect(await scores(ref, path('frag.mp4'))).toEqual(await scores(ref, dis));
  });

  it.each([
    ['hevcfrag.mp4', 72.933049],
    ['live.webm', 73.175091],
  ])('reads %s whole, the same through both decoders', async (name, mean) => {
    const log = logOf(await tinyvmaf(...T, ref, path(name)));
    expect(log.frames).toHaveLength(12);
    // The exact mean is that of one ffmpeg build's encoder.
    expect(Math.abs(meanOf(log) - mean)).toBeLessThan(1);
    expect(await scores('--decoder', 'ffmpeg', ref, path(name))).toEqual(scoresOf(log));
  });

  it.each(both)('compares in display orientation (%s)', async (decoder) => {
    const options = ['--decoder', decoder];
    const rotated = logOf(await tinyvmaf(...T, ...options, path('ref90.mp4'), path('dis90.mp4')));
    expect(rotated.frames).toHaveLength(12);
    expect(Math.abs(meanOf(rotated) - 73.215236)).toBeLessThan(1);
    expect(await scores(...options, path('ref90.mp4'), path('upright.mp4'))).toEqual(
      scoresOf(rotated),
    );
    const { status, stderr } = await tinyvmaf(...T, ...options, ref, path('dis90.mp4'));
    expect(status).toBe(4);
    expect(stderr).toMatch(/96x64.*64x96/);
  });
});
