/**
 * What a query will read: clips, tables of names and label columns, and what is
 * left out, from records alone. The reading itself is in blocks.ts.
 */
import { isPoolMethod, POOL_METHODS, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { ClipRecord, Store } from '../store/contracts.js';
import type { Absent } from './dataset.js';
import { contentGroups } from './groups.js';
import { labelColumns, opinionOf, type LabelColumn } from './label-columns.js';
import { namesOf, selectClips, type DatasetQuery } from './query.js';

/** A clip that will be read. */
export interface PlannedClip {
  /** The clip. */
  readonly record: ClipRecord;
  /** Index in the table of clips. */
  readonly clip: number;
  /** Index in the table of sources. */
  readonly source: number;
  /** Index in the table of groups. */
  readonly group: number;
}

/** What will be read, as plain data. */
export interface DatasetPlan {
  /** What was asked for. */
  readonly query: DatasetQuery;
  /** Clips to read, in order of corpus, source and name. */
  readonly clips: readonly PlannedClip[];
  /** Names as `<corpus>/<source>`. */
  readonly sources: readonly string[];
  /** Names of the groups of the same content. */
  readonly groups: readonly string[];
  /** Label columns in the order of the query. */
  readonly labelColumns: readonly LabelColumn[];
  /** Rows at most: files that turn out to be damaged are missing later. */
  readonly rows: number;
  /** Selected clips whose features are not in the store. */
  readonly withoutFeatures: Absent;
  /** Selected clips without a wanted label, per column. */
  readonly withoutLabel: Readonly<Record<string, Absent>>;
}

/**
 * Plans a query. Left: `BadArgument` for a query that names what the store has
 * not, asks for restricted labels, or leaves nothing over.
 */
export const planDataset = (
  store: Store,
  query: DatasetQuery,
): E.Either<TinyVmafError, DatasetPlan> =>
  F.pipe(
    checkQuery(query),
    E.chain(() => selectClips(store.clips(), query)),
    E.bindTo('selected'),
    E.bind('columns', ({ selected }) => labelColumns(query, selected, store.models())),
    E.chain(({ selected, columns }) => planClips(store, query, selected, columns)),
  );

const planClips = (
  store: Store,
  query: DatasetQuery,
  selected: readonly ClipRecord[],
  columns: readonly LabelColumn[],
): E.Either<TinyVmafError, DatasetPlan> => {
  const groupOf = contentGroups(store.clips());
  const rowsOf = ({ frames }: ClipRecord): number => (query.level === 'clip' ? 1 : frames);
  const sources = createTable();
  const groups = createTable();
  const clips: PlannedClip[] = [];
  const without = new Map<string, { clips: number; rows: number }>();
  let rows = 0;
  for (const record of selected) {
    const lack = store.hasFeatures(record.features)
      ? query.missing === 'nan'
        ? undefined
        : columns.find((column) => !hasLabel(store, record, column))?.column
      : '';
    if (lack === undefined) {
      clips.push({
        record,
        clip: clips.length,
        source: sources.index(`${record.corpus}/${record.source}`),
        group: groups.index(groupOf(record)),
      });
      rows += rowsOf(record);
    } else {
      const count = without.get(lack) ?? { clips: 0, rows: 0 };
      without.set(lack, { clips: count.clips + 1, rows: count.rows + rowsOf(record) });
    }
  }
  const withoutFeatures = without.get('') ?? { clips: 0, rows: 0 };
  const withoutLabel = Object.fromEntries(
    columns.map(({ column }) => [column, without.get(column) ?? { clips: 0, rows: 0 }]),
  );
  if (rows === 0) return E.left(nothingLeft(selected.length, withoutFeatures, withoutLabel));
  return E.right({
    query,
    clips,
    sources: sources.names,
    groups: groups.names,
    labelColumns: columns,
    rows,
    withoutFeatures,
    withoutLabel,
  });
};

/** The error for a query of which no row is left. */
export const nothingLeft = (
  selected: number,
  withoutFeatures: Absent,
  withoutLabel: Readonly<Record<string, Absent>>,
): TinyVmafError => {
  const reasons = [
    ...(withoutFeatures.clips > 0 ? [`${withoutFeatures.clips} have no features`] : []),
    ...Object.entries(withoutLabel)
      .filter(([, { clips }]) => clips > 0)
      .map(([column, { clips }]) => `${clips} have no ${column}`),
  ];
  return {
    _tag: 'BadArgument',
    argument: 'query',
    rule: `must leave at least one row; of ${selected} selected clips ${reasons.join(', ')}`,
  };
};

const hasLabel = (store: Store, record: ClipRecord, column: LabelColumn): boolean =>
  column.kind === 'teacher'
    ? store.hasScores({ features: record.features, model: column.model })
    : opinionOf(record, column) !== undefined;

const checkQuery = ({ pool }: DatasetQuery): E.Either<TinyVmafError, void> =>
  pool === undefined || isPoolMethod(pool)
    ? E.right(undefined)
    : E.left({
        _tag: 'BadArgument',
        argument: 'query.pool',
        rule: `must be one of ${namesOf(POOL_METHODS)}`,
        value: String(pool),
      });

const createTable = (): { readonly names: readonly string[]; index(name: string): number } => {
  const names: string[] = [];
  const known = new Map<string, number>();
  return {
    names,
    index(name) {
      const index = known.get(name) ?? names.push(name) - 1;
      known.set(name, index);
      return index;
    },
  };
};
