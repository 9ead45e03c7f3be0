import { unwrap } from '@tinyvmaf/core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { content, filesOf, GEOMETRY } from '../layouts/names.js';
import { expectSound } from '../layouts/properties.js';
import { memoryTree } from '../layouts/tree.js';
import { expectSafe } from './check.js';
import { hostile } from './hostile.js';

describe('many generated trees', () => {
  it('in memory: never a wrong pair', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 12 }), async (contents) => {
        const files = filesOf(contents);
        const tree = memoryTree(files);
        expectSound(
          unwrap(await discoverTreeTE(tree, { options: { geometry: GEOMETRY } })()),
          files,
        );
      }),
      { numRuns: 30_000, seed: 50 },
    );
  });

  it.skipIf(process.platform === 'win32')('on a disk: nothing outside the root', async () => {
    await fc.assert(fc.asyncProperty(hostile, expectSafe), { numRuns: 1500, seed: 50 });
  });
});
