/** Raw YUV and Y4M as streams of bytes, one chunk per frame and header. */
import { TinyVmafException, unwrap, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import type { Frame } from '../frame.js';
import { checkFormat } from '../geometry/limits.js';
import { packFrame } from './layout.js';

/** Frames to write: a source's stream, or any iterable. */
export type FrameStream = AsyncIterable<Frame> | Iterable<Frame>;

/** What a Y4M header says beyond the format. */
export interface Y4mOptions {
  /** Frames per second, both parts whole and positive. Default: unknown, written as `F0:0`. */
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
  /** Written as `XCOLORRANGE` where given. */
  readonly fullRange?: boolean;
}

/** Headerless planar video. Throws `TinyVmafException` of the frames, or `BadArgument` for frames of another format. */
export async function* rawChunks(
  format: VideoFormat,
  frames: FrameStream,
): AsyncGenerator<Uint8Array, void, undefined> {
  unwrap(checkFormat(format, 'The video to write'));
  for await (const frame of frames) yield packFrame(format, frame);
}

/** Y4M video: header, then each frame with its line. Throws like {@link rawChunks}. */
export async function* y4mChunks(
  format: VideoFormat,
  frames: FrameStream,
  options: Y4mOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  unwrap(checkFormat(format, 'The video to write'));
  yield ascii(y4mHeader(format, options));
  const line = ascii('FRAME\n');
  for await (const frame of frames) {
    yield line;
    yield packFrame(format, frame);
  }
}

/** The header line with its newline. Throws `BadArgument` for a frame rate that is none. */
export const y4mHeader = (format: VideoFormat, options: Y4mOptions = {}): string => {
  const { numerator, denominator } = options.frameRate ?? { numerator: 0, denominator: 0 };
  if (options.frameRate !== undefined && !(isCount(numerator) && isCount(denominator))) {
    throw new TinyVmafException(badRate(numerator, denominator));
  }
  const range =
    options.fullRange === undefined ? '' : ` XCOLORRANGE=${options.fullRange ? 'FULL' : 'LIMITED'}`;
  return `YUV4MPEG2 W${format.width} H${format.height} F${numerator}:${denominator} Ip A0:0 C${colourTag(format)}${range}\n`;
};

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;

const badRate = (numerator: number, denominator: number): TinyVmafError => ({
  _tag: 'BadArgument',
  argument: 'options.frameRate',
  rule: 'must be two positive whole numbers',
  value: `${numerator}/${denominator}`,
});

const colourTag = ({ bitDepth, chroma }: VideoFormat): string => {
  if (chroma === '400') return bitDepth === 8 ? 'mono' : `mono${bitDepth}`;
  return bitDepth === 8 ? chroma : `${chroma}p${bitDepth}`;
};

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
