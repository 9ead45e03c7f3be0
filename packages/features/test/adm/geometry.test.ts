// Borders, crop regions and the division table.
import { describe, expect, it } from 'vitest';
import { inside, tapPositions } from '../../src/adm/border.js';
import { RECIPROCAL, RECIPROCAL_MAX } from '../../src/adm/reciprocal.js';
import { cropRegion } from '../../src/adm/regions.js';

describe('the border rule', () => {
  it('mirrors before the start without, and past the end with, the edge sample', () => {
    expect([-1, 0, 1, 4, 5, 6].map((p) => inside(p, 5))).toEqual([1, 0, 1, 4, 4, 3]);
  });

  it.each([
    [2, [1, 0, 1, 1]],
    [3, [1, 0, 1, 2, 1, 2, 2, 1]],
    [4, [1, 0, 1, 2, 1, 2, 3, 3]],
    [5, [1, 0, 1, 2, 1, 2, 3, 4, 3, 4, 4, 3]],
    [6, [1, 0, 1, 2, 1, 2, 3, 4, 3, 4, 5, 5]],
  ])('places the taps of %d samples', (size, positions) => {
    expect([...tapPositions(size)]).toEqual(positions);
  });
});

describe('the crop region', () => {
  it.each([
    [14, 0],
    [15, 1],
    [24, 1],
    [25, 2],
    [48, 4],
    [240, 23],
    [960, 95],
  ])('of a side of %d has a margin of %d', (size, margin) => {
    const region = cropRegion(size, 9);
    expect([region.left, size - region.right, region.top, region.bottom]).toEqual([
      ...[margin, margin],
      ...[0, 9],
    ]);
    expect(region.area).toBe((size - 2 * margin) * 9);
  });
});

describe('the division table', () => {
  it('holds floor(2^30 / i)', () => {
    const exact = Array.from({ length: RECIPROCAL_MAX }, (_, i) =>
      Number((1n << 30n) / BigInt(i + 1)),
    );
    expect([...RECIPROCAL.subarray(1)]).toEqual(exact);
  });
});
