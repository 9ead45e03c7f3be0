import { expect, it } from 'vitest';
import { fuzz } from './fuzz.js';

it('100,000 damaged files: a typed error or a score, in bounded memory', () => {
  const before = process.memoryUsage().rss;
  const { refused, scored, slowest } = fuzz(100_000, 2);
  expect(refused + scored).toBe(100_000);
  expect(slowest).toBeLessThan(10_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(600e6);
});
