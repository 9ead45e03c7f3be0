// One reference against one distorted picture, for tests that want no more.
import type { Plane } from '@tinyvmaf/yuv-io';
import type { PairKernel } from '../../src/backends/kernels.js';

export const compareOne = <R>(kernel: PairKernel<R>, reference: Plane, distorted: Plane): R => {
  const [result] = kernel.compareAll(reference, [distorted]);
  if (result === undefined) throw new Error('a kernel gave no result');
  return result;
};
