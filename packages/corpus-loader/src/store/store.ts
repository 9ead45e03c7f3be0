/**
 * A store of features on disk: files by content, logs of names, and nothing
 * that a power cut or a second process could harm. See {@link Store}.
 */
import path from 'node:path';
import { ioError, toPromise, type StoreCorrupt } from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import { createChunkShelf } from './chunks.js';
import type { ClipRecord, FileIdentity, ModelRecord, Store, Task } from './contracts.js';
import { featureTable, parseFeatures, parseScores, scoreTable } from './files.js';
import { featureKey, scoreKey } from './keys.js';
import { createLedger, type Ledger } from './ledger.js';
import { checkManifest } from './manifest.js';
import { createQuarantine } from './quarantine.js';
import { clipLedger, hashKey, hashLedger, modelLedger } from './records.js';
import { isRecovered } from './recovered.js';
import { createShelf } from './shelf.js';
import { encodeTable } from './table.js';

/** How to open a store. */
export interface OpenStoreOptions {
  /** Whether a missing or empty folder becomes a store. Default false. */
  readonly create?: boolean;
  /** Whether nothing may be written; corrupt files then stay in place. Default false. */
  readonly readOnly?: boolean;
  /** Told of corrupt files as they are met. Default: nobody is. */
  readonly onCorrupt?: (found: StoreCorrupt) => void;
}

/**
 * Opens a store. Left: `BadArgument` for a folder that is none,
 * `UnsupportedFormat` for one of a later version, `StoreCorrupt` for one that
 * does not say what it is, `Io`.
 */
export const openStoreTE = (folder: string, options: OpenStoreOptions = {}): Task<Store> =>
  TE.tryCatch(
    () => open(path.resolve(folder), options),
    (thrown) => ioError('open', folder, thrown),
  );

/** {@link openStoreTE} as a Promise; rejects with `TinyVmafException`. */
export const openStore = (folder: string, options?: OpenStoreOptions): Promise<Store> =>
  toPromise(openStoreTE(folder, options));

const open = async (folder: string, options: OpenStoreOptions): Promise<Store> => {
  const { create = false, readOnly = false, onCorrupt = () => undefined } = options;
  await checkManifest(folder, create && !readOnly);
  const quarantine = createQuarantine(folder, readOnly, onCorrupt);
  const features = createShelf(path.join(folder, 'features'), quarantine);
  const scores = createShelf(path.join(folder, 'scores'), quarantine);
  const chunks = createChunkShelf(path.join(folder, 'chunks'), quarantine);
  const clips = createLedger(clipLedger(folder));
  const hashes = createLedger(hashLedger(folder));
  const models = createLedger(modelLedger(folder));
  const ledgers: readonly Pick<Ledger<unknown>, 'load' | 'settle'>[] = [clips, hashes, models];

  const load = async (): Promise<void> => {
    for (const ledger of ledgers) {
      await ledger.load(({ file, problem }) => {
        quarantine.tell(file, problem, 'The record counts as absent; gc removes it.');
      });
    }
  };
  const reading = <A>(run: () => Promise<A>): Task<A> =>
    TE.tryCatch(run, (thrown) => ioError('read', folder, thrown));
  const writing = <A>(run: () => Promise<A>): Task<A> =>
    readOnly
      ? TE.left({
          _tag: 'BadArgument',
          argument: 'The store',
          rule: 'was opened to be read only',
          value: folder,
        })
      : TE.tryCatch(run, (thrown) => ioError('write', folder, thrown));
  const sortedClips = remembered(clips, sortClips);
  const sortedModels = remembered(models, sortModels);

  await load();
  return {
    folder,
    readOnly,
    onCorrupt,
    rememberedHash(identity) {
      const known = hashes.get(hashKey(identity));
      return known !== undefined && sameFile(known.identity, identity) ? known.hash : undefined;
    },
    rememberHash: (identity, hash) => writing(() => hashes.add([{ identity, hash }])),
    hasFeatures: (key) => features.has(key),
    readFeatures: (key) => reading(() => features.read(key, parseFeatures(key))),
    writeFeatures: (file) =>
      writing(async () => {
        const key = featureKey(file.address);
        if (!features.has(key)) await features.write(key, encodeTable(featureTable(file)));
        return key;
      }),
    hasScores: (address) => scores.has(scoreKey(address)),
    readScores: (address) =>
      F.pipe(scoreKey(address), (key) => reading(() => scores.read(key, parseScores(key)))),
    writeScores: (file) =>
      writing(async () => {
        const key = scoreKey(file.address);
        if (!scores.has(key)) await scores.write(key, encodeTable(scoreTable(file)));
        await models.add([{ modelName: file.modelName, model: file.address.model }]);
        return key;
      }),
    models: sortedModels,
    recordModels: (records) => writing(() => models.add(records)),
    clips: sortedClips,
    recordClips: (records) => writing(() => clips.add(records)),
    readChunks: (pair) => reading(() => chunks.read(pair)),
    writeChunk: (pair, chunk) => writing(() => chunks.write(pair, chunk)),
    closeChunks: (pair, key) => writing(() => chunks.close(pair, key)),
    dropChunks: (pair) => writing(() => chunks.drop(pair)),
    refresh: () => reading(load),
    async close() {
      for (const ledger of ledgers) await ledger.settle();
    },
  };
};

/** A view of a ledger that is made anew only when the ledger has changed. */
const remembered = <A>(
  ledger: Ledger<A>,
  make: (values: readonly A[]) => readonly A[],
): (() => readonly A[]) => {
  let made: readonly A[] = [];
  let revision = -1;
  return () => {
    if (revision !== ledger.revision) made = make([...ledger.values()]);
    revision = ledger.revision;
    return made;
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records made up by a rebuild give way to true ones of the same features. */
const sortClips = (records: readonly ClipRecord[]): readonly ClipRecord[] => {
  const named = new Set(records.filter((clip) => !isRecovered(clip)).map((clip) => clip.features));
  return records
    .filter((clip) => !isRecovered(clip) || !named.has(clip.features))
    .sort(
      (a, b) =>
        compare(a.corpus, b.corpus) || compare(a.source, b.source) || compare(a.clip, b.clip),
    );
};

const sortModels = (records: readonly ModelRecord[]): readonly ModelRecord[] =>
  [...records].sort((a, b) => compare(a.modelName, b.modelName) || compare(a.model, b.model));

const sameFile = (a: FileIdentity, b: FileIdentity): boolean =>
  a.path === b.path &&
  a.view === b.view &&
  a.bytes === b.bytes &&
  a.mtimeNs === b.mtimeNs &&
  a.inode === b.inode;
