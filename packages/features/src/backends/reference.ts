/**
 * The plain scalar kernels: the oracle that every other backend is compared
 * with, and the fallback that runs everywhere.
 */
import type { Plane } from '@tinyvmaf/yuv-io';
import { createAdm } from '../adm/adm.js';
import { createMotion } from '../motion/sad.js';
import { createVif } from '../vif/vif.js';
import type { Kernels, PairKernel } from './kernels.js';

/** Backend `reference`. */
export const REFERENCE: Kernels = {
  name: 'reference',
  vif: (...size) => bound(createVif(...size)),
  adm: (...size) => bound(createAdm(...size)),
  motion: createMotion,
};

const bound = <P, R>(kernel: {
  prepare(reference: Plane): P;
  compare(prepared: P, distorted: Plane): R;
}): PairKernel<R> => ({
  compareAll(reference, distorted) {
    const prepared = kernel.prepare(reference);
    return distorted.map((plane) =>
      plane === undefined ? undefined : kernel.compare(prepared, plane),
    );
  },
});
