// cases.md A7: identical pictures are not 100 everywhere, and that is right.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, T, write } from '../support/files.js';

const FRAME_BYTES = (96 * 64 * 3) / 2;

const doubled = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat(
    Array.from({ length: bytes.length / FRAME_BYTES }, (_, i) =>
      bytes.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES),
    ).flatMap((frame) => [frame, frame]),
  );

describe.skipIf(!has('shared'))('A7 identical pictures', () => {
  const { path } = scratch();
  const a = write(path('a.yuv'), rawClip({ q: 1 }));

  it('has a first frame below 100, and says why', async () => {
    const outcome = await tinyvmaf(...T, a, a, ...G);
    expect(scoresOf(logOf(outcome))).toEqual([97.42856, 100, 100]);
    expect(meanOf(logOf(outcome))).toBe(99.142853);
    expect(outcome.stderr).toMatch(/identical/);
    const noclip = await tinyvmaf(...T, a, a, ...G, '-m', 'version=vmaf_v0.6.1:disable_clip');
    expect(meanOf(logOf(noclip))).toBe(102.412748);
  });

  it('scores a single frame once', async () => {
    const one = write(path('a1.yuv'), rawClip({ frames: 1, q: 1 }));
    expect(scoresOf(logOf(await tinyvmaf(...T, one, one, ...G)))).toEqual([97.42856]);
  });

  it('has no motion where frames are doubled', async () => {
    const dup1 = write(path('dup1.yuv'), doubled(rawClip({ frames: 5, q: 1 })));
    const dup32 = write(path('dup32.yuv'), doubled(rawClip({ frames: 5, q: 32 })));
    const same = logOf(await tinyvmaf(...T, dup1, dup1, ...G));
    const twice = (values: readonly number[]): number[] => values.flatMap((v) => [v, v]);
    expect(scoresOf(same)).toEqual(twice([97.42856, 97.428532, 97.428484, 97.428532, 97.428552]));
    expect(meanOf(same)).toBe(97.428532);
    expect(scoresOf(same, 'integer_motion2').every((motion) => motion === 0)).toBe(true);
    const damaged = logOf(await tinyvmaf(...T, dup1, dup32, ...G));
    expect(meanOf(damaged)).toBe(66.605085);
    expect(scoresOf(damaged)).toEqual(twice([65.271582, 63.77638, 65.475679, 68.4322, 70.069583]));
  });
});
