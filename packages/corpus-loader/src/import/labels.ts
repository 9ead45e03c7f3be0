/**
 * Puts the labels of a table on clips that are in a store. Names decide, as in
 * a corpus on disk; what fits none or several is told and changes nothing.
 */
import { toPromise } from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import type { Corpus, Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import type { ImportedTable } from '../labels/imported.js';
import { joinLabels } from '../labels/join.js';
import type { ClipRecord, Store, Task } from '../store/contracts.js';
import { mergeLabels } from './merge-labels.js';

/** What an import did. */
export interface ImportReport {
  /** Rows that found their clip, or became one. */
  readonly matched: number;
  /** Names of rows that did not. */
  readonly unmatched: readonly string[];
  /** Clip records that are new or have changed. */
  readonly changed: number;
  /** What is wrong or odd about the table, and rows that fit several clips. */
  readonly findings: readonly Finding[];
}

/** Where labels go. */
export interface ImportLabelsOptions {
  /** Clips of this corpus only. Default: all of the store. */
  readonly corpus?: string;
}

/** Puts labels on clips of the store. Left: `Io`, `BadArgument` for a store that is read only. */
export const importLabelsTE = (
  store: Store,
  table: ImportedTable,
  options: ImportLabelsOptions = {},
): Task<ImportReport> => {
  const byCorpus = groupBy(
    store.clips().filter(({ corpus }) => (options.corpus ?? corpus) === corpus),
    ({ corpus }) => corpus,
  );
  const joined = [...byCorpus.values()].map((records) => joinRecords(records, table));
  const changed = joined.flatMap((each) => each.changed);
  const labelled = table.clips.filter(({ label }) => label !== undefined);
  // A row may have found its clip in one corpus and not in another.
  const unmatched = labelled
    .map(({ clip }) => clip)
    .filter((clip) => joined.every((each) => each.unmatched.has(clip)));
  return F.pipe(
    changed.length === 0 ? TE.right(undefined) : store.recordClips(changed),
    TE.map(() => ({
      matched: labelled.length - unmatched.length,
      unmatched,
      changed: changed.length,
      findings: [...table.findings, ...joined.flatMap(({ findings }) => findings)],
    })),
  );
};

/** {@link importLabelsTE} as a Promise; rejects with `TinyVmafException`. */
export const importLabels = (
  store: Store,
  table: ImportedTable,
  options?: ImportLabelsOptions,
): Promise<ImportReport> => toPromise(importLabelsTE(store, table, options));

interface JoinedRecords {
  readonly changed: readonly ClipRecord[];
  readonly unmatched: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

const joinRecords = (records: readonly ClipRecord[], table: ImportedTable): JoinedRecords => {
  const { corpus, unmatched } = joinLabels(corpusOf(records), table);
  const sources = new Map(table.clips.map((row) => [row.label, row]));
  const labels = new Map(
    corpus.sources.flatMap(({ rungs }) => rungs.map((rung) => [rung.clip, rung.labels] as const)),
  );
  const changed = records.flatMap((record) => {
    const found = labels.get(record.clip) ?? [];
    const [first] = found;
    if (first === undefined) return [];
    const { source, group } = sources.get(first) ?? {};
    // A table of frames knows no sources; the table of labels does.
    const known = source === undefined || record.source !== record.clip ? {} : { source };
    return [
      {
        ...record,
        ...known,
        ...('source' in known && group !== undefined ? { group } : {}),
        labels: mergeLabels(record.labels, found),
      },
    ];
  });
  return {
    changed,
    unmatched: new Set(unmatched),
    findings: corpus.findings.filter(({ severity }) => severity === 'error'),
  };
};

/** Records as a corpus without labels, in which names can be looked up. */
const corpusOf = (records: readonly ClipRecord[]): Corpus => ({
  root: '',
  layouts: [],
  findings: [],
  sources: [...groupBy(records, ({ source }) => source)].map(([id, clips]): Source => ({
    id,
    group: clips[0]?.group ?? id,
    rungs: clips.map(({ clip, metadata }) => ({
      clip,
      file: { path: clip, bytes: 0 },
      metadata,
      labels: [],
    })),
    metadata: {},
    labels: [],
  })),
});

const groupBy = <A>(all: readonly A[], keyOf: (one: A) => string): ReadonlyMap<string, A[]> => {
  const groups = new Map<string, A[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
};
