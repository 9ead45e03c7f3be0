/** A plane without the gaps between its rows. */
import type { Plane } from '@tinyvmaf/yuv-io';

/**
 * Writes the rows of a plane one after the other.
 * @param data `width * height` samples of the plane's own kind.
 */
export const packInto = (data: Uint8Array | Uint16Array, plane: Plane): void => {
  const { width, height, stride } = plane;
  if (stride === width) {
    // One copy instead of a view for each row.
    data.set(plane.data.subarray(0, width * height));
    return;
  }
  for (let y = 0; y < height; y++) {
    data.set(plane.data.subarray(y * stride, y * stride + width), y * width);
  }
};
