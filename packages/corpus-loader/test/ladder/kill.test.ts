import { describe, expect, test } from 'vitest';
import { has } from '@tinyvmaf/testkit';
import { killRounds } from './kill-rounds.js';

describe.skipIf(!has('ffmpeg'))('a build that is killed outright', () => {
  test('is completed by the next, and nothing finished is computed again', async () => {
    const hit = await killRounds(3, 20261);
    expect(hit).toBeGreaterThan(0);
  });
});
