/**
 * Frames as file bytes: planes packed without padding, words little-endian,
 * chroma sizes rounded up. The other direction of `raw/`.
 */
import {
  TinyVmafException,
  bytesPerSample,
  chromaSize,
  describeFormat,
  frameBytes,
  type VideoFormat,
} from '@tinyvmaf/core';
import { LITTLE_ENDIAN, swapPairs } from '../frames/buffer.js';
import type { Frame, Plane } from '../frame.js';

/**
 * The bytes of one frame, newly allocated. Chroma that the frame lacks (some
 * sources deliver luma only) is written mid-grey. Throws `BadArgument` when a
 * plane's size or word width is not the format's.
 */
export const packFrame = (format: VideoFormat, frame: Frame): Uint8Array => {
  const bytes = new Uint8Array(frameBytes(format));
  const wide = bytesPerSample(format.bitDepth) === 2;
  const samples = wide ? new Uint16Array(bytes.buffer) : bytes;
  const [chromaWidth, chromaHeight] = chromaSize(format);
  const lumaCount = format.width * format.height;
  const chromaCount = chromaWidth * chromaHeight;
  pack(samples, 0, frame.luma, format.width, format.height, format, frame.index);
  if (frame.chroma.length === 0) {
    samples.fill(2 ** (format.bitDepth - 1), lumaCount);
  } else {
    for (let i = 0; i < 2 && chromaCount > 0; i++) {
      const plane = frame.chroma[i];
      const at = lumaCount + i * chromaCount;
      if (plane === undefined) throw unlike(format, frame.index, 'has one chroma plane');
      pack(samples, at, plane, chromaWidth, chromaHeight, format, frame.index);
    }
  }
  if (wide && !LITTLE_ENDIAN) swapPairs(bytes);
  return bytes;
};

const pack = (
  samples: Uint8Array | Uint16Array,
  at: number,
  plane: Plane,
  width: number,
  height: number,
  format: VideoFormat,
  index: number,
): void => {
  if (plane.width !== width || plane.height !== height) {
    throw unlike(format, index, `has a plane of ${plane.width}x${plane.height}`);
  }
  if (plane.data instanceof Uint8Array !== samples instanceof Uint8Array) {
    throw unlike(format, index, `has ${plane.data.BYTES_PER_ELEMENT}-byte samples`);
  }
  for (let y = 0; y < height; y++) {
    const row = plane.data.subarray(y * plane.stride, y * plane.stride + width);
    samples.set(row, at + y * width);
  }
};

const unlike = (format: VideoFormat, index: number, what: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'BadArgument',
    argument: 'frames',
    rule: `must all be ${describeFormat(format)}; frame ${index} ${what}`,
  });
