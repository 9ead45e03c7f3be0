/**
 * What a store no longer needs: files to which no clip record leads, what
 * interrupted writers left, and logs that say things twice. A list first, then
 * the deed, so that it can be looked at before.
 */
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, ioError, toPromise } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import { isTemporary } from './atomic.js';
import { chunkedPairs, featuresOfChunks, pairFolder } from './chunks.js';
import type { Sha256, Store, Task } from './contracts.js';
import { scoreKey } from './keys.js';
import { createLedger, type LedgerKind } from './ledger.js';
import { readLog } from './log.js';
import { QUARANTINE } from './quarantine.js';
import { clipLedger, hashLedger, modelLedger } from './records.js';
import { namesIn, shelfKeys, shelfPath } from './shelf.js';

/** How to clean up. */
export interface GcOptions {
  /** Only says what would go. Default false. */
  readonly dryRun?: boolean;
  /** Younger files stay: another process may be about to record them. Milliseconds; default one hour. */
  readonly minAgeMs?: number;
  /** Chunks of incomplete pairs and quarantined files that nobody has touched for so long go too. Milliseconds; default 30 days. */
  readonly staleMs?: number;
}

/** Why something goes. */
export type GcReason =
  | 'features without a clip'
  | 'scores without a clip'
  | 'temporary file'
  | 'chunks of a complete pair'
  | 'old chunks'
  | 'old quarantined file'
  | 'joined logs';

/** Something that goes. */
export interface GcItem {
  /** Relative to the store. */
  readonly path: string;
  /** Bytes that it takes. */
  readonly bytes: number;
  /** Why it goes. */
  readonly reason: GcReason;
}

/** What was, or with `dryRun` would be, removed. */
export interface GcReport {
  /** What goes, in groups by reason. */
  readonly items: readonly GcItem[];
  /** Bytes that this frees. */
  readonly bytes: number;
  /** Whether nothing was removed. */
  readonly dryRun: boolean;
  /** Why files without a clip were kept although there may be some; absent where they were not. */
  readonly kept?: string;
}

const HOUR_MS = 3_600_000;
const STALE_MS = 30 * 24 * HOUR_MS;

/** Removes what is not needed. Left: `Io`, `BadArgument` for a store that was opened to be read. */
export const gcTE = (store: Store, options: GcOptions = {}): Task<GcReport> =>
  options.dryRun !== true && store.readOnly
    ? TE.left({
        _tag: 'BadArgument',
        argument: 'The store',
        rule: 'was opened to be read only',
        value: store.folder,
      })
    : TE.tryCatch(
        () => collect(store, options),
        (thrown) => ioError('clean up', store.folder, thrown),
      );

/** {@link gcTE} as a Promise; rejects with `TinyVmafException`. */
export const gc = (store: Store, options?: GcOptions): Promise<GcReport> =>
  toPromise(gcTE(store, options));

const collect = async (store: Store, options: GcOptions): Promise<GcReport> => {
  const { dryRun = false, minAgeMs = HOUR_MS, staleMs = STALE_MS } = options;
  const now = Date.now();
  await toPromise(store.refresh());
  const kept = await reasonToKeep(store);
  const found = [
    ...(kept === undefined ? await withoutClip(store) : []),
    ...(await temporaryFiles(store.folder)),
  ].filter(({ mtimeMs }) => now - mtimeMs >= minAgeMs);
  const aged = [...(await chunkFolders(store)), ...(await quarantined(store.folder))].filter(
    ({ reason, mtimeMs }) =>
      now - mtimeMs >= (reason === 'chunks of a complete pair' ? minAgeMs : staleMs),
  );
  const items: GcItem[] = [];
  for (const { mtimeMs: _, ...item } of [...found, ...aged]) {
    if (!dryRun) await rm(path.join(store.folder, item.path), { recursive: true, force: true });
    items.push(item);
  }
  if (!dryRun) {
    items.push(...(await joined(clipLedger(store.folder), store.folder)));
    items.push(...(await joined(hashLedger(store.folder), store.folder)));
    items.push(...(await joined(modelLedger(store.folder), store.folder)));
  }
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  return { items, bytes, dryRun, ...(kept === undefined ? {} : { kept }) };
};

type Found = GcItem & { readonly mtimeMs: number };

/** Records that are lost or damaged must not cost the features that they named. */
const reasonToKeep = async (store: Store): Promise<string | undefined> => {
  let damaged = 0;
  await readLog(
    clipLedger(store.folder).folder,
    () => undefined,
    () => damaged++,
  );
  if (damaged > 0) {
    return `${damaged} clip records are damaged; extract again, then clean up again`;
  }
  return store.clips().length === 0
    ? 'the store has no clip records; rebuild its index or extract again first'
    : undefined;
};

const withoutClip = async (store: Store): Promise<readonly Found[]> => {
  const clips = store.clips();
  const features = new Set(clips.map((clip) => clip.features));
  const scores = new Set<Sha256>();
  for (const { model } of store.models()) {
    for (const key of features) scores.add(scoreKey({ features: key, model }));
  }
  const found: Found[] = [];
  const look = async (shelf: string, used: Set<Sha256>, reason: GcReason): Promise<void> => {
    for (const key of await shelfKeys(path.join(store.folder, shelf))) {
      if (!used.has(key))
        found.push(...(await describe(store.folder, shelfPath(shelf, key), reason)));
    }
  };
  await look('features', features, 'features without a clip');
  await look('scores', scores, 'scores without a clip');
  return found;
};

/** Everywhere a writer may have left one. */
const temporaryFiles = async (folder: string): Promise<readonly Found[]> => {
  const found: Found[] = [];
  const visit = async (relative: string, depth: number): Promise<void> => {
    for (const name of await namesIn(path.join(folder, relative))) {
      const at = path.join(relative, name);
      if (isTemporary(name)) found.push(...(await describe(folder, at, 'temporary file')));
      else if (depth > 0 && !name.includes('.')) await visit(at, depth - 1);
    }
  };
  await visit('', 3);
  return found;
};

/** A pair is complete where a clip has the features that its chunks became. Features that nobody names may go; chunks then give them again. */
const chunkFolders = async (store: Store): Promise<readonly Found[]> => {
  const folder = path.join(store.folder, 'chunks');
  const named = new Set(store.clips().map((clip) => clip.features));
  const found: Found[] = [];
  for (const pair of await chunkedPairs(folder)) {
    const features = await featuresOfChunks(folder, pair);
    const complete = features !== undefined && named.has(features) && store.hasFeatures(features);
    const reason = complete ? 'chunks of a complete pair' : 'old chunks';
    const relative = path.relative(store.folder, pairFolder(folder, pair));
    const [self] = await describe(store.folder, relative, reason);
    if (self === undefined) continue;
    const files: Found[] = [];
    for (const name of await namesIn(path.join(store.folder, relative))) {
      files.push(...(await describe(store.folder, path.join(relative, name), reason)));
    }
    const newest = files.reduce((time, { mtimeMs }) => Math.max(time, mtimeMs), 0);
    found.push({
      path: self.path,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      reason,
      // A folder without files may have been made a moment ago.
      mtimeMs: files.length === 0 ? self.mtimeMs : newest,
    });
  }
  return found;
};

const quarantined = async (folder: string): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const name of await namesIn(path.join(folder, QUARANTINE))) {
    found.push(...(await describe(folder, path.join(QUARANTINE, name), 'old quarantined file')));
  }
  return found;
};

const describe = async (
  folder: string,
  relative: string,
  reason: GcReason,
): Promise<readonly Found[]> => {
  try {
    const { size, mtimeMs } = await stat(path.join(folder, relative));
    return [{ path: relative.replaceAll(path.sep, '/'), bytes: size, reason, mtimeMs }];
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return []; // another process was faster
    throw thrown;
  }
};

const joined = async <A>(kind: LedgerKind<A>, store: string): Promise<readonly GcItem[]> => {
  const { before, after } = await createLedger(kind).join();
  if (before <= after) return [];
  return [
    { path: path.relative(store, kind.folder), bytes: before - after, reason: 'joined logs' },
  ];
};
