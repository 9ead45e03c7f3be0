import { vectorPair } from '@tinyvmaf/testkit';
import { expect, it } from 'vitest';
import { selfChecked } from '../../src/extractor/self-check.js';
import { REFERENCE, VIF_DEFAULTS, type PairKernel } from '../../src/index.js';

const { reference, distorted } = vectorPair(0, 8);
const plane = ({ data, width, height }: typeof reference) => ({
  data,
  width,
  height,
  stride: width,
});

/** A kernel that gives each distorted picture the next of these denominators. */
const giving = (...values: readonly number[]): PairKernel<number> => ({
  compareAll: (_, distorted) =>
    distorted.map((plane, k) => (plane === undefined ? undefined : (values[k] ?? NaN))),
});

it('passes what the denominators agree on', () => {
  const kernel = REFERENCE.vif(reference.width, reference.height, 8, VIF_DEFAULTS);
  const checked = selfChecked('VIF', kernel, ({ scales }) => scales.map(({ den }) => den));
  const [first, second] = checked.compareAll(plane(reference), [distorted, reference].map(plane));
  expect(first?.den).toBeGreaterThan(0);
  expect(first?.den).toBe(second?.den);
});

it('starts anew with each reference', () => {
  let den = 1;
  const counting: PairKernel<number> = { compareAll: () => [den++] };
  const checked = selfChecked('VIF', counting, (value) => [value]);
  expect(checked.compareAll(plane(reference), [plane(distorted)])).toEqual([1]);
  expect(checked.compareAll(plane(distorted), [plane(distorted)])).toEqual([2]);
});

it('stops at a denominator that changes', () => {
  const { compareAll } = selfChecked('VIF', giving(1, 1, 2), (den) => [den]);
  const picture = plane(distorted);
  expect(compareAll(picture, [picture, undefined, undefined])).toEqual([1, undefined, undefined]);
  expect(() => compareAll(picture, [picture, undefined, picture])).toThrow(
    /VIF gave two denominators .*doctor/,
  );
});
