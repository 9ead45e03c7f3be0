import { it } from 'vitest';
import { scratch } from '../support/files.js';
import { killExtractions } from './killed-extractions.js';

const { folder } = scratch();

it('extraction survives three kills', async () => {
  await killExtractions(folder, 3, 20261125);
});
