import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURES, type StoreCorrupt } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { FeatureFile, FileIdentity, Store } from '../../src/store/contracts.js';
import { featureTable } from '../../src/store/files.js';
import { featureKey } from '../../src/store/keys.js';
import { openStore, openStoreTE } from '../../src/store/store.js';
import { encodeTable } from '../../src/store/table.js';
import {
  AWKWARD,
  bits,
  clipOf,
  featureFile,
  featureRows,
  scoreFile,
  scratch,
} from '../support/store-data.js';

const right = async <A>(task: () => Promise<E.Either<unknown, A>>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const featurePath = (store: Store, key: string): string =>
  path.join(store.folder, 'features', key.slice(0, 2), `${key}.parquet`);

describe('features and scores', () => {
  it('come back as bits, from this opening and from the next', async () => {
    const folder = scratch();
    const store = await openStore(folder, { create: true });
    const rows = featureRows(AWKWARD.length);
    for (const name of FEATURES) rows.columns[name].set(AWKWARD);
    const file: FeatureFile = { ...featureFile('a'), ...rows };
    const key = await right(store.writeFeatures(file));
    expect(key).toBe(featureKey(file.address));
    const scores = { ...scoreFile(file), scores: Float64Array.from(AWKWARD) };
    await right(store.writeScores(scores));
    for (const opened of [store, await openStore(folder, { readOnly: true })]) {
      expect(opened.hasFeatures(key)).toBe(true);
      const read = await right(opened.readFeatures(key));
      expect(read?.address).toEqual(file.address);
      expect(read?.format).toEqual({ ...file.format, chroma: '400' });
      for (const name of FEATURES) {
        expect(bits(read!.columns[name])).toEqual(bits(Float64Array.from(AWKWARD)));
      }
      expect(opened.hasScores(scores.address)).toBe(true);
      const back = await right(opened.readScores(scores.address));
      expect(back?.modelName).toBe('vmaf_v0.6.1');
      expect(bits(back!.scores)).toEqual(bits(scores.scores));
      expect(opened.models()).toEqual([{ modelName: 'vmaf_v0.6.1', model: scores.address.model }]);
    }
    await store.close();
  });

  it('are absent where they were not written', async () => {
    const store = await openStore(scratch(), { create: true });
    const file = featureFile('a');
    const key = featureKey(file.address);
    expect(store.hasFeatures(key)).toBe(false);
    expect(await right(store.readFeatures(key))).toBeUndefined();
    expect(store.hasScores(scoreFile(file).address)).toBe(false);
    expect(await right(store.readScores(scoreFile(file).address))).toBeUndefined();
  });

  it('depend on reference, distorted, extractor, its version and options, and on the model', () => {
    const { address } = featureFile('a');
    const { extractor } = address;
    const keys = [
      address,
      { ...address, reference: address.distorted, distorted: address.reference },
      { ...address, extractor: { ...extractor, name: 'other' } },
      { ...address, extractor: { ...extractor, version: 2 } },
      { ...address, extractor: { ...extractor, options: '{"compat":"libvmaf-3.1"}' } },
    ].map(featureKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe(featureKey({ ...address }));
  });

  it('are equal files whoever wrote them', async () => {
    const one = await openStore(scratch(), { create: true });
    const two = await openStore(scratch(), { create: true });
    const key = await right(one.writeFeatures(featureFile('a')));
    const other = {
      ...featureFile('a'),
      format: { ...featureFile('a').format, chroma: '444' as const },
    };
    await right(two.writeFeatures(other));
    expect(readFileSync(featurePath(one, key))).toEqual(readFileSync(featurePath(two, key)));
  });

  it('are refused where they are not finite or too short', async () => {
    const store = await openStore(scratch(), { create: true });
    for (const bad of [NaN, Infinity, -Infinity]) {
      const file = featureFile('a');
      file.columns.motion2[3] = bad;
      expect(await store.writeFeatures(file)()).toMatchObject({
        left: { _tag: 'BadArgument', argument: 'columns.motion2.3', value: String(bad) },
      });
    }
    const file = { ...featureFile('a'), frames: 6 };
    expect(await store.writeFeatures(file)()).toMatchObject({
      left: { _tag: 'BadArgument', rule: 'must have 6 values, one a frame' },
    });
    expect(readdirSync(store.folder)).toEqual(['store.json']);
  });

  it('are set aside and named where they are damaged', async () => {
    const folder = scratch();
    const first = await openStore(folder, { create: true });
    const key = await right(first.writeFeatures(featureFile('a')));
    const file = featurePath(first, key);
    truncateSync(file, 700);
    const found: StoreCorrupt[] = [];
    const looking = await openStore(folder, { readOnly: true, onCorrupt: (it) => found.push(it) });
    expect(looking.hasFeatures(key)).toBe(false);
    expect(existsSync(file)).toBe(true);
    expect(found).toMatchObject([
      { source: file, problem: expect.stringContaining('700 bytes') as string },
    ]);
    const store = await openStore(folder, { onCorrupt: (it) => found.push(it) });
    expect(store.hasFeatures(key)).toBe(false);
    expect(found).toHaveLength(2);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(path.join(folder, 'quarantine'))).toEqual([
      `features-${key.slice(0, 2)}-${key}.parquet`,
    ]);
    await right(store.writeFeatures(featureFile('a')));
    expect(store.hasFeatures(key)).toBe(true);
  });
});

describe('remembered hashes', () => {
  const identity: FileIdentity = {
    path: '/videos/a.yuv',
    bytes: 1000,
    mtimeNs: '1790000000123456789',
    inode: '5:77',
    view: 'raw 960x540 8 420',
  };

  it('are found while the file is the same', async () => {
    const folder = scratch();
    const store = await openStore(folder, { create: true });
    const hash = { root: 'a'.repeat(64), frames: 48 };
    expect(store.rememberedHash(identity)).toBeUndefined();
    await right(store.rememberHash(identity, hash));
    const next = await openStore(folder);
    for (const opened of [store, next]) {
      expect(opened.rememberedHash({ ...identity })).toEqual(hash);
      for (const change of [
        { path: '/videos/b.yuv' },
        { bytes: 1001 },
        { mtimeNs: '1790000000123456790' },
        { inode: '5:78' },
        { view: 'raw 960x540 10 420' },
      ]) {
        expect(opened.rememberedHash({ ...identity, ...change })).toBeUndefined();
      }
    }
    await right(next.rememberHash({ ...identity, mtimeNs: '1' }, { ...hash, frames: 49 }));
    await right(store.refresh());
    expect(store.rememberedHash(identity)).toBeUndefined();
    expect(store.rememberedHash({ ...identity, mtimeNs: '1' })?.frames).toBe(49);
  });
});

describe('clip records', () => {
  it('are the newest per corpus and clip, in order, and written once', async () => {
    const folder = scratch();
    const store = await openStore(folder, { create: true });
    const a = featureFile('a');
    const b = featureFile('b');
    await right(
      store.recordClips([clipOf('b', b), clipOf('a', a), clipOf('a', a, { corpus: 'other' })]),
    );
    const size = (): number =>
      readdirSync(path.join(folder, 'clips'))
        .map((name) => readFileSync(path.join(folder, 'clips', name)).length)
        .reduce((sum, n) => sum + n, 0);
    const before = size();
    await right(store.recordClips([clipOf('a', a), clipOf('b', b)]));
    expect(size()).toBe(before);
    const next = await openStore(folder);
    await right(next.recordClips([clipOf('a', a, { metadata: { height: 270 } })]));
    await right(store.refresh());
    for (const opened of [store, next, await openStore(folder)]) {
      expect(opened.clips().map(({ corpus, clip }) => `${corpus}/${clip}`)).toEqual([
        'other/a',
        'test/a',
        'test/b',
      ]);
      expect(opened.clips()[1]?.metadata).toEqual({ height: 270 });
    }
  });
});

describe('chunks', () => {
  const pair = 'c'.repeat(64);
  const chunk = (start: number, frames = 32) => ({
    start,
    rows: featureRows(frames, start + 1),
    referenceLeaf: '1'.repeat(64),
    distortedLeaf: '2'.repeat(64),
  });

  it('come back in order from frame 0 to the first gap', async () => {
    const folder = scratch();
    const store = await openStore(folder, { create: true });
    expect(await right(store.readChunks(pair))).toEqual([]);
    for (const start of [96, 0, 32]) await right(store.writeChunk(pair, chunk(start)));
    const next = await openStore(folder);
    expect(await right(next.readChunks(pair))).toEqual([chunk(0), chunk(32)]);
    await right(next.writeChunk(pair, chunk(64)));
    expect((await right(next.readChunks(pair))).map(({ start }) => start)).toEqual([0, 32, 64, 96]);
    await right(next.dropChunks(pair));
    expect(await right(next.readChunks(pair))).toEqual([]);
    await right(next.dropChunks(pair));
  });

  it('end before one that is damaged or belongs elsewhere', async () => {
    const found: StoreCorrupt[] = [];
    const store = await openStore(scratch(), { create: true, onCorrupt: (it) => found.push(it) });
    for (const start of [0, 32, 64]) await right(store.writeChunk(pair, chunk(start)));
    const folder = path.join(store.folder, 'chunks', 'cc', pair);
    const file = path.join(folder, '0000000032.parquet');
    const bytes = readFileSync(file);
    bytes[300]! ^= 1;
    writeFileSync(file, bytes);
    expect((await right(store.readChunks(pair))).map(({ start }) => start)).toEqual([0]);
    expect(found).toMatchObject([{ source: file }]);
    await right(store.writeChunk(pair, chunk(32)));
    expect(await right(store.readChunks(pair))).toHaveLength(3);
    const other = 'd'.repeat(64);
    mkdirSync(path.join(store.folder, 'chunks', 'dd', other), { recursive: true });
    writeFileSync(
      path.join(store.folder, 'chunks', 'dd', other, '0000000000.parquet'),
      readFileSync(path.join(folder, '0000000000.parquet')),
    );
    expect(await right(store.readChunks(other))).toEqual([]);
    expect(found).toHaveLength(2);
  });
});

describe('opening', () => {
  it('makes a store of a missing or empty folder only where that is asked for', async () => {
    const folder = path.join(scratch(), 'deep', 'store');
    expect(await openStoreTE(folder)()).toMatchObject({
      left: { _tag: 'BadArgument', value: folder },
    });
    await openStore(folder, { create: true });
    expect(readFileSync(path.join(folder, 'store.json'), 'utf8')).toBe(
      '{"format":"tinyvmaf-store","version":1}\n',
    );
    await openStore(folder);
  });

  it('leaves folders alone that hold something else', async () => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'holiday.mp4'), 'x');
    expect(await openStoreTE(folder, { create: true })()).toMatchObject({
      left: { _tag: 'BadArgument', rule: expect.stringContaining('holiday.mp4') as string },
    });
    expect(readdirSync(folder)).toEqual(['holiday.mp4']);
  });

  it.each([
    ['{"format":"tinyvmaf-store","version":2}', 'UnsupportedFormat'],
    ['{"format":"other","version":1}', 'StoreCorrupt'],
    ['{"format":"tinyvmaf-store","ver', 'StoreCorrupt'],
    ['', 'StoreCorrupt'],
    ['null', 'StoreCorrupt'],
  ])('refuses store.json %s', async (text, tag) => {
    const folder = scratch();
    writeFileSync(path.join(folder, 'store.json'), text);
    expect(await openStoreTE(folder, { create: true })()).toMatchObject({ left: { _tag: tag } });
  });

  it('refuses to write where it was opened to be read', async () => {
    const folder = scratch();
    await openStore(folder, { create: true });
    const store = await openStore(folder, { readOnly: true });
    const file = featureFile('a');
    for (const task of [
      store.writeFeatures(file),
      store.writeScores(scoreFile(file)),
      store.recordClips([clipOf('a', file)]),
      store.dropChunks('a'.repeat(64)),
    ]) {
      expect(await task()).toMatchObject({
        left: { _tag: 'BadArgument', rule: 'was opened to be read only' },
      });
    }
    expect(readdirSync(folder)).toEqual(['store.json']);
  });
});

describe('two stores', () => {
  it('become one when one is copied into the other', async () => {
    const [one, two] = [scratch(), scratch()];
    const a = await openStore(one, { create: true });
    const b = await openStore(two, { create: true });
    for (const [store, name] of [
      [a, 'a'],
      [b, 'b'],
    ] as const) {
      const file = featureFile(name);
      await right(store.writeFeatures(file));
      await right(store.writeScores(scoreFile(file, `model ${name}`)));
      await right(store.recordClips([clipOf(name, file)]));
    }
    cpSync(two, one, { recursive: true });
    const both = await openStore(one);
    expect(both.clips().map(({ clip }) => clip)).toEqual(['a', 'b']);
    expect(both.clips().every(({ features }) => both.hasFeatures(features))).toBe(true);
    expect(both.models().map(({ modelName }) => modelName)).toEqual(['model a', 'model b']);
  });
});

describe('a file of a later version', () => {
  it('is refused and stays where it is', async () => {
    const found: StoreCorrupt[] = [];
    const store = await openStore(scratch(), { create: true, onCorrupt: (it) => found.push(it) });
    const file = featureFile('a');
    const key = await right(store.writeFeatures(file));
    const table = featureTable(file);
    const metadata = new Map([...table.metadata, ['tinyvmaf.table', '2'] as const]);
    writeFileSync(featurePath(store, key), encodeTable({ ...table, metadata }));
    expect(store.hasFeatures(key)).toBe(true);
    expect(await store.readFeatures(key)()).toMatchObject({
      left: { _tag: 'UnsupportedFormat', source: featurePath(store, key) },
    });
    expect(existsSync(featurePath(store, key))).toBe(true);
    expect(found).toEqual([]);
  });

  it('under another name than its own is corrupt', async () => {
    const found: StoreCorrupt[] = [];
    const store = await openStore(scratch(), { create: true, onCorrupt: (it) => found.push(it) });
    const a = await right(store.writeFeatures(featureFile('a')));
    const b = await right(store.writeFeatures(featureFile('b')));
    writeFileSync(featurePath(store, a), readFileSync(featurePath(store, b)));
    expect(await right(store.readFeatures(a))).toBeUndefined();
    expect(found).toMatchObject([{ problem: 'it holds the features of another pair' }]);
  });

  it('is made by several at a time', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = scratch();
      const stores = await Promise.all(
        Array.from({ length: 4 }, () => openStore(folder, { create: true })),
      );
      expect(stores.map((store) => store.folder)).toEqual(stores.map(() => stores[0]?.folder));
      await Promise.all(stores.map((store) => store.close()));
    }
  });
});
