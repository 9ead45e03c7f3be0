// Kills builds at random moments and finishes them: what both the short and the
// long test do.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createRandom } from '@tinyvmaf/core';
import {
  build,
  buildInProcess,
  doneJobs,
  filesOf,
  makeSources,
  processesLeft,
  scratch,
  tinyRecipe,
} from '../support/ladder.js';

/** Hashes of the jobs that are finished in a ladder's folder. */
const finishedIn = (out: string): ReadonlySet<string> => {
  const jobs = join(out, '.tinyvmaf-ladder', 'jobs');
  return new Set(
    existsSync(jobs) ? readdirSync(jobs).filter((name) => /^[0-9a-f]{64}\.json$/.test(name)) : [],
  );
};

/**
 * Kills `rounds` builds, each at a moment of its own, builds again and compares
 * with an undisturbed run.
 * @returns how many of the builds were hit while at work.
 */
export const killRounds = async (rounds: number, seed: number): Promise<number> => {
  const random = createRandom(seed);
  const folder = makeSources();
  const recipe = tinyRecipe({ keepEncodes: true });
  const undisturbed = join(scratch(), 'out');
  const { took, status, events: all } = await buildInProcess({ folder, recipe, out: undisturbed });
  expect(status).toBe(0);
  const expected = filesOf(undisturbed);
  const total = doneJobs(all).length;
  let hit = 0;
  for (let round = 0; round < rounds; round++) {
    const out = join(scratch(), 'out');
    const moment = random.float() * took;
    const killed = await buildInProcess({ folder, recipe, out }, moment);
    const place = `seed ${seed}, round ${round}, killed after ${moment.toFixed(1)} ms`;
    if (killed.status === null) hit++;
    const told = doneJobs(killed.events);
    const finished = finishedIn(out);
    expect(finished.size, place).toBeGreaterThanOrEqual(told.length);
    const { report, events } = await build({ folder, recipe, out });
    const again = doneJobs(events);
    expect(
      again.filter((job) => told.includes(job)),
      place,
    ).toEqual([]);
    expect(report.reused, place).toBe(finished.size);
    expect(report.computed, place).toBe(total - finished.size);
    expect(filesOf(out), place).toEqual(expected);
    // Encodes name the ladder's folder, references that of the sources.
    expect(await processesLeft(out), place).toEqual([]);
    expect(await processesLeft(folder), place).toEqual([]);
  }
  return hit;
};
