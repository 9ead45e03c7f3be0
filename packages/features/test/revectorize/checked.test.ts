// What happens to a paired kernel that is wrong: at the start the plain one
// takes over; later the run ends.
import { TinyVmafException } from '@tinyvmaf/core';
import { textureLuma } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import type { PairKernel } from '../../src/backends/kernels.js';
import { CHECK_EVERY, checkedVif, TRIAL_FRAMES } from '../../src/node/revectorize/checked.js';
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
});
