/**
 * Distorted videos at their reference's size. The size alone can be changed,
 * and only on request; everything else that differs stays an error.
 */
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import { scaleSource, type FrameSource, type ScaleMethod } from '@tinyvmaf/yuv-io';
import { either as E, function as F, readonlyArray as RA } from 'fp-ts';

const SIZES_DIFFER =
  "Add --scale bicubic (scale: 'bicubic') to bring the distorted video to the reference's size.";

const SIZE_ONLY =
  "Scaling changes the size alone: bring bit depth and chroma layout to the reference's first.";

/**
 * The distorted videos, those of another size than the reference's scaled.
 * @param method how to scale; `undefined` not to.
 * @returns Left: `FormatMismatch` where sizes differ and no method is given, or
 * where depth or chroma layout of a video to be scaled differ; what
 * `scaleSource` refuses.
 */
export const atSizeOf = (
  reference: FrameSource,
  distorted: readonly FrameSource[],
  method: ScaleMethod | undefined,
): E.Either<TinyVmafError, readonly FrameSource[]> => {
  // A source given twice stays one source, so that the extractor can refuse it.
  const known = new Map<FrameSource, E.Either<TinyVmafError, FrameSource>>();
  return F.pipe(
    distorted,
    RA.traverse(E.Applicative)((source) => {
      const result = known.get(source) ?? oneAtSizeOf(reference, source, method);
      known.set(source, result);
      return result;
    }),
  );
};

const oneAtSizeOf = (
  reference: FrameSource,
  source: FrameSource,
  method: ScaleMethod | undefined,
): E.Either<TinyVmafError, FrameSource> => {
  const { format: wanted } = reference;
  const { format } = source;
  if (sameSize(format, wanted)) return E.right(source);
  const fits = format.bitDepth === wanted.bitDepth && format.chroma === wanted.chroma;
  if (method !== undefined && fits) return scaleSource(source, wanted, method);
  return E.left({
    _tag: 'FormatMismatch',
    reference: { source: reference.info.name, format: wanted },
    distorted: { source: source.info.name, format },
    hint: method === undefined ? SIZES_DIFFER : SIZE_ONLY,
  });
};

const sameSize = (a: VideoFormat, b: VideoFormat): boolean =>
  a.width === b.width && a.height === b.height;
