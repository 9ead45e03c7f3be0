/**
 * The way of samples into a kernel's memory.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { Plane } from '@tinyvmaf/yuv-io';

/**
 * Refuses a plane of another size than a kernel was made for.
 * @throws BadGeometry (as an exception).
 */
export const requirePlane = (plane: Plane, width: number, height: number): void => {
  if (plane.width === width && plane.height === height) return;
  throw new TinyVmafException({
    _tag: 'BadGeometry',
    source: 'The plane',
    problem: `is ${plane.width}x${plane.height}; this kernel was made for ${width}x${height}`,
  });
};

/**
 * Copies rows `from` to `from + count` of a plane, tightly packed, to the
 * front of `out`, whose elements have the samples' width or more.
 */
export const copyRows = (
  plane: Plane,
  from: number,
  count: number,
  out: Uint8Array | Uint16Array,
): void => {
  const { data, width, stride } = plane;
  if (stride === width) {
    out.set(data.subarray(from * stride, (from + count) * stride));
    return;
  }
  for (let y = 0; y < count; y++) {
    const start = (from + y) * stride;
    out.set(data.subarray(start, start + width), y * width);
  }
};
