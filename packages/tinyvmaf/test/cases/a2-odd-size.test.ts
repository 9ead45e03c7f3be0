// cases.md A2: chroma of odd sizes rounds up, in raw files, Y4M and decoded video.
import { execFileSync } from 'node:child_process';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { rawClip, scratch, T, write, y4mClip } from '../support/files.js';

const SIZE = { width: 97, height: 63 } as const;

describe.skipIf(!has('shared'))('A2 odd sizes', () => {
  const { path } = scratch();
  const pair = (name: string, make: (q: 1 | 32) => Uint8Array): readonly [string, string] => [
    write(path(`1-${name}`), make(1)),
    write(path(`32-${name}`), make(32)),
  ];

  it.each(['420', '422', '444'] as const)('raw %s', async (chroma) => {
    const files = pair(`${chroma}.yuv`, (q) => rawClip({ ...SIZE, chroma, q }));
    const log = logOf(
      await tinyvmaf(...T, ...files, '-w', '97', '-h', '63', '-p', chroma, '-b', '8'),
    );
    expect(scoresOf(log)).toEqual([67.832658, 70.834031, 70.725745]);
    expect(meanOf(log)).toBe(69.797478);
  });

  it('Y4M', async () => {
    const files = pair('420.y4m', (q) => y4mClip({ ...SIZE, q }));
    expect(meanOf(logOf(await tinyvmaf(...T, ...files)))).toBe(69.797478);
  });

  it.skipIf(!has('ffmpeg'))('VP9 in WebM', async () => {
    const files = pair('444.yuv', (q) => rawClip({ ...SIZE, chroma: '444', q })).map((raw, i) => {
      const webm = path(`${i}.webm`);
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'yuv444p', '-s', '97x63'],
        ...['-r', '25', '-i', raw, '-pix_fmt', 'yuv420p', '-c:v', 'libvpx-vp9'],
        ...['-deadline', 'realtime', '-cpu-used', '5', '-crf', '10', '-b:v', '0', webm],
      ]);
      return webm;
    });
    const log = logOf(await tinyvmaf(...T, ...files));
    // The encoder's output may differ between ffmpeg builds; both decoders must agree.
    const other = logOf(await tinyvmaf(...T, '--decoder', 'ffmpeg', ...files));
    expect(scoresOf(log)).toEqual(scoresOf(other));
    expect(log.frames).toHaveLength(3);
    expect(Math.abs(meanOf(log) - 69.603101)).toBeLessThan(1);
  });
});
