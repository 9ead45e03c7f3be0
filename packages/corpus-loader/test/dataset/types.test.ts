import { describe, expectTypeOf, it } from 'vitest';
import { loadDataset, type streamDataset } from '../../src/dataset/load.js';
import { filledStore } from '../support/filled-store.js';

describe('the type of a dataset', () => {
  it('knows the label columns that the query spells out', async () => {
    const { store } = await filledStore();
    const data = await loadDataset(store, { labels: ['vmaf_v0.6.1', 'lab/mos'] });
    expectTypeOf(data.labels).toEqualTypeOf<
      Readonly<Record<'vmaf_v0.6.1' | 'lab/mos', Float64Array>>
    >();
    const names: string[] = ['lab/mos'];
    const some = await loadDataset(store, { labels: names });
    expectTypeOf(some.labels).toEqualTypeOf<Readonly<Record<string, Float64Array>>>();
    expectTypeOf<typeof streamDataset<'x'>>().returns.toExtend<AsyncIterable<{ rows: number }>>();
  });
});
