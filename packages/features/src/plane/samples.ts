/**
 * Luma as the kernels read it: tightly packed 16-bit words, whatever the depth
 * and stride of the plane it came from. One type of array keeps the kernels
 * plain and fast; the code values are untouched.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';

/**
 * Copies a plane into `out` row by row.
 * @param out `width * height` words.
 * @throws BadGeometry (as an exception) for a plane of another size.
 */
export const loadSamples = (
  plane: Plane,
  out: Uint16Array,
  width: number,
  height: number,
): void => {
  if (plane.width !== width || plane.height !== height) {
    throw new TinyVmafException({
      _tag: 'BadGeometry',
      source: 'The plane',
      problem: `is ${plane.width}x${plane.height}; this kernel was made for ${width}x${height}`,
    });
  }
  for (let y = 0; y < height; y++) {
    const start = y * plane.stride;
    out.set(plane.data.subarray(start, start + width), y * width);
  }
};

/**
 * Refuses sizes that a kernel's border rules cannot serve.
 * @throws BadGeometry (as an exception) that states the minimum.
 */
export const requireSize = (
  kernel: string,
  minimum: number,
  width: number,
  height: number,
): void => {
  if (!Number.isInteger(width) || !Number.isInteger(height) || Math.min(width, height) < minimum) {
    throw new TinyVmafException({
      _tag: 'BadGeometry',
      source: 'The picture',
      problem: `is ${width}x${height}; ${kernel} needs both sides >= ${minimum}`,
    });
  }
};
