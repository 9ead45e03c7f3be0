import { describe, expect, it } from 'vitest';
import { killRounds } from './kill-rounds.js';

describe('an extraction that is killed many times', () => {
  it('is gone on with behind its last chunk each time', async () => {
    expect(await killRounds(60, 20263)).toBeGreaterThan(10);
  }, 600_000);
});
