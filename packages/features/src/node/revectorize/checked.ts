/**
 * A VIF kernel that is not trusted, beside one that is: the first frames of
 * every clip go through both, and some later ones. A difference at the start
 * costs nothing but speed; one later means that numbers already handed out may
 * be wrong, so it ends the run.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { PairKernel } from '../../backends/kernels.js';
import type { VifResult, VifScale } from '../../vif/vif.js';

/** Frames at the start that are checked, each with all its distorted pictures. */
export const TRIAL_FRAMES = 2;

/** After those, one frame in so many is checked. */
export const CHECK_EVERY = 64;

/** What {@link checkedVif} works with. */
export interface CheckedVif {
  readonly fast: PairKernel<VifResult>;
  readonly sure: PairKernel<VifResult>;
  /** Called once if the fast kernel differs in a first frame; `sure` computes from then on. */
  readonly onRejected: () => void;
}

/**
 * The fast kernel, checked against the sure one. Its comparisons throw
 * `TinyVmafException` (Internal) if a frame after the first ones differs.
 */
export const checkedVif = ({ fast, sure, onRejected }: CheckedVif): PairKernel<VifResult> => {
  let frame = -1;
  let rejected = false;
  const differs = (): void => {
    if (frame >= TRIAL_FRAMES && !rejected) throw wrongLater(frame);
    if (!rejected) onRejected();
    rejected = true;
  };
  return {
    compareAll(...pictures) {
      frame++;
      if (rejected) return sure.compareAll(...pictures);
      const found = fast.compareAll(...pictures);
      if (frame >= TRIAL_FRAMES && frame % CHECK_EVERY !== 0) return found;
      const expected = sure.compareAll(...pictures);
      if (!expected.every((result, k) => equal(found[k], result))) differs();
      return expected;
    },
  };
};

const wrongLater = (frame: number): TinyVmafException =>
  new TinyVmafException({
    _tag: 'Internal',
    problem: `the paired kernels differ from the plain ones at the ${frame + 1}th frame of a thread, so earlier numbers may be wrong; run again with --revectorize off`,
  });

/** Whether all integer sums are the same; values follow from them. */
const equal = (a: VifResult | undefined, b: VifResult | undefined): boolean =>
  a === undefined || b === undefined
    ? a === b
    : a.scales.every((scale, index) => {
        const other = b.scales[index];
        return other !== undefined && sums(scale).every((sum, i) => Object.is(sum, sums(other)[i]));
      });

const sums = ({ sums: { numLog, denLog, numLin, cntLin } }: VifScale): readonly number[] => [
  ...[numLog, denLog, numLin, cntLin],
];
