// What happens to a paired kernel that is wrong: at the start the plain one
// takes over; later the run ends.
import { TinyVmafException } from '@tinyvmaf/core';
import { textureLuma } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import type { Kernels, PairKernel } from '../../src/backends/kernels.js';
import { CHECK_EVERY, checkedKernels, TRIAL_FRAMES } from '../../src/node/revectorize/checked.js';
import { ADM_DEFAULTS } from '../../src/adm/options.js';
import type { AdmResult } from '../../src/adm/adm.js';
import type { VifResult, VifScale } from '../../src/vif/vif.js';
import { WASM } from '../../src/backends/wasm.js';
import { VIF_DEFAULTS } from '../../src/vif/vif.js';
import { compareOne } from '../support/compare-one.js';
import { planeOf } from '../support/vectors.js';

const WIDTH = 32;
const HEIGHT = 24;
const plain = (): PairKernel<VifResult> => WASM.vif(WIDTH, HEIGHT, 8, VIF_DEFAULTS);
const REFERENCE = planeOf(textureLuma(WIDTH, HEIGHT, 0, 8, 1));
const DISTORTED = planeOf(textureLuma(WIDTH, HEIGHT, 0, 8, 24));
const EXPECTED = compareOne(plain(), REFERENCE, DISTORTED);

/** A sum that is one off. */
const offByOne = (result: VifResult, sum: keyof VifScale['sums']): VifResult => {
  const [first, second, third, last] = result.scales;
  const wrong = { ...third, sums: { ...third.sums, [sum]: third.sums[sum] + 1 } };
  return { ...result, scales: [first, second, wrong, last] };
};

/** The plain kernel, one off from frame `from` on, and how often it compared. */
const flawed = (from: number, sum: keyof VifScale['sums'] = 'numLog') => {
  const kernel = plain();
  let frame = -1;
  let comparisons = 0;
  return {
    comparisons: () => comparisons,
    compareAll: (...pictures: Parameters<typeof kernel.compareAll>) => {
      frame++;
      comparisons++;
      // The last picture's, for others may be right.
      return kernel
        .compareAll(...pictures)
        .map((result, k, { length }) =>
          result !== undefined && frame >= from && k === length - 1
            ? offByOne(result, sum)
            : result,
        );
    },
  };
};

/** The kernels of `wasm` with another VIF, checked against another VIF. */
const checkedVif = (options: {
  readonly fast: PairKernel<VifResult>;
  readonly sure: PairKernel<VifResult>;
  readonly onRejected: () => void;
}): PairKernel<VifResult> => {
  const withVif = (vif: PairKernel<VifResult>): Kernels => ({ ...WASM, vif: () => vif });
  return checkedKernels({
    ...options,
    fast: withVif(options.fast),
    sure: withVif(options.sure),
  }).vif(WIDTH, HEIGHT, 8, VIF_DEFAULTS);
};

const rejections = () => {
  let count = 0;
  return { count: () => count, onRejected: () => void count++ };
};

describe('a paired kernel', () => {
  it('that is right computes alone after the first frames, and is checked now and then', () => {
    const fast = flawed(Infinity);
    const sure = flawed(Infinity);
    const { count, onRejected } = rejections();
    const kernel = checkedVif({ fast, sure, onRejected });
    for (let i = 0; i <= 2 * CHECK_EVERY; i++) {
      expect(compareOne(kernel, REFERENCE, DISTORTED)).toEqual(EXPECTED);
    }
    expect(count()).toBe(0);
    expect(fast.comparisons()).toBe(2 * CHECK_EVERY + 1);
    expect(sure.comparisons()).toBe(TRIAL_FRAMES + 2);
  });

  it.each(['numLog', 'denLog', 'numLin', 'cntLin'] as const)(
    'whose %s is one off in the first frame is not used again',
    (sum) => {
      const fast = flawed(0, sum);
      const { count, onRejected } = rejections();
      const kernel = checkedVif({ fast, sure: plain(), onRejected });
      for (let i = 0; i < 5; i++) {
        const several = [DISTORTED, undefined, REFERENCE, DISTORTED];
        const [first, none, , last] = kernel.compareAll(REFERENCE, several);
        expect([first, none, last]).toEqual([EXPECTED, undefined, EXPECTED]);
      }
      expect(count()).toBe(1);
      expect(fast.comparisons()).toBe(1);
    },
  );

  it('that goes wrong in the last frame of the trial is not used again', () => {
    const { count, onRejected } = rejections();
    const kernel = checkedVif({ fast: flawed(TRIAL_FRAMES - 1), sure: plain(), onRejected });
    for (let i = 0; i < 5; i++) {
      expect(compareOne(kernel, REFERENCE, DISTORTED)).toEqual(EXPECTED);
    }
    expect(count()).toBe(1);
  });

  it('that goes wrong later ends the run at the next check', () => {
    const { count, onRejected } = rejections();
    const kernel = checkedVif({ fast: flawed(TRIAL_FRAMES), sure: plain(), onRejected });
    for (let i = 0; i < CHECK_EVERY; i++) compareOne(kernel, REFERENCE, DISTORTED);
    const last = E.tryCatch(
      () => compareOne(kernel, REFERENCE, DISTORTED),
      (thrown) => thrown,
    );
    const thrown = E.isLeft(last) ? last.left : undefined;
    expect(thrown).toBeInstanceOf(TinyVmafException);
    expect(String(thrown)).toMatch(/at the 65th frame .* run again with --revectorize off/);
    expect(count()).toBe(0);
  });

  it.each(['den', 'num', 'aim'] as const)('of ADM is compared by its sums: %s', (part) => {
    const oneOff = (result: AdmResult): AdmResult => {
      const [a, b, c, [h, v, d]] = result.sums[part];
      return { ...result, sums: { ...result.sums, [part]: [a, b, c, [h, v, d + 1n]] } };
    };
    const fast: Kernels = {
      ...WASM,
      adm: (...size) => {
        const kernel = WASM.adm(...size);
        return {
          compareAll: (...pictures) =>
            kernel.compareAll(...pictures).map((result) => result && oneOff(result)),
        };
      },
    };
    const { count, onRejected } = rejections();
    const kernels = checkedKernels({ fast, sure: WASM, onRejected });
    const kernel = kernels.adm(WIDTH, HEIGHT, 8, ADM_DEFAULTS);
    const sure = WASM.adm(WIDTH, HEIGHT, 8, ADM_DEFAULTS);
    const expected = compareOne(sure, REFERENCE, DISTORTED);
    for (let i = 0; i < 3; i++) expect(compareOne(kernel, REFERENCE, DISTORTED)).toEqual(expected);
    expect(count()).toBe(1);
  });

  it('of motion takes the others with it, and is found later as well', () => {
    const wrongFrom = (from: number): Kernels => ({
      ...WASM,
      motion: (...size) => {
        const kernel = WASM.motion(...size);
        let frame = 0;
        return { compute: (a, b) => kernel.compute(a, b) + (frame++ >= from ? 1 : 0) };
      },
    });
    const expected = WASM.motion(WIDTH, HEIGHT, 8, 'libvmaf-3.2').compute(REFERENCE, DISTORTED);
    const { count, onRejected } = rejections();
    const vif = flawed(Infinity);
    const first = checkedKernels({
      fast: { ...wrongFrom(0), vif: () => vif },
      sure: WASM,
      onRejected,
    });
    const [motion, other] = [
      first.motion(WIDTH, HEIGHT, 8, 'libvmaf-3.2'),
      first.vif(WIDTH, HEIGHT, 8, VIF_DEFAULTS),
    ];
    expect(motion.compute(REFERENCE, DISTORTED)).toBe(expected);
    expect(count()).toBe(1);
    expect(compareOne(other, REFERENCE, DISTORTED)).toEqual(EXPECTED);
    expect(vif.comparisons()).toBe(0);

    const later = checkedKernels({ fast: wrongFrom(TRIAL_FRAMES), sure: WASM, onRejected }).motion(
      ...([WIDTH, HEIGHT, 8, 'libvmaf-3.2'] as const),
    );
    for (let i = 0; i < CHECK_EVERY; i++) later.compute(REFERENCE, DISTORTED);
    expect(() => later.compute(REFERENCE, DISTORTED)).toThrow(/at the 65th frame/);
  });
});
