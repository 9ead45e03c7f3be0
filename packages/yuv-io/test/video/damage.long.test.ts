// Ten thousand damaged containers: no hang, no crash, no untyped error.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { damageRun, findings } from './damage.js';

const FIRST_SEED = 1000;
const FILES = 10_000;
const MINUTES = 60_000;

describe.skipIf(!has('ffmpeg'))('damaged containers', () => {
  it(
    `seeds ${FIRST_SEED} to ${FIRST_SEED + FILES - 1}`,
    async () => {
      const outcomes = await damageRun(FIRST_SEED, FILES);
      expect(outcomes).toHaveLength(FILES);
      expect(findings(outcomes)).toEqual([]);
    },
    30 * MINUTES,
  );
});
