/**
 * A check that costs nothing: denominators are functions of the reference
 * alone, so they must be the same for every distorted picture of a frame.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { PairKernel } from '../backends/kernels.js';

/**
 * The same kernel, which refuses to go on where a denominator of one reference
 * picture changes from one distorted picture to the next.
 * @param name of the kernel, for the message.
 * @throws Internal, as an exception.
 */
export const selfChecked = <R>(
  name: string,
  kernel: PairKernel<R>,
  denominators: (result: R) => readonly number[],
): PairKernel<R> => ({
  compareAll(reference, distorted) {
    const results = kernel.compareAll(reference, distorted);
    let first: readonly number[] | undefined;
    for (const result of results) {
      if (result === undefined) continue;
      const found = denominators(result);
      first ??= found;
      if (found.some((value, i) => !Object.is(value, first?.[i]))) {
        throw new TinyVmafException({
          _tag: 'Internal',
          problem: `${name} gave two denominators for one reference picture (${first.join(', ')}; ${found.join(', ')}); tinyvmaf doctor tells whether this machine computes the right numbers`,
        });
      }
    }
    return results;
  },
});
