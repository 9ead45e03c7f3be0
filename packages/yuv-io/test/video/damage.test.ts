// Damaged containers never hang, never crash and never become an untyped
// error: a share of the long run.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { damageRun, findings } from './damage.js';

const FIRST_SEED = 1;
const FILES = 105;

describe.skipIf(!has('ffmpeg'))('damaged containers', () => {
  it(`seeds ${FIRST_SEED} to ${FIRST_SEED + FILES - 1}`, async () => {
    const outcomes = await damageRun(FIRST_SEED, FILES);
    expect(outcomes).toHaveLength(FILES);
    expect(findings(outcomes)).toEqual([]);
    // The damage does damage, and not only that.
    expect(outcomes.some(({ result }) => result.startsWith('error'))).toBe(true);
    expect(outcomes.some(({ result }) => result.startsWith('frames'))).toBe(true);
  });
});
