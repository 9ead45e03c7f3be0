import { describe, expect, it } from 'vitest';
import { killRounds } from './kill-rounds.js';

describe('an extraction that is killed outright', () => {
  it('is gone on with behind its last chunk', async () => {
    expect(await killRounds(4, 20262)).toBeGreaterThan(0);
  }, 60_000);
});
