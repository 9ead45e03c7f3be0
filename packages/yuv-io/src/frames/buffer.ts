/**
 * Memory for one frame as files hold it: luma, Cb, Cr back to back. The planes
 * are views on the bytes, so that a read into the buffer is the whole work.
 */
import {
  TinyVmafException,
  bytesPerSample,
  chromaSize,
  describeFormat,
  frameBytes,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { Frame, Plane } from '../frame.js';

/** One frame's memory, reused from frame to frame. */
export interface FrameBuffer {
  /** All samples as a file holds them; fill these. */
  readonly bytes: Uint8Array;
  /** Call after each fill: brings little-endian words to the platform's order. */
  settle(): void;
  /** The picture on this memory, valid until the next fill. */
  frame(index: number): Frame;
}

/** Whether 16-bit words of typed arrays have their low byte first here. */
export const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Swaps the two bytes of every word in place; an odd last byte stays. */
export const swapPairs = (bytes: Uint8Array): void => {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const low = bytes[i] ?? 0;
    bytes[i] = bytes[i + 1] ?? 0;
    bytes[i + 1] = low;
  }
};

/**
 * Memory for a frame of this format. Throws `BadGeometry` when the platform
 * has not that much.
 * @param name of the video, for messages.
 * @param littleEndian byte order of the platform; for tests.
 */
export const frameBuffer = (
  format: VideoFormat,
  name: string,
  littleEndian = LITTLE_ENDIAN,
): FrameBuffer => {
  const bytes = allocate(format, name);
  const wide = bytesPerSample(format.bitDepth) === 2;
  let offset = 0;
  const plane = (width: number, height: number): Plane => {
    const count = width * height;
    // Offsets are whole words because every plane before is whole words.
    const data = wide
      ? new Uint16Array(bytes.buffer, offset, count)
      : new Uint8Array(bytes.buffer, offset, count);
    offset += data.byteLength;
    return { data, width, height, stride: width };
  };
  const luma = plane(format.width, format.height);
  const [chromaWidth, chromaHeight] = chromaSize(format);
  const chroma =
    format.chroma === '400'
      ? []
      : [plane(chromaWidth, chromaHeight), plane(chromaWidth, chromaHeight)];
  return {
    bytes,
    settle: () => {
      if (wide && !littleEndian) swapPairs(bytes);
    },
    frame: (index) => ({ index, luma, chroma }),
  };
};

const allocate = (format: VideoFormat, name: string): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(frameBytes(format));
  } catch (cause) {
    throw new TinyVmafException({
      _tag: 'BadGeometry',
      source: name,
      problem: `is ${describeFormat(format)}: there is no memory for a frame of ${frameBytes(format)} bytes`,
      cause,
    });
  }
};
