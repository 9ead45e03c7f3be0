// Test pictures as the planes that kernels take.
import type { Luma } from '@tinyvmaf/testkit';
import type { Plane } from '@tinyvmaf/yuv-io';

/** A plane over the picture's own samples. */
export const planeOf = ({ data, width, height }: Luma): Plane => ({
  data,
  width,
  height,
  stride: width,
});
