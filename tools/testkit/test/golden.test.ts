import { describe, expect, it } from 'vitest';
import { goldenCase, goldenLuma, goldenNames, goldenRaw, has, vectorPair } from '../src/index.js';

describe.skipIf(!has('shared'))('golden clips', () => {
  it.each(has('shared') ? goldenNames() : [])('%s has the samples its case names', (name) => {
    const golden = goldenCase(name);
    expect(goldenRaw(golden, 'ref').length).toBeGreaterThan(0);
    expect(goldenLuma(golden, 'dis')).toHaveLength(golden.format.frames);
  });
});

it('makes the test-vector pictures of the spec', () => {
  const { reference, distorted } = vectorPair(0, 8);
  expect([...reference.data.slice(0, 8)]).toEqual([60, 65, 70, 75, 100, 105, 110, 115]);
  expect([...distorted.data.slice(0, 8)]).toEqual([57, 61, 66, 71, 91, 101, 106, 111]);
  expect([...reference.data.slice(-4)]).toEqual([127, 132, 137, 142]);
  expect([...distorted.data.slice(-4)]).toEqual([128, 128, 133, 138]);
});
