import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/dataset/load.js';
import { temporaryPath } from '../../src/store/atomic.js';
import { gc, gcTE } from '../../src/store/gc.js';
import { featureKey, scoreKey } from '../../src/store/keys.js';
import { openStore } from '../../src/store/store.js';
import { filledStore, right } from '../support/filled-store.js';
import { clipOf, featureFile, featureRows, scoreFile } from '../support/store-data.js';

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('gc', () => {
  it('removes what no clip leads to, after it has said so', async () => {
    const { store, files: features } = await filledStore();
    const lost = featureFile('lost');
    const key = await right(store.writeFeatures(lost));
    await right(store.writeScores(scoreFile(lost)));
    const temporary = temporaryPath(
      path.join(store.folder, 'features', key.slice(0, 2), `${key}.parquet`),
    );
    writeFileSync(temporary, 'half');
    const before = files(store.folder);
    expect((await gc(store)).items.filter(({ reason }) => reason !== 'joined logs')).toEqual([]);
    const dry = await gc(store, { dryRun: true, minAgeMs: 0 });
    expect(dry.dryRun).toBe(true);
    expect(dry.items.map(({ reason }) => reason)).toEqual([
      'features without a clip',
      'scores without a clip',
      'temporary file',
    ]);
    expect(dry.bytes).toBe(dry.items.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(files(store.folder).length).toBe(before.length);
    const wet = await gc(store, { minAgeMs: 0 });
    expect(wet.items.filter(({ reason }) => reason !== 'joined logs')).toEqual(dry.items);
    for (const { path: gone } of dry.items)
      expect(existsSync(path.join(store.folder, gone))).toBe(false);
    expect(store.hasFeatures(key)).toBe(false);
    expect(store.hasScores(scoreFile(lost).address)).toBe(false);
    for (const file of features.values())
      expect(store.hasFeatures(featureKey(file.address))).toBe(true);
    expect(
      (await loadDataset(await openStore(store.folder), { labels: ['vmaf_v0.6.1'] })).rows,
    ).toBe(34);
    expect((await gc(store, { minAgeMs: 0 })).items).toEqual([]);
  });

  it('joins logs while others go on writing', async () => {
    const { store, files: features } = await filledStore();
    const file = features.get('Dunes/0')!;
    const other = await openStore(store.folder);
    for (let i = 0; i < 5; i++) {
      await right(other.recordClips([clipOf('x', file, { metadata: { i } })]));
      await right(store.recordClips([clipOf('y', file, { metadata: { i } })]));
    }
    const report = await gc(store, { minAgeMs: 0 });
    expect(report.items).toMatchObject([{ path: 'clips', reason: 'joined logs' }]);
    expect(readdirSync(path.join(store.folder, 'clips'))).toHaveLength(1);
    await right(other.recordClips([clipOf('x', file, { metadata: { i: 9 } })]));
    await right(store.recordClips([clipOf('y', file, { metadata: { i: 9 } })]));
    const again = await openStore(store.folder);
    expect(again.clips()).toHaveLength(9);
    for (const clip of again.clips().slice(-3, -1)) expect(clip.metadata).toEqual({ i: 9 });
  });

  it('drops chunks of pairs that are complete, others only when they are old', async () => {
    const { store, files: features } = await filledStore();
    const file = features.get('Dunes/0')!;
    const [complete, begun, unnamed] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    // As an extractor leaves them that knew the hashes before: nothing in them says what they are of.
    const leaf = '0'.repeat(64);
    for (const pair of [complete!, begun!, unnamed!]) {
      const rows = featureRows(32);
      await right(
        store.writeChunk(pair, { start: 0, rows, referenceLeaf: leaf, distortedLeaf: leaf }),
      );
    }
    await right(store.closeChunks(complete!, featureKey(file.address)));
    await right(store.closeChunks(begun!, 'd'.repeat(64)));
    // Stopped between its features and its record: the features may go, so the chunks stay.
    const lone = await right(store.writeFeatures(featureFile('alone')));
    await right(store.closeChunks(unnamed!, lone));
    expect(await gc(store, { minAgeMs: 0 })).toMatchObject({
      items: [
        { reason: 'features without a clip' },
        { path: `chunks/aa/${complete}`, reason: 'chunks of a complete pair' },
      ],
    });
    expect(await right(store.readChunks(begun!))).toHaveLength(1);
    expect(await right(store.readChunks(unnamed!))).toHaveLength(1);
    const folder = path.join(store.folder, 'chunks', 'bb', begun!);
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), old, old);
    expect((await gc(store)).items).toMatchObject([
      { path: `chunks/bb/${begun}`, reason: 'old chunks' },
    ]);
    expect(await right(store.readChunks(begun!))).toEqual([]);
  });

  it.each(['', '{', 'null', '{"format":"tinyvmaf-closed-chunks/2","features":"x"}'])(
    'takes chunks with the note %j for begun',
    async (note) => {
      const { store, files: features } = await filledStore();
      const pair = 'a'.repeat(64);
      await right(store.closeChunks(pair, featureKey(features.get('Dunes/0')!.address)));
      writeFileSync(path.join(store.folder, 'chunks', 'aa', pair, 'features.json'), note);
      expect((await gc(store, { minAgeMs: 0 })).items).toEqual([]);
    },
  );

  it('keeps features while records are missing or damaged', async () => {
    const { store, files: features } = await filledStore();
    await right(store.writeFeatures(featureFile('lost')));
    const [log] = readdirSync(path.join(store.folder, 'clips'));
    const file = path.join(store.folder, 'clips', log!);
    const bytes = readFileSync(file);
    bytes[100]! ^= 1;
    writeFileSync(file, bytes);
    const damaged = await openStore(store.folder);
    const first = await gc(damaged, { minAgeMs: 0 });
    expect(first.kept).toMatch(/1 clip records are damaged/);
    expect(first.items).toMatchObject([{ reason: 'joined logs' }]);
    for (const { address } of features.values())
      expect(damaged.hasFeatures(featureKey(address))).toBe(true);
    const empty = await openStore(store.folder);
    for (const name of readdirSync(path.join(store.folder, 'clips'))) {
      writeFileSync(path.join(store.folder, 'clips', name), '');
    }
    const none = await openStore(empty.folder);
    expect(await gc(none, { minAgeMs: 0 })).toMatchObject({
      items: [],
      kept: expect.stringContaining('no clip records') as string,
    });
  });

  it('removes quarantined files when they are old', async () => {
    const { store } = await filledStore();
    const folder = path.join(store.folder, 'quarantine');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'x.parquet'), 'bad');
    expect((await gc(store, { minAgeMs: 0 })).items).toEqual([]);
    expect((await gc(store, { staleMs: 0 })).items).toEqual([
      { path: 'quarantine/x.parquet', bytes: 3, reason: 'old quarantined file' },
    ]);
  });

  it('does not touch a store that is read only', async () => {
    const { store } = await filledStore();
    const reader = await openStore(store.folder, { readOnly: true });
    expect(await gcTE(reader)()).toMatchObject({ left: { _tag: 'BadArgument' } });
    expect(await gcTE(reader, { dryRun: true })()).toMatchObject({ right: { dryRun: true } });
  });
});

describe('keys', () => {
  it('of scores differ by features and by model', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
    const keys = [
      scoreKey({ features: a, model: b }),
      scoreKey({ features: b, model: a }),
      scoreKey({ features: a, model: c }),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});
