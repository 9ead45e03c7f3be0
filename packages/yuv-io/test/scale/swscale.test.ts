// Agreement with ffmpeg's swscale, accurate_rnd.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BIT_DEPTHS } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { SCALE_METHODS } from '../../src/scale/method.js';
import { createPlaneScaler } from '../../src/scale/plane.js';

/** Code values by which a sample may differ: none. Measured with ffmpeg 5.1 on x86-64. */
const TOLERANCE = 0;

const SIZES = [
  [160, 90, 320, 180],
  [107, 61, 320, 180],
  [213, 119, 320, 179],
  [240, 135, 321, 181],
  [320, 90, 320, 180],
  [320, 180, 213, 120],
  [400, 301, 97, 64],
] as const;

describe.skipIf(!has('ffmpeg'))('swscale', () => {
  it.each(
    // Every third of all: each method, depth and size is there.
    SCALE_METHODS.flatMap((method) =>
      BIT_DEPTHS.flatMap((depth) => SIZES.map(([w, h, W, H]) => ({ method, depth, w, h, W, H }))),
    ).filter((_, i) => i % 3 === 0),
  )('$method, $depth bits, $w x $h to $W x $H', ({ method, depth, w, h, W, H }) => {
    const array = depth === 8 ? Uint8Array : Uint16Array;
    let state = w * h;
    const data = new array(w * h).map((_, i) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      // Half of the picture is noise, half is stripes of both ends.
      const random = (state >>> 8) & (2 ** depth - 1);
      return i % w < w / 2 ? random : (i >> 3) & 1 ? 2 ** depth - 1 : 0;
    });
    const format = depth === 8 ? 'gray' : `gray${depth}le`;
    const raw = ['-f', 'rawvideo', '-pix_fmt', format];
    const bytes = execFileSync(
      'ffmpeg',
      [
        ...['-v', 'error', ...raw, '-s', `${w}x${h}`, '-i', '-'],
        ...['-vf', `scale=${W}:${H}:flags=${method}+accurate_rnd+full_chroma_int`, ...raw, '-'],
      ],
      { input: new Uint8Array(data.buffer), maxBuffer: 2 ** 24 },
    );
    const theirs = new array(Uint8Array.from(bytes).buffer);
    const ours = new array(W * H);
    createPlaneScaler({ width: w, height: h }, { width: W, height: H }, method, depth).scale(
      { data, width: w, height: h, stride: w },
      ours,
    );
    const apart = Math.max(...Array.from(ours, (v, i) => Math.abs(v - theirs[i]!)));
    expect(theirs).toHaveLength(ours.length);
    expect(apart).toBeLessThanOrEqual(TOLERANCE);
  });
});
