import { expect, it } from 'vitest';
import { pool, percentile, harmonicMean } from '../src/index.js';

const series = [65.271582, 69.537264, 71.364696];

it('pools in frame order', () => {
  const pooled = pool(series);
  expect(pooled.min).toBe(65.271582);
  expect(pooled.max).toBe(71.364696);
  expect(pooled.mean).toBe((65.271582 + 69.537264 + 71.364696) / 3);
  expect(pooled.harmonic_mean).toBeCloseTo(68.629445, 5);
  expect(pooled.p50).toBe(69.537264);
});

it('gives a harmonic mean for a score of 0', () => {
  expect(harmonicMean([0, 0])).toBe(0);
  expect(harmonicMean([0, 100])).toBe(2 / (1 + 1 / 101) - 1);
});

it('interpolates percentiles between ranks, whatever the order', () => {
  expect(percentile([40, 10, 30, 20], 50)).toBe(25);
  expect(percentile([10, 20], 5)).toBe(10 * 0.95 + 20 * 0.05);
  expect(percentile([7], 1)).toBe(7);
  expect(percentile([3, 1, 2], 0)).toBe(1);
  expect(percentile([3, 1, 2], 100)).toBe(3);
});

it('does not mind negative numbers and does not reorder its input', () => {
  const values = [-1.5, 20, 3];
  expect(pool(values).min).toBe(-1.5);
  expect(values).toEqual([-1.5, 20, 3]);
});

it('has no number for an empty series', () => {
  expect(Object.values(pool([])).every(Number.isNaN)).toBe(true);
});
