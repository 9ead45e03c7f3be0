/**
 * What training works on: features and labels as typed arrays, one row a frame
 * or a clip, and for each row which clip, source and group it is of.
 */
import type { FeatureName, PoolMethod } from '@tinyvmaf/core';
import type { ClipRecord } from '../store/contracts.js';
import type { LabelColumn } from './label-columns.js';

/** Clips that a query selected and that gave no rows, and how many rows that is. */
export interface Absent {
  /** Number of clips. */
  readonly clips: number;
  /** Rows that these clips would have given. */
  readonly rows: number;
}

/**
 * Rows of a store.
 * @typeParam L names of the label columns, where the query spells them out.
 */
export interface Dataset<L extends string = string> {
  /** What a row is. */
  readonly level: 'frame' | 'clip';
  /** How frames became clips; absent at frame level. */
  readonly pool?: PoolMethod;
  /** Number of rows, 1 or more. */
  readonly rows: number;
  /** Names of the features in the order of a row. */
  readonly featureNames: readonly FeatureName[];
  /** `[rows, 6]`, row after row. */
  readonly features: Float64Array;
  /** `[rows]` per label column, under the names of the query. An opinion score stands at every frame of its clip. */
  readonly labels: Readonly<Record<L, Float64Array>>;
  /** What each label column is, in the order of the query. */
  readonly labelColumns: readonly LabelColumn[];
  /** Number of the frame in its clip, from 0; -1 at clip level. */
  readonly frame: Int32Array;
  /** Index in `clips` per row. */
  readonly clip: Int32Array;
  /** Index in `sources` per row. */
  readonly source: Int32Array;
  /** Index in `groups` per row. */
  readonly group: Int32Array;
  /** Clips in order of corpus, source and name. */
  readonly clips: readonly ClipRecord[];
  /** Sources as `<corpus>/<source>`. */
  readonly sources: readonly string[];
  /** Groups of the same content; the unit of every split. */
  readonly groups: readonly string[];
  /** What the query selected and is not here. */
  readonly leftOut: {
    /** Clips whose features are not in the store (yet), or are another extractor's than asked for. */
    readonly withoutFeatures: Absent;
    /** Per label column; a clip that lacks several counts for the first. */
    readonly withoutLabel: Readonly<Record<string, Absent>>;
  };
}

/** The rows with the given indices, in their order; tables stay whole. */
export const takeRows = <L extends string>(
  dataset: Dataset<L>,
  rows: ArrayLike<number>,
): Dataset<L> => {
  const width = dataset.featureNames.length;
  const features = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * width;
    features.set(dataset.features.subarray(from, from + width), i * width);
  }
  const doubles = (column: Float64Array): Float64Array => {
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i] ?? 0] ?? NaN;
    return taken;
  };
  const integers = (column: Int32Array): Int32Array => {
    const taken = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i] ?? 0] ?? -1;
    return taken;
  };
  return {
    ...dataset,
    rows: rows.length,
    features,
    labels: Object.fromEntries(
      Object.entries<Float64Array>(dataset.labels).map(([name, column]) => [name, doubles(column)]),
    ) as Record<L, Float64Array>,
    frame: integers(dataset.frame),
    clip: integers(dataset.clip),
    source: integers(dataset.source),
    group: integers(dataset.group),
  };
};
