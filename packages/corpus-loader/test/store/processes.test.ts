// Several processes on one store, and processes that are killed: what was
// acknowledged is there, nothing is half there.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type StoreCorrupt } from '@tinyvmaf/core';
import { gc } from '../../src/store/gc.js';
import { rebuildIndex } from '../../src/store/rebuild.js';
import { openStore } from '../../src/store/store.js';
import type { Store } from '../../src/store/contracts.js';
import { right } from '../support/filled-store.js';
import { bundleStore, follow, WRITER, type StoreBundle } from '../support/store-child.js';
import { scratch } from '../support/store-data.js';

let bundle: StoreBundle;
beforeAll(async () => {
  bundle = await bundleStore();
});
afterAll(() => {
  bundle.remove();
});

/** Every clip's features and scores are the numbers that the writer made. */
const expectTrue = async (store: Store): Promise<void> => {
  for (const { features, metadata } of store.clips()) {
    const i = Number(metadata['i']);
    const file = await right(store.readFeatures(features));
    expect([...file!.columns.motion2]).toEqual(
      Array.from({ length: 9 }, (_, j) => i + j / 8 + 5 / 64),
    );
    const scores = await right(store.readScores({ features, model: store.models()[0]!.model }));
    expect(scores!.scores[8]).toBe(i + 1);
  }
};

describe('three writers and a cleaner on one store', () => {
  it('lose nothing and harm nothing', async () => {
    const folder = scratch();
    const store = await openStore(folder, { create: true });
    // Clips 20 to 29 are written by all three, under names of their own.
    const children = ['a', 'b', 'c'].map((name, k) =>
      follow(bundle.run(WRITER, [folder, name, String(10 * k), '30'])),
    );
    let running = true;
    const ended = Promise.all(children.map((child) => child.ended)).then((codes) => {
      running = false;
      return codes;
    });
    for (let rounds = 0; running || rounds < 2; rounds++) await gc(store, { minAgeMs: 60_000 });
    expect(await ended).toEqual([0, 0, 0]);
    for (const child of children) expect(child.lines()).toHaveLength(30);
    const found: StoreCorrupt[] = [];
    const after = await openStore(folder, { onCorrupt: (it) => found.push(it) });
    expect(after.clips()).toHaveLength(90);
    await expectTrue(after);
    expect(await rebuildIndex(after)).toEqual({
      features: 50,
      scores: 50,
      corrupt: 0,
      recovered: 0,
      dangling: 0,
    });
    for (let i = 0; i < 50; i++) {
      const identity = { path: `/clip ${i}`, bytes: 1, mtimeNs: '1', inode: '1:1', view: 'raw' };
      expect(after.rememberedHash(identity)?.frames).toBe(9);
    }
    expect(found).toEqual([]);
    expect(
      (await gc(after, { minAgeMs: 0 })).items.filter(({ reason }) => reason !== 'joined logs'),
    ).toEqual([]);
  });
});

describe('a writer that is killed', () => {
  it('leaves all that it acknowledged and nothing half written', async () => {
    const folder = scratch();
    const random = createRandom(20);
    let acknowledged = 0;
    for (let round = 0; round < 8; round++) {
      const child = bundle.run(WRITER, [folder, 'k', String(acknowledged), '1000']);
      const { lines, ended } = follow(child);
      const wanted = 1 + random.below(4);
      while (lines().length < wanted && child.exitCode === null) {
        await new Promise((done) => setTimeout(done, 1));
      }
      await new Promise((done) => setTimeout(done, random.below(15)));
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      expect(lines().filter((line) => line.startsWith('corrupt'))).toEqual([]);
      acknowledged = Number(lines().at(-1)) + 1;
      const found: StoreCorrupt[] = [];
      const store = await openStore(folder, { onCorrupt: (it) => found.push(it) });
      const clips = store.clips().map(({ metadata }) => Number(metadata['i']));
      for (let i = 0; i < acknowledged; i++) expect(clips).toContain(i);
      await expectTrue(store);
      expect(found).toEqual([]);
    }
    const store = await openStore(folder);
    await gc(store, { minAgeMs: 0, staleMs: 0 });
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(store.clips().length).toBeGreaterThanOrEqual(acknowledged);
  });
});
