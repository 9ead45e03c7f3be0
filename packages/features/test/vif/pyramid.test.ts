import { vectorPair } from '@tinyvmaf/testkit';
import { expect, it } from 'vitest';
import { halve, scaleSize } from '../../src/vif/pyramid.js';

// spec/test-vectors.md: samples (0,0), (0,1), (1,0), (last row, last column).
const PUBLISHED = [
  { width: 48, height: 32, samples: [18330, 20204, 18969, 33501] },
  { width: 24, height: 16, samples: [20464, 24711, 22342, 31554] },
  { width: 12, height: 8, samples: [22471, 30099, 27678, 26811] },
];

it('makes the published pyramid of the 8-bit reference', () => {
  const { reference } = vectorPair(0, 8);
  let plane = Uint16Array.from(reference.data);
  let [width, height] = [reference.width, reference.height];
  for (const scale of [0, 1, 2] as const) {
    const half = scaleSize(width, height, 1);
    const next = new Uint16Array(half.width * half.height);
    halve(plane, width, height, scale, 8, next, new Float64Array(width + 8));
    ({ width, height } = half);
    plane = next;
    const samples = [plane[0], plane[1], plane[width], plane.at(-1)];
    expect({ width, height, samples }).toEqual(PUBLISHED[scale]);
  }
});

it('drops an odd last row and column', () => {
  expect(scaleSize(161, 91, 3)).toEqual({ width: 20, height: 11 });
});
