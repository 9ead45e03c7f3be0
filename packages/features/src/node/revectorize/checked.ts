/**
 * Kernels that are not trusted, beside ones that are: the first frames of every
 * clip go through both, and some later ones. A difference at the start costs
 * nothing but speed; one later means that numbers already handed out may be
 * wrong, so it ends the run.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { AdmResult } from '../../adm/adm.js';
import type { Kernels, PairKernel } from '../../backends/kernels.js';
import type { MotionKernel } from '../../motion/sad.js';
import type { VifResult } from '../../vif/vif.js';

/** Frames at the start that are checked, each with all its distorted pictures. */
export const TRIAL_FRAMES = 2;

/** After those, one frame in so many is checked. */
export const CHECK_EVERY = 64;

/** Two records of kernels, of which one is faster. */
export interface CheckedKernels {
  readonly fast: Kernels;
  readonly sure: Kernels;
  /**
   * Called once if a fast kernel differs in a first frame. From then on all of
   * this record's kernels are the sure ones: what gets one wrong is not to be trusted.
   */
  readonly onRejected: () => void;
}

/**
 * The fast kernels, checked against the sure ones. They throw
 * `TinyVmafException` (Internal) if a frame after the first ones differs.
 */
export const checkedKernels = ({ fast, sure, onRejected }: CheckedKernels): Kernels => {
  const verdict = createVerdict(onRejected);
  return {
    name: fast.name,
    vif: (...size) => checkedPair(fast.vif(...size), sure.vif(...size), sameVif, verdict),
    adm: (...size) => checkedPair(fast.adm(...size), sure.adm(...size), sameAdm, verdict),
    motion: (...size) => checkedMotion(fast.motion(...size), sure.motion(...size), verdict),
  };
};

/** What the kernels of a record have in common. */
interface Verdict {
  rejected(): boolean;
  /** A difference in a frame, counted from 0. */
  differs(frame: number): void;
}

const createVerdict = (onRejected: () => void): Verdict => {
  let rejected = false;
  return {
    rejected: () => rejected,
    differs: (frame) => {
      if (rejected) return;
      if (frame >= TRIAL_FRAMES) throw wrongLater(frame);
      rejected = true;
      onRejected();
    },
  };
};

const isChecked = (frame: number): boolean => frame < TRIAL_FRAMES || frame % CHECK_EVERY === 0;

const checkedPair = <R>(
  fast: PairKernel<R>,
  sure: PairKernel<R>,
  same: (a: R, b: R) => boolean,
  verdict: Verdict,
): PairKernel<R> => {
  let frame = -1;
  return {
    compareAll(...pictures) {
      frame++;
      if (verdict.rejected()) return sure.compareAll(...pictures);
      const found = fast.compareAll(...pictures);
      if (!isChecked(frame)) return found;
      const expected = sure.compareAll(...pictures);
      const equals = (result: R | undefined, k: number): boolean => {
        const other = found[k];
        return result === undefined || other === undefined ? result === other : same(other, result);
      };
      if (!expected.every(equals)) verdict.differs(frame);
      return expected;
    },
  };
};

const checkedMotion = (fast: MotionKernel, sure: MotionKernel, verdict: Verdict): MotionKernel => {
  let frame = -1;
  return {
    compute(previous, current) {
      frame++;
      if (verdict.rejected()) return sure.compute(previous, current);
      const byFast = fast.compute(previous, current);
      if (!isChecked(frame)) return byFast;
      const expected = sure.compute(previous, current);
      if (byFast !== expected) verdict.differs(frame);
      return expected;
    },
  };
};

const wrongLater = (frame: number): TinyVmafException =>
  new TinyVmafException({
    _tag: 'Internal',
    problem: `the 256-bit kernels differ from the 128-bit ones at the ${frame + 1}th frame of a thread, so earlier numbers may be wrong; run again with --revectorize off`,
  });

/** Whether all integer sums are the same; values follow from them. */
const sameVif = (a: VifResult, b: VifResult): boolean => equal(vifSums(a), vifSums(b));

const vifSums = ({ scales }: VifResult): readonly number[] =>
  scales.flatMap(({ sums: { numLog, denLog, numLin, cntLin } }) => [
    ...[numLog, denLog, numLin, cntLin],
  ]);

const sameAdm = ({ sums: a }: AdmResult, { sums: b }: AdmResult): boolean =>
  equal([a.den, a.num, a.aim].flat(2), [b.den, b.num, b.aim].flat(2));

const equal = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
