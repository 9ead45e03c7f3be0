/**
 * The frames of raw video in order. Where the input can be read at any place
 * and nobody wants chroma, it is jumped over.
 */
import {
  TinyVmafException,
  frameBytes,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { ByteInput } from '../bytes/input.js';
import type { ByteReader } from '../bytes/reader.js';
import type { Frame, PlaneChoice, SourceWarning } from '../frame.js';
import { frameBuffer } from '../frames/buffer.js';
import { streamFrames } from '../frames/stream.js';
import { DepthWitness } from '../plausibility/depth.js';
import { rawIsSomethingElse } from '../sniff/refuse.js';
import { sniffReader } from '../sniff/reader.js';
import { fitHint } from './fit.js';

/** Raw video that is read. */
export interface RawVideo {
  readonly input: ByteInput;
  readonly format: VideoFormat;
  /** Takes the warnings of the stream, when it has ended. */
  readonly note: (warning: SourceWarning) => void;
}

/** The error for an input that ends inside a frame. @param size bytes up to its end. */
export const truncated = (
  source: string,
  format: VideoFormat,
  frame: number,
  presentBytes: number,
  size: number,
): TinyVmafError => ({
  _tag: 'TruncatedFrame',
  source,
  frame,
  neededBytes: frameBytes(format),
  presentBytes,
  hint: fitHint(size, format),
});

/** Throws `UnsupportedFormat` where the bytes begin like another kind of file. */
export const refuseFrom = async (
  reader: ByteReader,
  name: string,
  signal?: AbortSignal,
): Promise<void> => {
  const found = await sniffReader(reader, signal);
  if (found !== undefined) throw new TinyVmafException(rawIsSomethingElse(name, found));
};

/** Frames from the input's frame `first` on, numbered from 0. Throws `TinyVmafException`. */
export const rawFrames = (
  video: RawVideo,
  first: number,
  signal: AbortSignal | undefined,
  planes: PlaneChoice,
): AsyncIterable<Frame> => {
  const { input, format, note } = video;
  const { name } = input;
  const lumaOnly = planes === 'luma' && input.rereadable && format.chroma !== '400';
  const bytes = lumaOnly ? jumping(video, first, signal) : following(video, first, signal);
  const witness = new DepthWitness(format, name);
  return streamFrames(
    {
      name,
      buffer: () => frameBuffer(lumaOnly ? lumaOf(format) : format, name),
      fill: (buffer, index) => bytes.fill(buffer.bytes, index),
      look: (frame) => {
        witness.look(frame);
      },
      release: async () => {
        witness.verdicts().forEach(note);
        await bytes.close();
      },
    },
    signal,
  );
};

const lumaOf = (format: VideoFormat): VideoFormat => ({ ...format, chroma: '400' });

/** Where a frame's bytes come from. */
interface FrameBytes {
  /** Fills `target` with frame `index`; false at the end. */
  fill(target: Uint8Array, index: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The error of an input without a frame, and the end of one that had some. */
const endAt = (frame: number, name: string): false => {
  if (frame > 0) return false;
  throw new TinyVmafException({ _tag: 'NoFrames', source: name, problem: 'is empty' });
};

/** All bytes, one after the other. */
const following = (
  { input, format }: RawVideo,
  first: number,
  signal: AbortSignal | undefined,
): FrameBytes => {
  const { name } = input;
  const needed = frameBytes(format);
  const reader = input.reader(first * needed);
  return {
    fill: async (target, index) => {
      if (index === 0 && !input.rereadable) await refuseFrom(reader, name, signal);
      const got = await reader.read(target, signal);
      if (got === needed) return true;
      const before = first + index;
      const total = first * needed + reader.position;
      if (got > 0) throw new TinyVmafException(truncated(name, format, before, got, total));
      return endAt(before, name);
    },
    close: () => reader.close(),
  };
};

/** The luma of each frame. */
const jumping = (
  { input, format }: RawVideo,
  first: number,
  signal: AbortSignal | undefined,
): FrameBytes => {
  const { name } = input;
  const needed = frameBytes(format);
  let reader: ByteReader | undefined;
  const readAt = (target: Uint8Array, position: number): Promise<number> => {
    reader = input.reader(position);
    return reader.read(target, signal);
  };
  const requireChroma = async (frame: number): Promise<void> => {
    const luma = frameBytes(lumaOf(format));
    const got = luma + (await readAt(new Uint8Array(needed - luma), frame * needed + luma));
    if (got === needed) return;
    throw new TinyVmafException(truncated(name, format, frame, got, frame * needed + got));
  };
  return {
    fill: async (target, index) => {
      const frame = first + index;
      const got = await readAt(target, frame * needed);
      if (got === target.length) return true;
      const total = frame * needed + got;
      if (got > 0) throw new TinyVmafException(truncated(name, format, frame, got, total));
      // The input was whole when it was opened: has it been cut in what was jumped over?
      if (index > 0) await requireChroma(frame - 1);
      return endAt(frame, name);
    },
    close: async () => {
      await reader?.close();
    },
  };
};
