/** A small store with two corpora, two teachers and labels, for what reads stores. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { either as E, type taskEither as TE } from 'fp-ts';
import type { Label } from '../../src/corpus/label.js';
import type { ClipRecord, FeatureFile, ScoreFile, Store } from '../../src/store/contracts.js';
import { openStore, type OpenStoreOptions } from '../../src/store/store.js';
import { clipOf, featureFile, scoreFile, scratch } from './store-data.js';

/** The right side of a task, or an exception. */
export const right = async <A>(task: TE.TaskEither<unknown, A>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

export const mos = (value: number, more: Partial<Label> = {}): Label => ({
  name: 'mos',
  dataset: 'lab',
  value,
  scale: { min: 1, max: 5, direction: 'higher-is-better' },
  ...more,
});

export interface Filled {
  readonly store: Store;
  readonly files: ReadonlyMap<string, FeatureFile>;
  readonly scores: ReadonlyMap<string, ScoreFile>;
}

/** Sources of corpus `one`, with the number of clips of each and frames per clip. */
export const SOURCES = { Bridge: 3, Crowd: 2, Dunes: 1 } as const;

/**
 * Corpus `one`: the clips of {@link SOURCES} (`Bridge/0`, ...), 5 + n frames each,
 * teacher scores for all, `lab/mos` for all but `Bridge/1`. Corpus `two`: one clip
 * of source `Steg`, whose reference is that of `Bridge`, without scores.
 */
export const filledStore = async (options: OpenStoreOptions = {}): Promise<Filled> => {
  template ??= await fill(mkdtempSync(path.join(tmpdir(), 'tinyvmaf-filled-')));
  const folder = scratch();
  cpSync(template.store.folder, folder, { recursive: true });
  return { ...template, store: await openStore(folder, options) };
};

// Filled once for each file of tests: every file written waits for the disk.
let template: Filled | undefined;

afterAll(() => {
  if (template !== undefined) rmSync(template.store.folder, { recursive: true, force: true });
});

const fill = async (folder: string): Promise<Filled> => {
  const store = await openStore(folder, { create: true });
  const files = new Map<string, FeatureFile>();
  const scores = new Map<string, ScoreFile>();
  const records: ClipRecord[] = [];
  for (const [source, clips] of Object.entries(SOURCES)) {
    for (let i = 0; i < clips; i++) {
      const clip = `${source}/${i}`;
      const file = featureFile(clip, 5 + i, source);
      files.set(clip, file);
      scores.set(clip, scoreFile(file));
      await right(store.writeFeatures(file));
      await right(store.writeScores(scoreFile(file)));
      const labels = clip === 'Bridge/1' ? [] : [mos(2 + i)];
      const metadata = { height: i === 0 ? 1080 : 540, codec: 'h264' };
      records.push(clipOf(clip, file, { corpus: 'one', source, group: source, labels, metadata }));
    }
  }
  const steg = featureFile('Steg/0', 4, 'Bridge');
  files.set('Steg/0', steg);
  await right(store.writeFeatures(steg));
  records.push(clipOf('Steg/0', steg, { corpus: 'two', source: 'Steg', group: 'Steg' }));
  await right(store.recordClips(records.reverse()));
  await store.close();
  return { store, files, scores };
};
