import { createRandom } from '@tinyvmaf/core';
import { expect, it } from 'vitest';
import { decay, growth, normal, sixteenths } from '../../src/arithmetic/power.js';

it('raises to sixteenths', () => {
  for (const u of [0, 1e-9, 0.1, 0.37, 0.999, 1]) {
    for (const n of [0, 1, 8, 16, 24, 27, 40]) {
      expect(sixteenths(u, n)).toBeCloseTo(u ** (n / 16), 14);
    }
  }
  expect(sixteenths(0.25, 24)).toBe(0.125);
});

it('is normal enough', () => {
  const random = createRandom(5);
  const count = 20_000;
  const values = Array.from({ length: count }, () => normal(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(variance).toBeCloseTo(1, 1);
  const beyond = values.filter((value) => Math.abs(value) > 2).length / count;
  expect(beyond).toBeGreaterThan(0.035);
  expect(beyond).toBeLessThan(0.055);
});

it('has exponentials on both sides, and nothing far below', () => {
  expect(decay(0)).toBe(1);
  expect(decay(-513)).toBe(0);
  for (const x of [-300, -0.3, -1e-20, 0, 0.3, 2]) {
    expect(growth(x) / Math.exp(x)).toBeCloseTo(1, 14);
  }
});
