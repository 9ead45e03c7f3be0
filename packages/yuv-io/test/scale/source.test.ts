// The stage as a frame source: contract, errors, hostile sizes.
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { TinyVmafException } from '@tinyvmaf/core';
import { lumaOf, lumaSource, rawFile } from '@tinyvmaf/testkit';
import {
  MAX_SIDE,
  openVideoTE,
  scaleSource,
  type Frame,
  type FrameSource,
  type ScaleMethod,
} from '../../src/index.js';
import { blobOf, errorOf, framesOf, rightOf, SMALL, textures } from '../support.js';

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

const BIG = { width: 192, height: 128 };

const raw = (count = 3): Promise<FrameSource> =>
  rightOf(openVideoTE(blobOf(rawFile(textures(count))), { raw: SMALL, name: 'small.yuv' }));

describe('scaleSource', () => {
  it('says what it is', async () => {
    const source = await raw();
    const scaled = right(scaleSource(source, BIG, 'bicubic'));
    expect(scaled.format).toEqual({ ...SMALL, ...BIG });
    expect(scaled.info).toEqual({
      ...source.info,
      scaled: { width: 96, height: 64, method: 'bicubic' },
    });
    expect(scaled.frameCount).toBe(3);
    expect(scaled.warnings()).toEqual([]);
  });

  it('delivers luma of the wanted size, frame by frame', async () => {
    const frames = await framesOf(right(scaleSource(await raw(), BIG, 'lanczos')));
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { luma, chroma } of frames) {
      expect([luma.width, luma.height, luma.data.length]).toEqual([192, 128, 192 * 128]);
      expect(chroma).toEqual([]);
    }
    expect(frames[1]?.luma.data).not.toEqual(frames[0]?.luma.data);
  });

  it('is the source itself at its own size', async () => {
    const source = await raw();
    expect(right(scaleSource(source, SMALL, 'bicubic'))).toBe(source);
  });

  it('delivers the same frames at random', async () => {
    const scaled = right(scaleSource(await raw(), BIG, 'bicubic'));
    const frames = await framesOf(scaled);
    const picked = await Promise.all([2, 0].map(async (i) => scaled.randomAccess?.frame(i)));
    expect(picked.map((frame) => frame?.luma.data)).toEqual(
      [2, 0].map((i) => frames[i]?.luma.data),
    );
  });

  it('does not read ahead, and leaves the lent picture alone for one step', async () => {
    const inner = lumaSource('x', textures(4));
    let read = 0;
    const counted: FrameSource = {
      ...inner,
      frames: async function* (signal) {
        for await (const frame of inner.frames(signal)) {
          read++;
          yield frame;
        }
      },
    };
    const stream = right(scaleSource(counted, BIG, 'bilinear')).frames();
    const frames = stream[Symbol.asyncIterator]();
    const first = (await frames.next()).value as Frame;
    expect(read).toBe(1);
    const kept = first.luma.data.slice();
    await frames.next();
    expect(read).toBe(2);
    expect(first.luma.data).toEqual(kept);
    await frames.return?.();
  });

  it('passes on cancelling, closing and warnings', async () => {
    let closed = 0;
    const warning = { code: 'interlaced', message: 'x' };
    const source: FrameSource = {
      ...lumaSource('x', textures(2)),
      warnings: () => [warning],
      close: () => {
        closed++;
        return Promise.resolve();
      },
    };
    const scaled = right(scaleSource(source, BIG, 'bicubic'));
    await scaled.close();
    expect([closed, scaled.warnings()]).toEqual([1, [warning]]);
    await expect(framesOf(scaled, AbortSignal.abort())).rejects.toThrow();
  });

  it('warns where the picture is stretched', async () => {
    const scaled = right(scaleSource(await raw(), { width: 192, height: 100 }, 'bicubic'));
    expect(scaled.warnings().map(({ code }) => code)).toEqual(['scaled-aspect']);
    // 2 % are rounding to even sizes.
    const close = right(scaleSource(await raw(), { width: 192, height: 130 }, 'bicubic'));
    expect(close.warnings()).toEqual([]);
  });

  it.each([
    [0, 64],
    [96, -1],
    [1.5, 64],
    [NaN, 64],
    [Infinity, 64],
    [MAX_SIDE + 1, 64],
    [MAX_SIDE, MAX_SIDE],
  ])('refuses %d x %d', async (width, height) => {
    const result = scaleSource(await raw(), { width, height }, 'bicubic');
    expect(E.isLeft(result) && result.left._tag).toBe('BadGeometry');
  });

  it('refuses a method that does not exist', async () => {
    const result = scaleSource(await raw(), BIG, 'spline' as ScaleMethod);
    expect(E.isLeft(result) && result.left).toEqual({
      _tag: 'BadArgument',
      argument: 'scale',
      rule: 'must be bicubic, lanczos or bilinear',
      value: 'spline',
    });
  });

  it('goes to the ends of what sizes there are', async () => {
    const wide = right(scaleSource(await raw(1), { width: MAX_SIDE, height: 1 }, 'lanczos'));
    expect((await framesOf(wide))[0]?.luma.data).toHaveLength(MAX_SIDE);
    const line = lumaSource('line', [lumaOf(MAX_SIDE, 1, 8, (x) => x & 255)], { chroma: '400' });
    const dot = right(scaleSource(line, { width: 1, height: 1 }, 'bicubic'));
    expect((await framesOf(dot))[0]?.luma.data).toHaveLength(1);
  });

  it('ends at samples beyond the depth, which would vanish in it', async () => {
    const inner = lumaSource('ten.yuv', [lumaOf(40, 40, 10, (x, y) => (x + y === 7 ? 1024 : 9))]);
    const error = await errorOf(() => framesOf(right(scaleSource(inner, BIG, 'bicubic'))));
    expect(error).toMatchObject({ _tag: 'SampleRange', value: 1024, bitDepth: 10, frame: 0 });
  });

  it('ends at a picture of another size', async () => {
    const inner = lumaSource('x', textures(1));
    const lying: FrameSource = { ...inner, format: { ...inner.format, width: 100 } };
    const error = await errorOf(() => framesOf(right(scaleSource(lying, BIG, 'bicubic'))));
    expect(error._tag).toBe('DamagedInput');
  });

  it('passes on errors of the source', async () => {
    const failing: FrameSource = {
      ...lumaSource('x', textures(1)),
      frames: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            Promise.reject(
              new TinyVmafException({ _tag: 'NoFrames', source: 'x', problem: 'is empty' }),
            ),
        }),
      }),
    };
    const error = await errorOf(() => framesOf(right(scaleSource(failing, BIG, 'bicubic'))));
    expect(error._tag).toBe('NoFrames');
  });
});
