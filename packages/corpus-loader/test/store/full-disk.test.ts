// A disk that fills up, as a small tmpfs: an error as a value, and under the
// final names nothing that is not whole.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { StoreCorrupt, TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { rebuildIndex } from '../../src/store/rebuild.js';
import { openStore } from '../../src/store/store.js';
import { right } from '../support/filled-store.js';
import { clipOf, featureFile, scoreFile } from '../support/store-data.js';

const MOUNT = mkdtempSync(path.join(tmpdir(), 'tinyvmaf-full-'));

/** Why a small disk cannot be had here; empty where it can. */
const whyNot = ((): string => {
  if (process.platform !== 'linux') return 'no tmpfs on this platform';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', MOUNT], { stdio: 'pipe' });
    return '';
  } catch (thrown) {
    return `mounting is not allowed: ${String(thrown).split('\n')[1] ?? String(thrown)}`;
  }
})();

afterAll(() => {
  if (whyNot === '') execFileSync('umount', [MOUNT]);
  rmSync(MOUNT, { recursive: true, force: true });
});

describe(`a disk that fills up${whyNot === '' ? '' : ` (skipped: ${whyNot})`}`, () => {
  it.skipIf(whyNot !== '')('fails with Io and leaves whole files', async () => {
    const folder = path.join(MOUNT, 'store');
    const store = await openStore(folder, { create: true });
    const errors: TinyVmafError[] = [];
    let written = 0;
    for (let i = 0; i < 100 && errors.length < 5; i++) {
      const file = featureFile(`clip ${i}`, 200);
      for (const task of [
        store.writeFeatures(file),
        store.writeScores(scoreFile(file)),
        store.recordClips([clipOf(`clip ${i}`, file)]),
      ]) {
        const result: E.Either<TinyVmafError, unknown> = await task();
        if (E.isRight(result)) written++;
        else errors.push(result.left);
        if (E.isLeft(result)) break;
      }
    }
    expect(written).toBeGreaterThan(20);
    expect(errors).toHaveLength(5);
    for (const error of errors) {
      expect(error).toMatchObject({ _tag: 'Io', operation: 'write', errno: 'ENOSPC' });
      expect(error).toMatchObject({ problem: 'no space left on the device' });
    }
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.partial'))).toEqual([]);
    const found: StoreCorrupt[] = [];
    const again = await openStore(folder, { onCorrupt: (it) => found.push(it) });
    for (const clip of again.clips()) expect(again.hasFeatures(clip.features)).toBe(true);
    expect(found).toEqual([]);
    await store.close();
    await again.close();
  });

  it.skipIf(whyNot !== '')('goes on when there is room again', async () => {
    const folder = path.join(MOUNT, 'store');
    rmSync(folder, { recursive: true, force: true });
    const store = await openStore(folder, { create: true });
    const first = featureFile('first', 10);
    await right(store.writeFeatures(first));
    await right(store.recordClips([clipOf('first', first)]));
    const ballast = path.join(MOUNT, 'ballast');
    const { bfree, bsize } = statfsSync(MOUNT);
    writeFileSync(ballast, new Uint8Array(bfree * bsize));
    const labels = Array.from({ length: 60 }, (_, i) => ({
      name: `n${i}`,
      dataset: 'long enough for more than a page',
      value: 1,
      scale: { min: 1, max: 5, direction: 'higher-is-better' as const },
    }));
    const second = featureFile('second', 10);
    expect(await store.recordClips([clipOf('second', second, { labels })])()).toMatchObject({
      left: { errno: 'ENOSPC' },
    });
    expect(store.clips()).toHaveLength(1);
    rmSync(ballast);
    await right(store.writeFeatures(second));
    await right(store.recordClips([clipOf('second', second, { labels })]));
    const found: StoreCorrupt[] = [];
    const again = await openStore(folder, { onCorrupt: (it) => found.push(it) });
    expect(again.clips().map(({ clip }) => clip)).toEqual(['first', 'second']);
    expect(await rebuildIndex(again)).toMatchObject({ features: 2, corrupt: 0, recovered: 0 });
    expect(found).toEqual([]);
    await store.close();
    await again.close();
  });
});
