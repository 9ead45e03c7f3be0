// Every file of a store with flipped bits, cut off, or replaced by noise: reads
// give what was written or nothing, and never an exception.
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom, FEATURES } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { loadDatasetTE } from '../../src/dataset/load.js';
import type { Store } from '../../src/store/contracts.js';
import { gcTE } from '../../src/store/gc.js';
import { featureKey } from '../../src/store/keys.js';
import { rebuildIndexTE } from '../../src/store/rebuild.js';
import { openStoreTE } from '../../src/store/store.js';
import { filledStore, right, type Filled } from '../support/filled-store.js';
import { bits, featureRows, scratch } from '../support/store-data.js';

const PAIR = 'e'.repeat(64);
const IDENTITY = { path: '/a', bytes: 5, mtimeNs: '7', inode: '1:2', view: 'raw' };

const prepared = async (): Promise<Filled> => {
  const filled = await filledStore();
  const leaf = '1'.repeat(64);
  for (const start of [0, 32]) {
    await right(
      filled.store.writeChunk(PAIR, {
        start,
        rows: featureRows(32, start),
        referenceLeaf: leaf,
        distortedLeaf: leaf,
      }),
    );
  }
  await right(filled.store.rememberHash(IDENTITY, { root: 'f'.repeat(64), frames: 64 }));
  await filled.store.close();
  return filled;
};

/** Whatever the store still gives is what was written. */
const expectTruthOrNothing = async (store: Store, { files, scores }: Filled): Promise<void> => {
  for (const [clip, file] of files) {
    const key = featureKey(file.address);
    store.hasFeatures(key);
    const read = await right(store.readFeatures(key));
    if (read !== undefined) {
      for (const name of FEATURES)
        expect(bits(read.columns[name])).toEqual(bits(file.columns[name]));
      expect(read.address).toEqual(file.address);
    }
    const score = scores.get(clip);
    const scored = score && (await right(store.readScores(score.address)));
    if (scored) expect(bits(scored.scores)).toEqual(bits(score.scores));
  }
  for (const clip of store.clips()) {
    expect(files.get(clip.clip)?.address.distorted).toBe(clip.distorted);
    for (const { value } of clip.labels) expect([2, 3, 4]).toContain(value);
  }
  const remembered = store.rememberedHash(IDENTITY);
  if (remembered !== undefined) expect(remembered).toEqual({ root: 'f'.repeat(64), frames: 64 });
  const chunks = await right(store.readChunks(PAIR));
  chunks.forEach(({ start, rows }, i) => {
    expect(start).toBe(32 * i);
    expect(bits(rows.columns.adm2)).toEqual(bits(featureRows(32, start).columns.adm2));
  });
};

describe('a store with damage anywhere', () => {
  it('gives what was written or nothing', async () => {
    const filled = await prepared();
    const names = readdirSync(filled.store.folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => statSync(path.join(filled.store.folder, name)).isFile(),
    );
    const random = createRandom(77);
    let refused = 0;
    let seen = 0;
    for (let round = 0; round < 24; round++) {
      const folder = scratch();
      cpSync(filled.store.folder, folder, { recursive: true });
      // Now and then one file, mostly many at once.
      for (const name of names) {
        if (random.below(3) === 0) damage(path.join(folder, name), random);
      }
      let corrupt = 0;
      const opened = await openStoreTE(folder, { onCorrupt: () => corrupt++ })();
      if (E.isLeft(opened)) {
        // Only what the folder is can keep a store from opening.
        expect(opened.left).toMatchObject({ source: path.join(folder, 'store.json') });
        expect(['StoreCorrupt', 'UnsupportedFormat']).toContain(opened.left._tag);
        refused++;
        continue;
      }
      const store = opened.right;
      await expectTruthOrNothing(store, filled);
      const data = await loadDatasetTE(store, { labels: ['lab/mos'] })();
      if (E.isLeft(data)) expect(data.left._tag).toBe('BadArgument');
      const rebuilt = await rebuildIndexTE(store)();
      expect(E.isRight(rebuilt)).toBe(true);
      expect(E.isRight(await gcTE(store, { minAgeMs: 0 })())).toBe(true);
      await expectTruthOrNothing(store, {
        ...filled,
        files: new Map([...filled.files, ...recoveredFiles(store, filled)]),
      });
      seen += corrupt;
    }
    expect(seen).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(0);
  });
});

/** Made-up records have names of their own. */
const recoveredFiles = (store: Store, { files }: Filled): [string, never][] =>
  store.clips().flatMap((clip) => {
    const file = [...files.values()].find(({ address }) => address.distorted === clip.distorted);
    return file === undefined ? [] : [[clip.clip, file as never]];
  });

const damage = (file: string, random: ReturnType<typeof createRandom>): void => {
  const bytes = readFileSync(file);
  switch (random.below(5)) {
    case 0:
      writeFileSync(file, bytes.subarray(0, random.below(bytes.length + 1)));
      return;
    case 1:
      writeFileSync(file, Buffer.concat([bytes, bytes.subarray(0, random.below(50))]));
      return;
    case 2:
      bytes.fill(random.below(256), random.below(bytes.length));
      break;
    default:
      for (let flips = 1 + random.below(3); flips > 0; flips--) {
        const at = random.below(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      }
  }
  writeFileSync(file, bytes);
};
