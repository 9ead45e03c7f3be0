// The golden cases of 1920x1080, 2561x1441 and 3840x2160 (see golden.test.ts).
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { compareCase, covered, type Comparison } from './support/compare.js';
import { BACKENDS, casesOf, isLarge } from './support/golden.js';

describe.skipIf(!has('shared')).each(BACKENDS)('on backend %s', (backend) => {
  describe('large cases', () => {
    const all: Comparison[] = [];

    it.each(casesOf((_, name) => isLarge(name)))('%s', { timeout: 600_000 }, async (name) => {
      const comparison = await compareCase(name, backend);
      expect(comparison.differences).toEqual([]);
      all.push(comparison);
    });

    it('were compared whole', () => {
      expect(covered(all)).toEqual({
        cases: 9,
        series: 630,
        frameValues: 1330,
        pooledValues: 2520,
      });
    });
  });
});
