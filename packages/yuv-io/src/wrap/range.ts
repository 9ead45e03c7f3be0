/**
 * A part of a video: leading frames dropped, at most so many delivered. The
 * frames of the part are numbered from 0.
 */
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Frame, FrameSource, PlaneChoice } from '../frame.js';
import type { LocatedFrames } from '../location.js';

/** A source that may be able to begin in the middle without reading what is before. */
export interface SeekableSource extends FrameSource {
  /** Frames from source frame `first` on, numbered from 0. */
  framesFrom?(first: number, signal?: AbortSignal, planes?: PlaneChoice): AsyncIterable<Frame>;
  /** Where frames from `first` on lie, at most `limit`; undefined where that is not known. */
  locatedFrom?(first: number, limit: number): LocatedFrames | undefined;
}

/** Which part. */
export interface FrameRange {
  /** Leading frames to drop. Default 0. */
  readonly skip?: number;
  /** Frames to deliver at most after skipping, 1 or more. Default: all. */
  readonly limit?: number;
}

/**
 * The part of a video that a range names; the source itself for the whole.
 * Left: `BadArgument` for numbers that are no counts, `NoFrames` when a video
 * of known length has nothing left (others throw it while they are read).
 */
export const frameRange = (
  source: SeekableSource,
  { skip = 0, limit }: FrameRange,
): E.Either<TinyVmafError, FrameSource> => {
  if (!Number.isSafeInteger(skip) || skip < 0) return E.left(notACount('skip', 0, skip));
  if (limit !== undefined && (!Number.isSafeInteger(limit) || limit < 1)) {
    return E.left(notACount('limit', 1, limit));
  }
  if (skip === 0 && limit === undefined) return E.right(source);
  const { frameCount, randomAccess } = source;
  if (frameCount !== undefined && frameCount <= skip) {
    return E.left(nothingLeft(source.info.name, frameCount, skip));
  }
  const most = limit ?? Infinity;
  const count = frameCount === undefined ? undefined : Math.min(frameCount - skip, most);
  const located = source.locatedFrom?.(skip, most);
  return E.right({
    format: source.format,
    info: source.info,
    ...(count === undefined ? {} : { frameCount: count }),
    frames: (signal, planes) => part(source, skip, most, signal, planes),
    ...(randomAccess === undefined || count === undefined
      ? {}
      : { randomAccess: { frame: (index) => frameOfPart(source, skip, count, index) } }),
    ...(located === undefined ? {} : { located }),
    warnings: () => source.warnings(),
    close: () => source.close(),
  });
};

async function* part(
  source: SeekableSource,
  skip: number,
  most: number,
  signal: AbortSignal | undefined,
  planes: PlaneChoice | undefined,
): AsyncGenerator<Frame, void, undefined> {
  const seeks = source.framesFrom !== undefined;
  const frames = source.framesFrom?.(skip, signal, planes) ?? source.frames(signal, planes);
  const dropped = seeks ? 0 : skip;
  let seen = 0;
  for await (const frame of frames) {
    const index = seen - dropped;
    seen++;
    if (index < 0) continue;
    yield { ...frame, index };
    if (index + 1 >= most) return;
  }
  if (seen <= dropped) {
    const had = seeks ? (source.frameCount ?? 0) : seen;
    throw new TinyVmafException(nothingLeft(source.info.name, had, skip));
  }
}

const frameOfPart = async (
  source: FrameSource,
  skip: number,
  count: number,
  index: number,
): Promise<Frame> => {
  if (source.randomAccess === undefined || !(index >= 0 && index < count)) {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: 'frame',
      rule: `must be a whole number from 0 to ${count - 1}, the last frame taken of ${source.info.name}`,
      value: String(index),
    });
  }
  return { ...(await source.randomAccess.frame(index + skip)), index };
};

const notACount = (argument: string, least: number, value: number): TinyVmafError => ({
  _tag: 'BadArgument',
  argument,
  rule: `must be a whole number, ${least} or more`,
  value: String(value),
});

const nothingLeft = (source: string, frames: number, skipped: number): TinyVmafError => ({
  _tag: 'NoFrames',
  source,
  problem: `has ${frames} ${frames === 1 ? 'frame' : 'frames'} and ${skipped} are skipped`,
});
