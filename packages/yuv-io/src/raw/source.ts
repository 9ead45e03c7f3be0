/**
 * Headerless planar video: frames back to back, chroma sizes rounded up,
 * samples above 8 bits as little-endian words in the low bits
 * (spec/pooling-and-io.md sections 5 and 6). Nothing in the file says what it
 * is, so everything that can contradict the declared geometry is looked at:
 * size, signature, and the distribution of bytes.
 */
import {
  TinyVmafException,
  frameBytes,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { ByteInput } from '../bytes/input.js';
import type { Frame, PlaneChoice, SourceWarning, VideoHints } from '../frame.js';
import type { LocatedFrames } from '../location.js';
import { frameBuffer } from '../frames/buffer.js';
import { checkFormat } from '../geometry/limits.js';
import { DepthWitness } from '../plausibility/depth.js';
import { attempt } from '../bytes/attempt.js';
import type { SeekableSource } from '../wrap/range.js';
import { rawFrames, refuseFrom, truncated } from './stream.js';

/**
 * Raw video in `input`. Left: `BadGeometry`; for inputs of known size also
 * `NoFrames` when empty, `TruncatedFrame` when the size is not a whole number
 * of frames (unless skip and limit leave the partial one out) and
 * `UnsupportedFormat` when the bytes begin like another kind of file. Streams
 * meet the last three while their frames are read.
 */
export const openRaw = (
  input: ByteInput,
  declared: VideoFormat,
  hints: VideoHints = {},
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, SeekableSource> =>
  F.pipe(
    TE.fromEither(checkFormat(declared, input.name)),
    // What the file is comes before how long it is: a container rarely has a fitting size.
    TE.chainFirst(() =>
      input.rereadable ? attempt(() => refuseSignature(input, signal)) : TE.right(undefined),
    ),
    TE.chainFirst(() => TE.fromEither(checkSize(input, declared, hints))),
    TE.map((format) => rawSource(input, format)),
  );

const checkSize = (
  { name, size }: ByteInput,
  format: VideoFormat,
  hints: VideoHints,
): E.Either<TinyVmafError, undefined> => {
  if (size === undefined) return E.right(undefined);
  if (size === 0) return E.left({ _tag: 'NoFrames', source: name, problem: 'is empty' });
  const needed = frameBytes(format);
  const whole = Math.floor(size / needed);
  const wanted = (hints.skip ?? 0) + (hints.limit ?? Infinity);
  if (size % needed === 0 || wanted <= whole) return E.right(undefined);
  return E.left(truncated(name, format, whole, size % needed, size));
};

const refuseSignature = async (input: ByteInput, signal?: AbortSignal): Promise<void> => {
  const reader = input.reader();
  try {
    await refuseFrom(reader, input.name, signal);
  } finally {
    await reader.close();
  }
};

const rawSource = (input: ByteInput, format: VideoFormat): SeekableSource => {
  const { name, size } = input;
  const needed = frameBytes(format);
  const noted = new Map<string, SourceWarning>();
  const note = (warning: SourceWarning): void => void noted.set(warning.code, warning);
  if (size !== undefined && size % needed !== 0) {
    note({
      code: 'partial-frame',
      message: `${name} ends with ${size % needed} bytes of an incomplete frame; they are not read.`,
    });
  }

  const framesFrom = (
    first: number,
    signal?: AbortSignal,
    planes: PlaneChoice = 'all',
  ): AsyncIterable<Frame> => rawFrames({ input, format, note }, first, signal, planes);

  // Of the newest run that reads by location; its frames do not come by here.
  let remote = new DepthWitness(format, name);
  const locatedFrom = (first: number, limit: number): LocatedFrames | undefined => {
    const frames = Math.min(Math.floor((size ?? 0) / needed) - first, limit);
    const { file } = input;
    if (file === undefined || frames < 1) return undefined;
    return {
      location: { name, file, format, start: 0, stride: needed, first, frames, mark: '' },
      passed: (index, evidence) => {
        if (index === 0) remote = new DepthWitness(format, name);
        if (evidence !== undefined) remote.merge(evidence);
      },
    };
  };

  const located = locatedFrom(0, Infinity);
  const frameAt = async (index: number): Promise<Frame> => {
    const count = Math.floor((size ?? 0) / needed);
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new TinyVmafException({
        _tag: 'BadArgument',
        argument: 'frame',
        rule: `must be a whole number from 0 to ${count - 1}, the last frame of ${name}`,
        value: String(index),
      });
    }
    const reader = input.reader(index * needed);
    const buffer = frameBuffer(format, name);
    const got = await reader.read(buffer.bytes);
    await reader.close();
    // The file was whole when it was opened: somebody cut it since.
    if (got < needed) {
      const total = index * needed + got;
      throw new TinyVmafException(truncated(name, format, index, got, total));
    }
    buffer.settle();
    return buffer.frame(index);
  };

  return {
    format,
    info: { name, container: 'raw', decoder: 'raw' },
    ...(size === undefined ? {} : { frameCount: Math.floor(size / needed) }),
    frames: (signal, planes) => framesFrom(0, signal, planes),
    ...(input.rereadable ? { framesFrom, locatedFrom, randomAccess: { frame: frameAt } } : {}),
    ...(located === undefined ? {} : { located }),
    warnings: () => [
      ...noted.values(),
      ...remote.verdicts().filter(({ code }) => !noted.has(code)),
    ],
    close: () => input.close(),
  };
};
