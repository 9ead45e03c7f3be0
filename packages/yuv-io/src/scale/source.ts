/**
 * A video at another size: a stage between a frame source and whoever reads
 * it. It keeps one frame at a time, so back-pressure, limits of memory and
 * cancelling are those of the source behind it. Luma alone is scaled: no score
 * looks at chroma.
 */
import { TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { Frame, FrameSource, SourceWarning } from '../frame.js';
import { checkFormat } from '../geometry/limits.js';
import { SCALE_METHODS, type ScaleMethod } from './method.js';
import { checkPicture } from './picture.js';
import { createPlaneScaler } from './plane.js';
import type { PlaneScaler, Size } from './scaler.js';

/**
 * The source at another size; the source itself where it has that size already.
 *
 * `format` is the source's with the new size. Its chroma layout stays, so that
 * the two videos of a comparison can still be told to match, but frames carry
 * luma only. `info.scaled` says what was done; warnings are the source's, with
 * `scaled-aspect` where the picture is stretched. Closing closes the source.
 * Samples above the declared depth end the stream with `SampleRange`.
 * @returns Left: `BadGeometry` for sizes outside 1..16384 or frames of more
 * than 2^28 samples, `BadArgument` for a method that does not exist.
 */
export const scaleSource = (
  source: FrameSource,
  size: Size,
  method: ScaleMethod,
): E.Either<TinyVmafError, FrameSource> => {
  const { width, height } = size;
  return F.pipe(
    checkMethod(method),
    E.flatMap(() => checkFormat({ ...source.format, width, height }, source.info.name)),
    E.map(() => (isSize(source.format, size) ? source : scaled(source, size, method))),
  );
};

const isSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

const checkMethod = (method: ScaleMethod): E.Either<TinyVmafError, ScaleMethod> =>
  SCALE_METHODS.includes(method)
    ? E.right(method)
    : E.left({
        _tag: 'BadArgument',
        argument: 'scale',
        rule: `must be ${SCALE_METHODS.slice(0, -1).join(', ')} or ${SCALE_METHODS.at(-1)}`,
        value: String(method),
      });

const scaled = (source: FrameSource, { width, height }: Size, method: ScaleMethod): FrameSource => {
  const { format, info, frameCount, randomAccess } = source;
  // Made for the first frame and shared: a scaler keeps nothing between frames.
  let scaler: PlaneScaler | undefined;
  const scalerOf = (): PlaneScaler =>
    (scaler ??= createPlaneScaler(format, { width, height }, method, format.bitDepth));
  const stage = (): Stage => scaleFrames(source, { width, height }, scalerOf);
  return {
    format: { ...format, width, height },
    info: { ...info, scaled: { width: format.width, height: format.height, method } },
    ...(frameCount === undefined ? {} : { frameCount }),
    frames: (signal) => framesThrough(source, stage, signal),
    ...(randomAccess === undefined
      ? {}
      : { randomAccess: { frame: async (index) => stage()(await randomAccess.frame(index)) } }),
    warnings: () => [...source.warnings(), ...aspectWarnings(info.name, format, { width, height })],
    close: () => source.close(),
  };
};

/** What happens to each frame of one stream. */
type Stage = (frame: Frame) => Frame;

async function* framesThrough(
  source: FrameSource,
  stage: () => Stage,
  signal: AbortSignal | undefined,
): AsyncGenerator<Frame, void, undefined> {
  const through = stage();
  for await (const frame of source.frames(signal, 'luma')) yield through(frame);
}

/** Scales frame after frame into two planes in turn: the one that is lent out is not written to. */
const scaleFrames = (
  source: FrameSource,
  { width, height }: Size,
  scalerOf: () => PlaneScaler,
): Stage => {
  const { format, info } = source;
  const planes: (Uint8Array | Uint16Array)[] = [];
  let turn = 0;
  return (frame) => {
    checkPicture(source, frame);
    try {
      const scaler = scalerOf();
      const data = (planes[turn] ??=
        format.bitDepth === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height));
      turn = 1 - turn;
      scaler.scale(frame.luma, data);
      return { index: frame.index, luma: { data, width, height, stride: width }, chroma: [] };
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new TinyVmafException({
        _tag: 'BadGeometry',
        source: info.name,
        problem: `is to be scaled to ${width}x${height}: there is no memory for a picture of that size`,
        cause,
      });
    }
  };
};

/** Shares by which width and height may be stretched unequally before it is worth a word. */
const UNEQUAL = 0.02;

const aspectWarnings = (name: string, from: Size, to: Size): readonly SourceWarning[] => {
  const across = to.width / from.width;
  const down = to.height / from.height;
  return Math.abs(across / down - 1) <= UNEQUAL
    ? []
    : [
        {
          code: 'scaled-aspect',
          message: `${name} is ${from.width}x${from.height} and was scaled to ${to.width}x${to.height}: ${across.toFixed(3)} times as wide and ${down.toFixed(3)} times as high, so its pictures are stretched.`,
        },
      ];
};
