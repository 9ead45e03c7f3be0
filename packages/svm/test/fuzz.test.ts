import fc from 'fast-check';
import { describe, it } from 'vitest';
import { libsvmHolds, libsvmText, modelHolds, modelText } from './fuzz.js';

describe('damaged model files', () => {
  it('never throw and never give a number that is none: JSON', () => {
    fc.assert(fc.property(modelText, modelHolds), { numRuns: 3000, seed: 11 });
  });

  it('never throw and never give a number that is none: libsvm text', () => {
    fc.assert(fc.property(libsvmText, libsvmHolds), { numRuns: 3000, seed: 12 });
  });
});
