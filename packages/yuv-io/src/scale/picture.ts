/**
 * What a picture must fulfil before it is scaled. Behind the scaler nobody can
 * see any more that a sample was too large or a plane too small.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { Frame, FrameSource, Plane } from '../frame.js';

/**
 * Throws `DamagedInput` for a luma plane that is not of the video's size,
 * `SampleRange` for samples above `2^bitDepth - 1`.
 */
export const checkPicture = ({ format, info }: FrameSource, { luma, index }: Frame): void => {
  const { width, height, bitDepth } = format;
  const needed = (luma.height - 1) * luma.stride + luma.width;
  if (luma.width !== width || luma.height !== height || luma.data.length < needed) {
    throw new TinyVmafException({
      _tag: 'DamagedInput',
      source: info.name,
      problem: `the picture is ${luma.width}x${luma.height} with ${luma.data.length} samples, the video ${width}x${height}`,
      frame: index,
    });
  }
  if (luma.data instanceof Uint8Array || bitDepth === 16) return;
  const value = largest(luma);
  if (value < 2 ** bitDepth) return;
  throw new TinyVmafException({
    _tag: 'SampleRange',
    source: info.name,
    frame: index,
    value,
    bitDepth,
    hint: 'The words may be MSB-aligned (declare 16 bits), or the bit depth may be declared wrong.',
  });
};

const largest = ({ data, width, height, stride }: Plane): number => {
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let at = y * stride; at < y * stride + width; at++) {
      const sample = data[at] ?? 0;
      if (sample > most) most = sample;
    }
  }
  return most;
};
