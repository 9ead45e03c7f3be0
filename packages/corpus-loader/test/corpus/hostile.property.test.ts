import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSafe } from './check.js';
import { hostile } from './hostile.js';

describe.skipIf(process.platform === 'win32')('hostile trees on a disk', () => {
  it('give right pairs only, from inside the root only', async () => {
    await fc.assert(fc.asyncProperty(hostile, expectSafe), { numRuns: 60, seed: 5 });
  });
});
