import { expect, it } from 'vitest';
import { anyWords } from './any-words.js';

it('survives 20,000 command lines', { timeout: 900_000 }, async () => {
  const seed = Number(process.env['TINYVMAF_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  await anyWords(20_000, seed);
  expect(seed).toBeGreaterThanOrEqual(0);
});
