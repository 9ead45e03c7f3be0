// A disk that fills up while a ladder is built: a small file system in memory,
// where this user may mount one.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { TinyVmafException } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { prepareLadder } from '../../src/ladder/index.js';
import { build, doneJobs, filesOf, makeSources, scratch, tinyRecipe } from '../support/ladder.js';

const mount = (...args: readonly string[]): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', ...args]).status === 0;

const disk = join(scratch(), 'disk');
mkdirSync(disk);
const mounted = process.platform === 'linux' && mount('-o', 'size=200k', 'tmpfs', disk);
if (!mounted) console.log('skipped: this user may not mount a small file system');
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
});

const caught = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) return thrown.error;
    throw thrown;
  }
  return undefined;
};

describe.skipIf(!mounted || !has('ffmpeg'))('a disk that is too small', () => {
  test('is said before anything is built, and in the middle; what was finished stays', async () => {
    const folder = makeSources();
    const out = join(disk, 'ladder');
    const recipe = tinyRecipe();
    const plan = await prepareLadder({ folder, recipe, out });
    expect(plan.bytes.enough).toBe(false);
    const before = await caught(build({ folder, recipe, out }));
    expect(before).toMatchObject({
      _tag: 'Io',
      errno: 'ENOSPC',
      problem: expect.stringMatching(/^\d+ bytes are needed and \d+ are free/),
    });

    const told: string[] = [];
    const middle = await caught(
      build(
        { folder, recipe, out },
        {
          checkSpace: false,
          onProgress: (event) => told.push(...doneJobs([event])),
        },
      ),
    );
    expect(middle).toMatchObject({ _tag: 'Io', operation: 'write', errno: 'ENOSPC' });
    expect(told.length).toBeGreaterThan(0);
    const finished = (await prepareLadder({ folder, recipe, out })).finished;
    expect(finished).toHaveLength(told.length);

    expect(mount('-o', 'remount,size=20m', 'tmpfs', disk)).toBe(true);
    const { report, events } = await build({ folder, recipe, out });
    expect(report.reused).toBe(told.length);
    expect(doneJobs(events).filter((job) => told.includes(job))).toEqual([]);
    const elsewhere = join(scratch(), 'ladder');
    await build({ folder, recipe, out: elsewhere });
    expect(filesOf(out)).toEqual(filesOf(elsewhere));
  });
});
