// A disk that is full: the extraction ends with the system's word, what is
// finished stays, and with more room the same run completes it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportCsv } from '../../src/dataset/export-csv.js';
import { extract } from '../../src/extract/extract.js';
import { planExtraction } from '../../src/extract/plan.js';
import type { Store } from '../../src/store/contracts.js';
import { openStore } from '../../src/store/store.js';
import { corpusOf, folder, source } from '../support/clips.js';

const disk = mkdtempSync(join(tmpdir(), 'tinyvmaf-disk-'));

const mount = (...words: readonly string[]): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', ...words, 'tmpfs', disk]).status === 0;

// A real small disk where mounting is allowed (root on Linux).
const mounted = process.platform === 'linux' && mount('-o', 'size=100k');
if (!mounted) console.log('skipped: a small tmpfs cannot be mounted here');

afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

const table = async (store: Store): Promise<string> => {
  let text = '';
  await exportCsv(store, {}, (piece) => void (text += piece));
  return text;
};

describe.skipIf(!mounted)('a full disk', () => {
  it('ends an extraction, and more room completes it', async () => {
    const root = folder();
    const corpus = corpusOf(
      root,
      ...Array.from({ length: 6 }, (_, i) => source(root, `s${i}`, 70, [8, 32], 100 * i)),
    );
    const whole = await openStore(join(root, 'whole'), { create: true });
    await extract(await planExtraction(corpus, whole), { store: whole, threads: 0 });

    const place = join(disk, 'store');
    const first = await openStore(place, { create: true });
    const full = extract(await planExtraction(corpus, first), { store: first, threads: 0 });
    await expect(full).rejects.toMatchObject({ code: 'ERR_IO', error: { errno: 'ENOSPC' } });
    await first.close().catch(() => undefined);

    expect(mount('-o', 'remount,size=20m')).toBe(true);
    const again = await openStore(place);
    const plan = await planExtraction(corpus, again);
    // Something was finished before, and is not computed again.
    expect(plan.frames).toBeLessThan(12 * 70);
    const summary = await extract(plan, { store: again, threads: 0 });
    expect(summary).toMatchObject({ frames: plan.frames, failures: [] });
    expect(summary.computed + summary.cached).toBe(12);
    expect(await table(again)).toBe(await table(whole));
  });
});
