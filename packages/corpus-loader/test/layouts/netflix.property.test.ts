import { unwrap } from '@tinyvmaf/core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { discoverTreeTE } from '../../src/corpus/discover.js';
import { content, filesOf, GEOMETRY } from './names.js';
import { expectSound } from './properties.js';
import { memoryTree } from './tree.js';

describe('generated Netflix-style trees', () => {
  it('never give a wrong pair, and every reject its reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 6 }), async (contents) => {
        const files = filesOf(contents);
        const corpus = unwrap(
          await discoverTreeTE(memoryTree(files), { options: { geometry: GEOMETRY } })(),
        );
        expectSound(corpus, files);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});
