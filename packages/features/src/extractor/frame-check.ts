/**
 * Looks at every frame before the kernels do: its size, and whether its
 * samples fit the declared depth. A sample above the maximum means that the
 * depth is declared wrong, and every number made from it would be too.
 */
import { TinyVmafException, type VideoFormat } from '@tinyvmaf/core';
import type { Frame, FrameSource, Plane } from '@tinyvmaf/yuv-io';

/**
 * Checks the luma of frame `index`.
 * @throws DamagedInput for a plane of another size than the format says,
 * SampleRange for samples above `2^bitDepth - 1`, as exceptions.
 */
export const checkFrame = (source: FrameSource, frame: Frame, index: number): void => {
  const { luma } = frame;
  const { width, height, bitDepth } = source.format;
  const needed = (luma.height - 1) * luma.stride + luma.width;
  if (luma.width !== width || luma.height !== height || luma.data.length < needed) {
    throw new TinyVmafException({
      _tag: 'DamagedInput',
      source: source.info.name,
      problem: `the picture is ${luma.width}x${luma.height} with ${luma.data.length} samples, the video ${width}x${height}`,
      frame: index,
    });
  }
  if (bitDepth === 8 ? luma.data instanceof Uint8Array : bitDepth === 16) return;
  const bits = bitsInUse(luma);
  if (bits < 2 ** bitDepth) return;
  throw new TinyVmafException({
    _tag: 'SampleRange',
    source: source.info.name,
    frame: index,
    value: largest(luma),
    bitDepth,
    hint: hintFor(bits, source.format),
  });
};

/** All samples combined by "or": which bits occur at all. */
const bitsInUse = ({ data, width, height, stride }: Plane): number => {
  let bits = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bits |= data[y * stride + x] as number;
  }
  return bits;
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
