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
  prepare: () => {
    let calls = 0;
    return () => values[calls++] ?? NaN;
  },
});

it('passes what the denominators agree on', () => {
  const kernel = REFERENCE.vif(reference.width, reference.height, 8, VIF_DEFAULTS);
  const checked = selfChecked('VIF', kernel, ({ scales }) => scales.map(({ den }) => den));
  const compare = checked.prepare(plane(reference));
  expect(compare(plane(distorted)).den).toBe(compare(plane(reference)).den);
});

it('starts anew with each reference', () => {
  const checked = selfChecked('VIF', giving(1, 1), (den) => [den]);
  expect(checked.prepare(plane(reference))(plane(distorted))).toBe(1);
  expect(checked.prepare(plane(distorted))(plane(distorted))).toBe(1);
});

it('stops at a denominator that changes', () => {
  const compare = selfChecked('VIF', giving(1, 2), (den) => [den]).prepare(plane(reference));
  compare(plane(distorted));
  expect(() => compare(plane(distorted))).toThrow(/VIF gave two denominators .*doctor/);
});
