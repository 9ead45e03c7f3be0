// The wide form of fuzz.test.ts: 110,000 cases; the seed is printed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { libsvmHolds, libsvmText, modelHolds, modelText } from './fuzz.js';

const seed = Number(process.env['TINYVMAF_SEED'] ?? Date.now() % 2 ** 31);

const run = (name: string, property: fc.IProperty<[string]>, numRuns: number): void => {
  const details = fc.check(property, { numRuns, seed });
  console.log(`${name}: ${details.numRuns} cases, seed ${seed}`);
  expect(details.counterexample).toBeNull();
  expect(details.numRuns).toBe(numRuns);
};

describe('damaged model files', () => {
  it('JSON', () => {
    run('model JSON', fc.property(modelText, modelHolds), 60_000);
  });

  it('libsvm text', () => {
    run('libsvm text', fc.property(libsvmText, libsvmHolds), 50_000);
  });
});
