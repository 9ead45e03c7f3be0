// cases.md A4: lengths that differ, and frames skipped on request.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { BASE, BASE_MEAN, G, rawClip, scratch, T, write, y4mClip } from '../support/files.js';

describe.skipIf(!has('shared'))('A4 frame counts', () => {
  const { path } = scratch();
  const a5 = write(path('a5.yuv'), rawClip({ frames: 5, q: 1 }));
  const b5 = write(path('b5.yuv'), rawClip({ frames: 5, q: 32 }));
  const b32 = write(path('b32.yuv'), rawClip({ q: 32 }));

  it('unequal: an error with both counts', async () => {
    const { status, stdout, stderr } = await tinyvmaf(...T, a5, b32, ...G);
    expect([status, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/5 frames.*3/);
    expect(stderr).toMatch(/--allow-shorter/);
  });

  it('unequal Y4M, whose lengths are known only at the end: the same', async () => {
    const files = [
      write(path('a5.y4m'), y4mClip({ frames: 5, q: 1 })),
      write(path('b32.y4m'), y4mClip({ q: 32 })),
    ];
    const { status, stdout, stderr } = await tinyvmaf(...T, ...files);
    expect([status, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/5 frames.*3/);
    expect(scoresOf(logOf(await tinyvmaf(...T, ...files, '--allow-shorter')))).toEqual(BASE);
  });

  it('unequal but allowed: the last common frame is the end of the clip', async () => {
    expect(scoresOf(logOf(await tinyvmaf(...T, a5, b32, ...G, '--allow-shorter')))).toEqual(BASE);
  });

  it.each([
    ['longer', () => b32],
    ['both longer', () => b5],
  ])('--frame_cnt 3, %s: no complaint', async (_name, distorted) => {
    const outcome = await tinyvmaf(...T, a5, distorted(), ...G, '--frame_cnt', '3');
    expect(scoresOf(logOf(outcome))).toEqual(BASE);
    expect(meanOf(logOf(outcome))).toBe(BASE_MEAN);
    expect(outcome.stderr).not.toMatch(/warning|error/);
  });

  it('skipping on one side only leaves unequal counts', async () => {
    const { status, stderr } = await tinyvmaf(...T, a5, b5, ...G, '--frame_skip_ref', '1');
    expect(status).toBe(4);
    expect(stderr).toMatch(/4 frames.*5/);
  });

  it('skipping on one side, allowed: scored as it is, never aligned', async () => {
    const log = logOf(
      await tinyvmaf(...T, a5, b5, ...G, '--frame_skip_ref', '1', '--allow-shorter'),
    );
    expect(scoresOf(log)).toEqual([14.071659, 18.963014, 22.614964, 21.031164]);
    expect(meanOf(log)).toBe(19.1702);
  });

  it('skipping more than there is: no frame left', async () => {
    const { status, stderr } = await tinyvmaf(...T, a5, b5, ...G, '--frame-skip-ref', '9');
    expect(status).toBe(3);
    expect(stderr).toMatch(/5/);
    expect(stderr).toMatch(/9/);
  });
});
