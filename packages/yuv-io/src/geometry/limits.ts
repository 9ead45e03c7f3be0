/**
 * What sizes a picture may have. The limits are far above real video; they
 * keep a damaged or hostile header from asking for all the memory there is.
 */
import {
  BIT_DEPTHS,
  CHROMAS,
  bytesPerSample,
  frameBytes,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import { either as E } from 'fp-ts';

/** Longest side of a picture, in samples. */
export const MAX_SIDE = 16384;

/** Most samples of one frame, all planes together. */
export const MAX_SAMPLES = 2 ** 28;

const isSide = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= MAX_SIDE;

/**
 * A format whose numbers are usable. Left: `BadGeometry` for sizes outside
 * 1..{@link MAX_SIDE} or above {@link MAX_SAMPLES}, `BadArgument` for a bit
 * depth or chroma layout that does not exist.
 */
export const checkFormat = (
  format: VideoFormat,
  name: string,
): E.Either<TinyVmafError, VideoFormat> => {
  const { width, height, bitDepth, chroma } = format;
  if (!isSide(width) || !isSide(height)) {
    const problem = `is said to be ${width}x${height}; both sides must be whole numbers from 1 to ${MAX_SIDE}`;
    return E.left({ _tag: 'BadGeometry', source: name, problem });
  }
  if (!BIT_DEPTHS.includes(bitDepth)) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'bitDepth',
      rule: 'must be 8, 10, 12 or 16',
      value: String(bitDepth),
    });
  }
  if (!CHROMAS.includes(chroma)) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'chroma',
      rule: "must be '400', '420', '422' or '444'",
      value: String(chroma),
    });
  }
  const samples = frameBytes(format) / bytesPerSample(bitDepth);
  if (samples > MAX_SAMPLES) {
    const problem = `has ${samples} samples a frame at ${width}x${height}; at most ${MAX_SAMPLES} are taken`;
    return E.left({ _tag: 'BadGeometry', source: name, problem });
  }
  return E.right(format);
};
