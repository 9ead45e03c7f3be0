import { truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURES, mean, percentile } from '@tinyvmaf/core';
import { takeRows, type Dataset } from '../../src/dataset/dataset.js';
import { loadDataset, loadDatasetTE, streamDataset } from '../../src/dataset/load.js';
import { featureKey, sha256 } from '../../src/store/keys.js';
import { filledStore, mos, right } from '../support/filled-store.js';
import { bits, clipOf, featureFile, MODEL, scoreFile } from '../support/store-data.js';

const row = (dataset: Dataset, i: number): number[] => [
  ...dataset.features.subarray(i * 6, i * 6 + 6),
];

describe('loadDataset', () => {
  it('gives all frames in order of corpus, source, clip and frame', async () => {
    const { store, files } = await filledStore();
    const data = await loadDataset(store);
    expect(data.level).toBe('frame');
    expect(data.featureNames).toEqual(FEATURES);
    expect(data.clips.map(({ clip }) => clip)).toEqual([
      'Bridge/0',
      'Bridge/1',
      'Bridge/2',
      'Crowd/0',
      'Crowd/1',
      'Dunes/0',
      'Steg/0',
    ]);
    expect(data.rows).toBe(5 + 6 + 7 + 5 + 6 + 5 + 4);
    expect(data.features).toHaveLength(data.rows * 6);
    expect(data.sources).toEqual(['one/Bridge', 'one/Crowd', 'one/Dunes', 'two/Steg']);
    expect(data.groups).toEqual(['Bridge', 'Crowd', 'Dunes']);
    let at = 0;
    data.clips.forEach((record, c) => {
      const file = files.get(record.clip)!;
      for (let i = 0; i < file.frames; i++, at++) {
        expect(row(data, at)).toEqual(FEATURES.map((name) => file.columns[name][i]));
        expect([data.clip[at], data.frame[at]]).toEqual([c, i]);
        expect(data.sources[data.source[at]!]).toBe(`${record.corpus}/${record.source}`);
        expect(data.groups[data.group[at]!]).toBe(
          record.source === 'Steg' ? 'Bridge' : record.source,
        );
      }
    });
    expect(data.leftOut).toEqual({ withoutFeatures: { clips: 0, rows: 0 }, withoutLabel: {} });
  });

  it('leaves rows without a wanted label out and counts them', async () => {
    const { store, scores } = await filledStore();
    const data = await loadDataset(store, { labels: ['vmaf_v0.6.1', 'lab/mos'] });
    expect(data.clips.map(({ clip }) => clip)).toEqual([
      'Bridge/0',
      'Bridge/2',
      'Crowd/0',
      'Crowd/1',
      'Dunes/0',
    ]);
    expect(data.leftOut.withoutLabel).toEqual({
      'vmaf_v0.6.1': { clips: 1, rows: 4 },
      'lab/mos': { clips: 1, rows: 6 },
    });
    const teacher = data.labels['vmaf_v0.6.1'];
    expect(bits(teacher.subarray(5, 12))).toEqual(bits(scores.get('Bridge/2')!.scores));
    expect([...data.labels['lab/mos'].subarray(4, 6)]).toEqual([2, 4]);
    expect(data.labelColumns).toEqual([
      { kind: 'teacher', column: 'vmaf_v0.6.1', modelName: 'vmaf_v0.6.1', model: MODEL },
      {
        kind: 'opinion',
        column: 'lab/mos',
        name: 'mos',
        dataset: 'lab',
        scale: { min: 1, max: 5, direction: 'higher-is-better' },
        evaluationOnly: false,
      },
    ]);
  });

  it('keeps them as NaN where that is asked for', async () => {
    const { store } = await filledStore();
    const data = await loadDataset(store, { labels: ['vmaf_v0.6.1', 'lab/mos'], missing: 'nan' });
    expect(data.rows).toBe(38);
    expect(data.labels['lab/mos'].filter(Number.isNaN)).toHaveLength(6 + 4);
    expect(data.labels['vmaf_v0.6.1'].filter(Number.isNaN)).toHaveLength(4);
  });

  it('pools clips as core does', async () => {
    const { store, files, scores } = await filledStore();
    const query = { level: 'clip', labels: ['vmaf_v0.6.1', 'lab/mos'] } as const;
    const means = await loadDataset(store, query);
    expect([means.rows, means.level, means.pool]).toEqual([5, 'clip', 'mean']);
    expect([...means.frame]).toEqual([-1, -1, -1, -1, -1]);
    const file = files.get('Bridge/2')!;
    expect(row(means, 1)).toEqual(FEATURES.map((name) => mean(file.columns[name])));
    expect(means.labels['vmaf_v0.6.1'][1]).toBe(mean(scores.get('Bridge/2')!.scores));
    expect(means.labels['lab/mos'][1]).toBe(4);
    const p10 = await loadDataset(store, { ...query, pool: 'p10' });
    expect(row(p10, 1)).toEqual(FEATURES.map((name) => percentile(file.columns[name], 10)));
    expect(means.leftOut.withoutLabel['lab/mos']).toEqual({ clips: 1, rows: 1 });
  });

  it.each([
    [{ corpus: 'two' }, ['Steg/0']],
    [{ corpus: ['one', 'two'], source: ['Dunes', 'Steg'] }, ['Dunes/0', 'Steg/0']],
    [{ clip: 'Crowd/1' }, ['Crowd/1']],
    [{ corpus: 'one', metadata: { height: 1080 } }, ['Bridge/0', 'Crowd/0', 'Dunes/0']],
    [{ metadata: { height: [540, 270], codec: 'h264' }, source: 'Crowd' }, ['Crowd/1']],
    [{ where: ({ frames }: { frames: number }) => frames === 7 }, ['Bridge/2']],
  ])('selects by %j', async (query, clips) => {
    const { store } = await filledStore();
    const data = await loadDataset(store, query);
    expect(data.clips.map(({ clip }) => clip)).toEqual(clips);
  });

  it.each([
    [{ corpus: 'three' }, 'query.corpus', /one, two/],
    [{ source: 'Nobody' }, 'query', /none of the store's 7 fits/],
    [{ metadata: { toString: 'x' } }, 'query', /none of the store's 7 fits/],
    [{ labels: ['vmaf_v9'] }, 'query.labels', /vmaf_v0\.6\.1/],
    [{ labels: ['lab/dmos'] }, 'query.labels', /lab\/mos/],
    [{ pool: 'median' as never }, 'query.pool', /harmonic_mean/],
    [
      { corpus: 'two', labels: ['vmaf_v0.6.1'] },
      'query',
      /of 1 selected clips 1 have no vmaf_v0\.6\.1/,
    ],
    [{ extractor: { version: 9 } }, 'query', /7 have no features/],
  ])('refuses %j', async (query, argument, rule) => {
    const { store } = await filledStore();
    const result = await loadDatasetTE(store, query)();
    expect(result).toMatchObject({
      left: { _tag: 'BadArgument', argument, rule: expect.stringMatching(rule) as string },
    });
  });

  it('refuses restricted labels but for evaluation', async () => {
    const { store, files } = await filledStore();
    const labels = [mos(3, { dataset: 'avt', restriction: 'evaluation-only' })];
    await right(
      store.recordClips([
        clipOf('Dunes/0', files.get('Dunes/0')!, { corpus: 'one', source: 'Dunes', labels }),
      ]),
    );
    expect(await loadDatasetTE(store, { labels: ['avt/mos'] })()).toMatchObject({
      left: { _tag: 'BadArgument', rule: expect.stringContaining('evaluation only') as string },
    });
    const data = await loadDataset(store, { labels: ['avt/mos'], purpose: 'evaluate' });
    expect(data.rows).toBe(5);
    expect(data.labelColumns).toMatchObject([{ evaluationOnly: true }]);
    expect((await loadDataset(store)).rows).toBe(38);
  });

  it('refuses one label on two scales', async () => {
    const { store, files } = await filledStore();
    const labels = [mos(70, { scale: { min: 0, max: 100, direction: 'higher-is-better' } })];
    await right(
      store.recordClips([clipOf('Steg/0', files.get('Steg/0')!, { corpus: 'two', labels })]),
    );
    expect(await loadDatasetTE(store, { labels: ['lab/mos'] })()).toMatchObject({
      left: {
        rule: 'must have one scale, has 1..5 (higher-is-better) and 0..100 (higher-is-better)',
      },
    });
  });

  it('asks which model is meant where a name stands for two', async () => {
    const { store, files } = await filledStore();
    const other = sha256('another model');
    const file = files.get('Dunes/0')!;
    await right(store.writeScores({ ...scoreFile(file, 'vmaf_v0.6.1', other) }));
    expect(await loadDatasetTE(store, { labels: ['vmaf_v0.6.1'] })()).toMatchObject({
      left: { rule: expect.stringContaining(`vmaf_v0.6.1@${other.slice(0, 8)}`) as string },
    });
    const column = `vmaf_v0.6.1@${other.slice(0, 8)}`;
    expect((await loadDataset(store, { labels: [column] })).rows).toBe(5);
  });

  it('does not mix extractors', async () => {
    const { store } = await filledStore();
    const file = featureFile('Dunes/9', 3, 'Dunes');
    const extractor = { ...file.address.extractor, options: '{"compat":"libvmaf-3.1"}' };
    const other = { ...file, address: { ...file.address, extractor } };
    await right(store.writeFeatures(other));
    await right(
      store.recordClips([
        clipOf('Dunes/9', other, {
          corpus: 'one',
          source: 'Dunes',
          features: featureKey(other.address),
        }),
      ]),
    );
    expect(await loadDatasetTE(store)()).toMatchObject({
      left: { argument: 'query.extractor', rule: expect.stringContaining('libvmaf-3.1') as string },
    });
    const old = await loadDataset(store, { extractor: { options: extractor.options } });
    expect(old.rows).toBe(3);
    expect(old.leftOut.withoutFeatures).toEqual({ clips: 7, rows: 38 });
    expect((await loadDataset(store, { extractor: { options: '{}' } })).rows).toBe(38);
  });

  it('counts clips whose files are damaged or gone as without features', async () => {
    const { store, files } = await filledStore();
    const key = featureKey(files.get('Crowd/0')!.address);
    truncateSync(path.join(store.folder, 'features', key.slice(0, 2), `${key}.parquet`), 100);
    const data = await loadDataset(store);
    expect(data.rows).toBe(33);
    expect(data.leftOut.withoutFeatures).toEqual({ clips: 1, rows: 5 });
  });

  it('stops when the caller aborts', async () => {
    const { store } = await filledStore();
    expect(await loadDatasetTE(store, {}, { signal: AbortSignal.abort() })()).toMatchObject({
      left: { _tag: 'Cancelled' },
    });
  });
});

describe('streamDataset', () => {
  it.each([1, 4, 5, 13, 19, 38, 39, 1000])(
    'gives the same rows in batches of %d',
    async (batchRows) => {
      const { store } = await filledStore();
      const query = { labels: ['lab/mos'], missing: 'nan' } as const;
      const whole = await loadDataset(store, query);
      const batches: Dataset[] = [];
      for await (const batch of streamDataset(store, query, { batchRows })) batches.push(batch);
      expect(batches.map(({ rows }) => rows)).toEqual(
        Array.from({ length: Math.ceil(38 / batchRows) }, (_, i) =>
          Math.min(batchRows, 38 - i * batchRows),
        ),
      );
      const joined = (pick: (data: Dataset) => ArrayLike<number>): number[] =>
        batches.flatMap((batch) => Array.from(pick(batch)));
      for (const pick of [
        (data: Dataset) => data.features,
        (data: Dataset) => data.labels['lab/mos']!,
        (data: Dataset) => data.frame,
        (data: Dataset) => data.clip,
        (data: Dataset) => data.source,
        (data: Dataset) => data.group,
      ]) {
        expect(joined(pick)).toEqual(Array.from(pick(whole)));
      }
      for (const batch of batches) expect(batch.groups).toEqual(whole.groups);
      expect(batches.at(-1)!.leftOut).toEqual(whole.leftOut);
    },
  );

  it('throws what loading has as left', async () => {
    const { store } = await filledStore();
    await expect(streamDataset(store, { corpus: 'three' }).next()).rejects.toMatchObject({
      code: 'ERR_BAD_ARGUMENT',
    });
    await expect(streamDataset(store, {}, { batchRows: 0 }).next()).rejects.toMatchObject({
      code: 'ERR_BAD_ARGUMENT',
    });
  });
});

describe('takeRows', () => {
  it('picks rows of every column', async () => {
    const { store } = await filledStore();
    const data = await loadDataset(store, { labels: ['lab/mos'], missing: 'nan' });
    const some = takeRows(data, [37, 0, 12]);
    expect(some.rows).toBe(3);
    expect(row(some, 0)).toEqual(row(data, 37));
    expect(row(some, 2)).toEqual(row(data, 12));
    expect([...some.labels['lab/mos']]).toEqual([NaN, 2, 4]);
    expect([...some.frame]).toEqual([3, 0, 1]);
    expect([...some.clip]).toEqual([6, 0, 2]);
  });
});
