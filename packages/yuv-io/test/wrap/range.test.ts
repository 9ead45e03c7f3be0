// Case A4 as far as counts are concerned.
import { describe, expect, it } from 'vitest';
import { errorMessage } from '@tinyvmaf/core';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { openVideoTE, type VideoHints, type VideoInput } from '../../src/index.js';
import {
  SMALL,
  blobOf,
  errorOf,
  framesOf,
  inPieces,
  leftOf,
  rightOf,
  textures,
} from '../support.js';

const lumas = textures(5);
const raw = rawFile(lumas);
const y4m = y4mFile(lumas);

const INPUTS: readonly (readonly [string, () => VideoInput, VideoHints, boolean])[] = [
  ['raw file', () => blobOf(raw), { raw: SMALL }, true],
  ['raw stream', () => inPieces(raw, [100]), { raw: SMALL }, false],
  ['Y4M file', () => blobOf(y4m), {}, false],
  ['Y4M stream', () => inPieces(y4m, [100]), {}, false],
];

describe.each(INPUTS)('skip and limit on a %s', (_name, input, hints, counted) => {
  it.each([
    [0, undefined, [0, 1, 2, 3, 4]],
    [1, undefined, [1, 2, 3, 4]],
    [0, 3, [0, 1, 2]],
    [2, 2, [2, 3]],
    [4, 9, [4]],
    [0, 5, [0, 1, 2, 3, 4]],
  ])('skip %s, limit %s', async (skip, limit, wanted) => {
    const source = await rightOf(
      openVideoTE(input(), { ...hints, skip, ...(limit === undefined ? {} : { limit }) }),
    );
    expect(source.frameCount).toBe(counted ? wanted.length : undefined);
    const frames = await framesOf(source);
    expect(frames.map(({ index }) => index)).toEqual(wanted.map((_, i) => i));
    expect(frames.map((frame) => frame.luma.data)).toEqual(wanted.map((i) => lumas[i]?.data));
    if (source.randomAccess !== undefined) {
      const last = wanted.length - 1;
      expect(await source.randomAccess.frame(last)).toEqual(frames[last]);
      expect((await errorOf(async () => source.randomAccess?.frame(last + 1)))._tag).toBe(
        'BadArgument',
      );
    }
  });

  it('names both counts when nothing is left', async () => {
    const error = await errorOf(async () => {
      await framesOf(await rightOf(openVideoTE(input(), { ...hints, skip: 9 })));
    });
    expect(error._tag).toBe('NoFrames');
    expect(errorMessage(error)).toContain('has 5 frames and 9 are skipped');
  });
});

describe('hints', () => {
  it.each([
    [{ skip: -1 }, 'hints.skip'],
    [{ skip: 1.5 }, 'hints.skip'],
    [{ limit: 0 }, 'hints.limit'],
    [{ limit: NaN }, 'hints.limit'],
    [{ track: 0 }, 'hints.track'],
    [{ decoder: 'magic' }, 'hints.decoder'],
    [{ raw: { ...SMALL, bitDepth: 9 } }, 'hints.raw.bitDepth'],
    [{ raw: { ...SMALL, chroma: '411' } }, 'hints.raw.chroma'],
    [{ raw: { ...SMALL, width: '96' } }, 'hints.raw.width'],
  ])('%o is refused by name', async (hints, argument) => {
    expect(await leftOf(openVideoTE(blobOf(raw), hints as unknown as VideoHints))).toMatchObject({
      _tag: 'BadArgument',
      argument,
    });
  });
});
