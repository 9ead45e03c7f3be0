/**
 * Looks at every frame before the kernels do: its size, and whether its
 * samples fit the declared depth. A sample above the maximum means that the
 * depth is declared wrong, and every number made from it would be too.
 */
import { TinyVmafException, type VideoFormat } from '@tinyvmaf/core';
import type { Frame, FrameSource, Plane } from '@tinyvmaf/yuv-io';

/** What messages need to know of a video; plain data that can be posted to another thread. */
export interface VideoName {
  readonly name: string;
  readonly format: VideoFormat;
}

/** A video as messages name it. */
export const videoName = ({ info, format }: FrameSource): VideoName => ({
  name: info.name,
  format,
});

/**
 * Checks the size of the luma of frame `index`.
 * @throws DamagedInput for a plane of another size than the format says, as an
 * exception.
 */
export const checkSize = (source: FrameSource, { luma }: Frame, index: number): void => {
  const { width, height } = source.format;
  const needed = (luma.height - 1) * luma.stride + luma.width;
  if (luma.width === width && luma.height === height && luma.data.length >= needed) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source: source.info.name,
    problem: `the picture is ${luma.width}x${luma.height} with ${luma.data.length} samples, the video ${width}x${height}`,
    frame: index,
  });
};

/**
 * Checks the samples of frame `index`; done where they are computed with, for
 * all of them are looked at.
 * @throws SampleRange for samples above `2^bitDepth - 1`, as an exception.
 */
export const checkRange = ({ name, format }: VideoName, luma: Plane, index: number): void => {
  const { bitDepth } = format;
  if (bitDepth === 8 ? luma.data instanceof Uint8Array : bitDepth === 16) return;
  const bits = bitsInUse(luma);
  if (bits < 2 ** bitDepth) return;
  throw new TinyVmafException({
    _tag: 'SampleRange',
    source: name,
    frame: index,
    value: largest(luma),
    bitDepth,
    hint: hintFor(bits, format),
  });
};

/** All samples combined by "or": which bits occur at all. */
const bitsInUse = ({ data, width, height, stride }: Plane): number => {
  const pairs = stride === width && (width * height) % 2 === 0 && data.byteOffset % 4 === 0;
  if (pairs && data instanceof Uint16Array) {
    const both = bitsOf(new Int32Array(data.buffer, data.byteOffset, (width * height) / 2));
    return (both | (both >>> 16)) & 0xffff;
  }
  let bits = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bits |= data[y * stride + x] as number;
  }
  return bits;
};

/** Two samples a word, four words a step that do not wait for each other: a quarter of the time. */
const bitsOf = (words: Int32Array): number => {
  const end = words.length - (words.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < end; i += 4) {
    a |= words[i] as number;
    b |= words[i + 1] as number;
    c |= words[i + 2] as number;
    d |= words[i + 3] as number;
  }
  for (let i = end; i < words.length; i++) a |= words[i] as number;
  return a | b | c | d;
};

const largest = ({ data, width, height, stride }: Plane): number => {
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) most = Math.max(most, data[y * stride + x] as number);
  }
  return most;
};

const hintFor = (bits: number, { bitDepth }: VideoFormat): string =>
  bits % 2 ** (16 - bitDepth) === 0
    ? 'The words may be MSB-aligned: declare 16 bits.'
    : 'The bit depth may be declared wrong, or the file may not be raw video of this size.';
