import { it } from 'vitest';
import { scratch } from '../support/files.js';
import { killExtractions } from './killed-extractions.js';

const { folder } = scratch();

it('extraction survives twenty kills', async () => {
  await killExtractions(folder, 20, 7);
});
