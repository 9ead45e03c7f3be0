import { rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoreCorrupt } from '@tinyvmaf/core';
import { loadDataset } from '../../src/dataset/load.js';
import { featureKey, scoreKey } from '../../src/store/keys.js';
import { rebuildIndex } from '../../src/store/rebuild.js';
import { RECOVERED } from '../../src/store/recovered.js';
import { openStore } from '../../src/store/store.js';
import { filledStore, right } from '../support/filled-store.js';
import { clipOf } from '../support/store-data.js';

describe('rebuildIndex', () => {
  it('finds nothing to do in a store that is whole', async () => {
    const { store } = await filledStore();
    expect(await rebuildIndex(store)).toEqual({
      features: 7,
      scores: 6,
      corrupt: 0,
      recovered: 0,
      dangling: 0,
    });
    expect(store.clips()).toHaveLength(7);
  });

  it('makes a table that can be trained on when all records are lost', async () => {
    const { store, files } = await filledStore();
    const whole = await loadDataset(store, { labels: ['vmaf_v0.6.1'] });
    for (const name of ['clips', 'models', 'hashes']) {
      rmSync(path.join(store.folder, name), { recursive: true, force: true });
    }
    const bare = await openStore(store.folder);
    expect([bare.clips(), bare.models()]).toEqual([[], []]);
    expect(await rebuildIndex(bare)).toMatchObject({ features: 7, scores: 6, recovered: 7 });
    expect(bare.models()).toEqual(store.models());
    const data = await loadDataset(bare, { labels: ['vmaf_v0.6.1'] });
    expect(data.rows).toBe(whole.rows);
    expect([...data.features].sort()).toEqual([...whole.features].sort());
    // Clips of one reference are one group, whatever they were called.
    expect(data.groups).toHaveLength(3);
    expect(data.clips.every(({ corpus }) => corpus === RECOVERED)).toBe(true);

    const again = await openStore(store.folder);
    const bridge = files.get('Bridge/0')!;
    await right(again.recordClips([clipOf('Bridge/0', bridge, { source: 'Bridge' })]));
    expect(
      again.clips().filter(({ features }) => features === featureKey(bridge.address)),
    ).toMatchObject([{ corpus: 'test', clip: 'Bridge/0' }]);
    expect(again.clips()).toHaveLength(7);
  });

  it('checks every file and names what is damaged or missing', async () => {
    const { store, files, scores } = await filledStore();
    const found: StoreCorrupt[] = [];
    const place = (shelf: string, key: string): string =>
      path.join(store.folder, shelf, key.slice(0, 2), `${key}.parquet`);
    truncateSync(place('features', featureKey(files.get('Crowd/0')!.address)), 1000);
    truncateSync(place('scores', scoreKey(scores.get('Crowd/1')!.address)), 0);
    rmSync(place('features', featureKey(files.get('Steg/0')!.address)));
    const opened = await openStore(store.folder, { onCorrupt: (it) => found.push(it) });
    expect(await rebuildIndex(opened)).toEqual({
      features: 5,
      scores: 5,
      corrupt: 2,
      recovered: 0,
      dangling: 2,
    });
    expect(found).toHaveLength(2);
    expect(await rebuildIndex(opened)).toMatchObject({ corrupt: 0, dangling: 2 });
  });
});
