import { describe, expect, test } from 'vitest';
import { has } from '@tinyvmaf/testkit';
import { killRounds } from './kill-rounds.js';

describe.skipIf(!has('ffmpeg'))('builds that are killed outright at 20 moments', () => {
  test('are completed by the next, and nothing finished is computed again', async () => {
    const hit = await killRounds(20, 20262);
    expect(hit).toBeGreaterThan(10);
  });
});
