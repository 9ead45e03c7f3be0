/**
 * The index of a store anew from its Parquet files, and every file checked on
 * the way. Names, labels and metadata of clips are in no Parquet file: where
 * records are lost, made-up ones stand in until the corpus is extracted again,
 * which costs one reading of the videos and no computing.
 */
import path from 'node:path';
import { ioError, toPromise } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { ClipRecord, ModelRecord, Sha256, Store, Task } from './contracts.js';
import { parseScores } from './files.js';
import { createQuarantine } from './quarantine.js';
import { recoveredClip } from './recovered.js';
import { createShelf, shelfKeys } from './shelf.js';

/** What a rebuild found. */
export interface RebuildReport {
  /** Whole files of features. */
  readonly features: number;
  /** Whole files of scores. */
  readonly scores: number;
  /** Files that were corrupt and have been set aside; each was told to `onCorrupt`. */
  readonly corrupt: number;
  /** Features that no clip record named, and that have a made-up one now. */
  readonly recovered: number;
  /** Clip records whose features are not in the store. */
  readonly dangling: number;
}

/**
 * Reads and checks every file of a store, names again the models that gave
 * scores, and gives a record to all features that have none: corpus
 * {@link RECOVERED}, source and group after the reference's content, no labels.
 * Left: `Io`, `BadArgument` for a store that was opened to be read and lacks records.
 */
export const rebuildIndexTE = (store: Store): Task<RebuildReport> =>
  TE.tryCatch(
    () => rebuild(store),
    (thrown) => ioError('rebuild', store.folder, thrown),
  );

/** {@link rebuildIndexTE} as a Promise; rejects with `TinyVmafException`. */
export const rebuildIndex = (store: Store): Promise<RebuildReport> =>
  toPromise(rebuildIndexTE(store));

const rebuild = async (store: Store): Promise<RebuildReport> => {
  await toPromise(store.refresh());
  const named = new Set(store.clips().map((clip) => clip.features));
  const whole = new Set<Sha256>();
  const recovered: ClipRecord[] = [];
  const keys = await shelfKeys(path.join(store.folder, 'features'));
  for (const key of keys) {
    const file = await toPromise(store.readFeatures(key));
    if (file === undefined) continue;
    whole.add(key);
    if (!named.has(key)) recovered.push(recoveredClip(key, file));
  }
  const { scores, models, corrupt } = await readScores(store);
  if (models.length > 0) await toPromise(store.recordModels(models));
  if (recovered.length > 0) await toPromise(store.recordClips(recovered));
  return {
    features: whole.size,
    scores,
    corrupt: keys.length - whole.size + corrupt,
    recovered: recovered.length,
    dangling: [...named].filter((key) => !whole.has(key)).length,
  };
};

/** Score files are named by a hash of their address, so that only reading them tells whose they are. */
const readScores = async (
  store: Store,
): Promise<{
  readonly scores: number;
  readonly corrupt: number;
  readonly models: readonly ModelRecord[];
}> => {
  const folder = path.join(store.folder, 'scores');
  const shelf = createShelf(
    folder,
    createQuarantine(store.folder, store.readOnly, store.onCorrupt),
  );
  const models = new Map<string, ModelRecord>();
  let scores = 0;
  let corrupt = 0;
  for (const key of await shelfKeys(folder)) {
    const file = await shelf.read(key, parseScores(key));
    if (file === undefined) {
      corrupt++;
      continue;
    }
    scores++;
    const { modelName, address } = file;
    models.set(`${modelName}\0${address.model}`, { modelName, model: address.model });
  }
  const known = new Set(store.models().map(({ modelName, model }) => `${modelName}\0${model}`));
  return {
    scores,
    corrupt,
    models: [...models].filter(([name]) => !known.has(name)).map(([, record]) => record),
  };
};
