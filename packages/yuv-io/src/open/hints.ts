/** What callers say about an input, checked once at the edge. */
import { decodeWith, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import type { VideoHints } from '../frame.js';
import { checkFormat } from '../geometry/limits.js';

const Count = t.refinement(
  t.number,
  (n) => Number.isSafeInteger(n) && n >= 0,
  'a whole number >= 0',
);
const Positive = t.refinement(
  t.number,
  (n) => Number.isSafeInteger(n) && n >= 1,
  'a whole number >= 1',
);

const Raw = t.type({
  width: t.number,
  height: t.number,
  bitDepth: t.union([t.literal(8), t.literal(10), t.literal(12), t.literal(16)]),
  chroma: t.keyof({ '400': null, '420': null, '422': null, '444': null }),
});

const Hints = t.partial({
  raw: t.union([Raw, t.undefined]),
  track: t.union([Positive, t.undefined]),
  decoder: t.union([t.literal('webcodecs'), t.literal('ffmpeg'), t.undefined]),
  skip: t.union([Count, t.undefined]),
  limit: t.union([Positive, t.undefined]),
  name: t.union([t.string, t.undefined]),
});

/**
 * Hints whose parts have the right types and ranges; unknown members pass.
 * Left: `BadArgument` naming the member, `BadGeometry` for impossible sizes.
 */
export const checkHints = (hints: VideoHints, name: string): E.Either<TinyVmafError, VideoHints> =>
  F.pipe(
    decodeWith(Hints, hints, ([issue]) => ({
      _tag: 'BadArgument',
      argument: ['hints', issue?.path].filter(Boolean).join('.'),
      rule: issue?.problem.replace(/^expected /, 'must be ') ?? 'is not usable',
    })),
    E.chain(() => (hints.raw === undefined ? E.right(hints) : checkRaw(hints, hints.raw, name))),
  );

const checkRaw = (
  hints: VideoHints,
  raw: NonNullable<VideoHints['raw']>,
  name: string,
): E.Either<TinyVmafError, VideoHints> =>
  F.pipe(
    checkFormat(raw, name),
    E.map(() => hints),
  );
