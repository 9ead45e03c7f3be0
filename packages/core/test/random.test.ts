import { expect, it } from 'vitest';
import { createRandom } from '../src/index.js';

it('is the same stream on every machine', () => {
  const random = createRandom(1);
  expect(Array.from({ length: 4 }, () => random.uint32())).toMatchInlineSnapshot(`
    [
      2420951833,
      2513034076,
      3847892949,
      4064752930,
    ]
  `);
  expect(createRandom(1).float()).toBe(createRandom(1).float());
  expect(createRandom(1).uint32()).not.toBe(createRandom(2).uint32());
});

it('is uniform enough and stays below its bound', () => {
  const random = createRandom(7);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 60_000; i++) counts[random.below(6)]!++;
  // Five standard deviations of a binomial(60000, 1/6).
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(456);
  for (let i = 0; i < 1000; i++) {
    const x = random.float();
    expect(x >= 0 && x < 1).toBe(true);
  }
});

it('shuffles without losing anything', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  const shuffled = createRandom(3).shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
});
