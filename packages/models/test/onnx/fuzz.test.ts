import { expect, it } from 'vitest';
import { fuzz } from './fuzz.js';

it('1,500 damaged files: a typed error or a score', () => {
  const { refused, scored, slowest } = fuzz(1500, 1);
  expect(refused + scored).toBe(1500);
  expect(refused).toBeGreaterThan(300);
  expect(scored).toBeGreaterThan(30);
  expect(slowest).toBeLessThan(5000);
});
