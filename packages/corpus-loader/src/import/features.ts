/**
 * Puts features that somebody else computed into a store: a row a clip, or the
 * frames of clips. They have addresses of their own (extractor `imported`), so
 * they are never taken for features that were computed here.
 */
import { FEATURES, throwIfAborted, toPromise, type VideoFormat } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { Label } from '../corpus/label.js';
import { anyError, stored } from '../extract/outcome.js';
import { streamFrameTable } from '../labels/frames.js';
import type { ImportedClip, ImportedTable } from '../labels/imported.js';
import { contentGroup } from '../layouts/group.js';
import { canonicalJson } from '../store/canonical.js';
import type { ClipRecord, FeatureRows, Sha256, Store, Task } from '../store/contracts.js';
import { sha256 } from '../store/keys.js';
import type { ImportReport } from './labels.js';
import { recordName } from '../extract/records.js';
import { keepLabels } from './merge-labels.js';

/** Format of features of which nobody says what pictures they are of. */
export const UNKNOWN_FORMAT: VideoFormat = { width: 0, height: 0, bitDepth: 8, chroma: '400' };

/** How features are kept. */
export interface ImportFeaturesOptions {
  /** Name of their corpus. Default: the table's data set. */
  readonly corpus?: string;
  /** Fires to stop between two clips. */
  readonly signal?: AbortSignal;
}

/** Puts a table with a row of features a clip into the store. Left: `Io`, `BadArgument` for a store that is read only. */
export const importFeaturesTE = (
  store: Store,
  table: ImportedTable,
  options: ImportFeaturesOptions = {},
): Task<ImportReport> =>
  TE.tryCatch(async () => {
    const corpus = options.corpus ?? table.dataset;
    const rows = table.clips.filter(({ features }) => features !== undefined);
    const records: ClipRecord[] = [];
    for (const row of rows) {
      throwIfAborted(options.signal, OPERATION);
      records.push(
        await keepClip(store, corpus, {
          ...row,
          rows: oneRow(row.features ?? new Float64Array(0)),
          labels: row.label === undefined ? [] : [row.label],
        }),
      );
    }
    await recordAll(store, records);
    const without = table.clips.filter(({ features }) => features === undefined);
    return {
      matched: rows.length,
      unmatched: without.map(({ clip }) => clip),
      changed: records.length,
      findings: table.findings,
    };
  }, anyError);

/** {@link importFeaturesTE} as a Promise; rejects with `TinyVmafException`. */
export const importFeatures = (
  store: Store,
  table: ImportedTable,
  options?: ImportFeaturesOptions,
): Promise<ImportReport> => toPromise(importFeaturesTE(store, table, options));

/**
 * Puts a table with a row of features a frame into the store, clip by clip.
 * Left: as `streamFrameTable` throws, `BadArgument` for a store that is read only.
 */
export const importFramesTE = (
  store: Store,
  path: string,
  corpus: string,
  signal?: AbortSignal,
): Task<ImportReport> =>
  TE.tryCatch(async () => {
    const records: ClipRecord[] = [];
    for await (const { clip, frames, columns } of streamFrameTable(path, signal)) {
      const rows = { frames, columns };
      records.push(await keepClip(store, corpus, { clip, rows, metadata: {}, labels: [] }));
    }
    await recordAll(store, records);
    return { matched: records.length, unmatched: [], changed: records.length, findings: [] };
  }, anyError);

/** {@link importFramesTE} as a Promise; rejects with `TinyVmafException`. */
export const importFrames = (
  store: Store,
  path: string,
  corpus: string,
  signal?: AbortSignal,
): Promise<ImportReport> => toPromise(importFramesTE(store, path, corpus, signal));

const OPERATION = 'Import';

/** Labels that were imported for a clip before stay. */
const recordAll = async (store: Store, records: readonly ClipRecord[]): Promise<void> => {
  const before = new Map(store.clips().map((record) => [recordName(record), record]));
  const kept = records.map((record) => keepLabels(record, before.get(recordName(record))));
  await stored(store.recordClips(kept));
};

const oneRow = (features: Float64Array): FeatureRows => {
  const column = (i: number): Float64Array => features.subarray(i, i + 1);
  const [adm2, vif0, vif1, vif2, vif3, motion2] = FEATURES.map((_, i) => column(i));
  const none = new Float64Array(0);
  return {
    frames: 1,
    columns: {
      adm2: adm2 ?? none,
      vif_scale0: vif0 ?? none,
      vif_scale1: vif1 ?? none,
      vif_scale2: vif2 ?? none,
      vif_scale3: vif3 ?? none,
      motion2: motion2 ?? none,
    },
  };
};

interface Imported extends Pick<ImportedClip, 'clip' | 'source' | 'group' | 'metadata'> {
  readonly rows: FeatureRows;
  readonly labels: readonly Label[];
}

/** Writes the features of a clip; the record is the caller's to keep. */
const keepClip = async (
  store: Store,
  corpus: string,
  { clip, source = clip, group = contentGroup(source), metadata, rows, labels }: Imported,
): Promise<ClipRecord> => {
  const address = {
    // Nobody has seen the pictures: names and numbers stand for them.
    reference: digest({ corpus, source }),
    distorted: digest({ corpus, clip, columns: FEATURES.map((name) => [...rows.columns[name]]) }),
    extractor: { name: 'imported', version: 1, options: '{}' },
  };
  const format = UNKNOWN_FORMAT;
  const features = await stored(store.writeFeatures({ ...rows, address, format }));
  const { reference, distorted } = address;
  return {
    ...{ corpus, source, group, clip, frames: rows.frames, format },
    ...{ features, reference, distorted, metadata },
    labels,
  };
};

const digest = (value: object): Sha256 =>
  sha256(canonicalJson({ domain: 'tinyvmaf-imported/1', ...value }));
