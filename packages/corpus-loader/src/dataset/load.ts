/**
 * Datasets from a store: whole, or in batches for what does not fit in memory.
 */
import {
  FEATURES,
  fromThrown,
  TinyVmafException,
  toPromise,
  unwrap,
  type FeatureName,
} from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import type { Store, Task } from '../store/contracts.js';
import { isBlock, readBlocks, WIDTH, type Block, type Missing } from './blocks.js';
import type { Dataset, Absent } from './dataset.js';
import { nothingLeft, planDataset, type DatasetPlan } from './plan.js';
import type { DatasetQuery } from './query.js';

/** How to load. */
export interface LoadOptions {
  /** Fires to give up. */
  readonly signal?: AbortSignal;
}

/** How to stream. */
export interface StreamOptions extends LoadOptions {
  /** Rows of a batch; the last may have fewer. Default 65,536. */
  readonly batchRows?: number;
}

const BATCH_ROWS = 65_536;

/**
 * Loads what a query names. Rows are in order of corpus, source, clip and
 * frame. Left: `BadArgument` (see {@link planDataset}; clips extracted in
 * different ways), `StoreCorrupt`, `Io`, `Cancelled`.
 */
export const loadDatasetTE = <L extends string = never>(
  store: Store,
  query: DatasetQuery<L> = {},
  options: LoadOptions = {},
): Task<Dataset<L>> =>
  F.pipe(
    TE.fromEither(planDataset(store, query)),
    TE.chain((plan) =>
      TE.tryCatch(
        async () => withLabels<L>(await loadPlan(store, plan, options.signal)),
        (thrown) => fromThrown(thrown, 'Loading the dataset'),
      ),
    ),
  );

/** {@link loadDatasetTE} as a Promise; rejects with `TinyVmafException`. */
export const loadDataset = <L extends string = never>(
  store: Store,
  query?: DatasetQuery<L>,
  options?: LoadOptions,
): Promise<Dataset<L>> => toPromise(loadDatasetTE(store, query, options));

/**
 * The same rows in batches. Tables of names are those of the whole query in
 * every batch, so that indices stay valid; `leftOut` counts what was missing so
 * far and is complete in the last batch.
 * @throws TinyVmafException what {@link loadDatasetTE} has as left.
 */
export async function* streamDataset<L extends string = never>(
  store: Store,
  query: DatasetQuery<L> = {},
  options: StreamOptions = {},
): AsyncGenerator<Dataset<L>, void, undefined> {
  const { batchRows = BATCH_ROWS, signal } = options;
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: 'options.batchRows',
      rule: 'must be a whole number, 1 or more',
      value: String(batchRows),
    });
  }
  const plan = unwrap(planDataset(store, query));
  const missing = createMissing(plan);
  let buffer = createBuffer(plan, Math.min(batchRows, plan.rows));
  let full: Dataset | undefined;
  for await (const read of readBlocks(store, plan, signal)) {
    if (!isBlock(read)) {
      missing.add(read);
      continue;
    }
    for (let from = 0; from < read.rows;) {
      // A full batch waits until there is a row behind it, so that the last one knows all that is missing.
      if (full !== undefined) yield withLabels<L>({ ...full, leftOut: missing.counts() });
      full = undefined;
      from += buffer.take(read, from);
      if (buffer.isFull()) {
        full = buffer.dataset(missing.counts());
        buffer = createBuffer(plan, batchRows);
      }
    }
  }
  const rest = full ?? buffer.dataset(missing.counts());
  if (full === undefined && rest.rows === 0) throw missing.nothing();
  yield withLabels<L>({ ...rest, leftOut: missing.counts() });
}

/** A plan has a column for every label that its query names, under that name. */
const withLabels = <L extends string>(dataset: Dataset): Dataset<L> => dataset;

const loadPlan = async (
  store: Store,
  plan: DatasetPlan,
  signal: AbortSignal | undefined,
): Promise<Dataset> => {
  const missing = createMissing(plan);
  const buffer = createBuffer(plan, plan.rows);
  for await (const read of readBlocks(store, plan, signal)) {
    if (!isBlock(read)) missing.add(read);
    else if (buffer.take(read, 0) < read.rows) throw tooManyRows(store, read);
  }
  const dataset = buffer.dataset(missing.counts());
  if (dataset.rows === 0) throw missing.nothing();
  return dataset;
};

/** Rows in the making. */
interface Buffer {
  /** Takes the rows of a block from `from` on, as many as fit; says how many. */
  take(block: Block, from: number): number;
  isFull(): boolean;
  dataset(leftOut: Dataset['leftOut']): Dataset;
}

const createBuffer = (plan: DatasetPlan, capacity: number): Buffer => {
  const byClip = plan.query.level === 'clip';
  const features = new Float64Array(capacity * WIDTH);
  const labels = plan.labelColumns.map(() => new Float64Array(capacity));
  const [frame, clip, source, group] = [0, 0, 0, 0].map(() => new Int32Array(capacity)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let rows = 0;
  return {
    isFull: () => rows === capacity,
    take(block, from) {
      const count = Math.min(capacity - rows, block.rows - from);
      const end = rows + count;
      features.set(block.features.subarray(from * WIDTH, (from + count) * WIDTH), rows * WIDTH);
      block.labels.forEach((values, i) =>
        labels[i]?.set(values.subarray(from, from + count), rows),
      );
      for (let i = 0; i < count; i++) frame[rows + i] = byClip ? -1 : from + i;
      clip.fill(block.clip.clip, rows, end);
      source.fill(block.clip.source, rows, end);
      group.fill(block.clip.group, rows, end);
      rows = end;
      return count;
    },
    dataset: (leftOut) => ({
      level: byClip ? 'clip' : 'frame',
      ...(byClip ? { pool: plan.query.pool ?? 'mean' } : {}),
      rows,
      featureNames: FEATURES satisfies readonly FeatureName[],
      features: cut(features, rows * WIDTH),
      labels: Object.fromEntries(
        plan.labelColumns.map(({ column }, i) => [
          column,
          cut(labels[i] ?? new Float64Array(), rows),
        ]),
      ),
      labelColumns: plan.labelColumns,
      frame: cut(frame, rows),
      clip: cut(clip, rows),
      source: cut(source, rows),
      group: cut(group, rows),
      clips: plan.clips.map(({ record }) => record),
      sources: plan.sources,
      groups: plan.groups,
      leftOut,
    }),
  };
};

const cut = <A extends Float64Array | Int32Array>(column: A, length: number): A =>
  column.length === length ? column : (column.slice(0, length) as A);

/** Counts of what the plan left out and of what was missing when it was read. */
const createMissing = (
  plan: DatasetPlan,
): {
  add(missing: Missing): void;
  counts(): Dataset['leftOut'];
  nothing(): TinyVmafException;
} => {
  let withoutFeatures = plan.withoutFeatures;
  const withoutLabel = new Map(Object.entries(plan.withoutLabel));
  const one = (count: Absent | undefined, { clip }: Missing): Absent => ({
    clips: (count?.clips ?? 0) + 1,
    rows: (count?.rows ?? 0) + (plan.query.level === 'clip' ? 1 : clip.record.frames),
  });
  return {
    add(missing) {
      if (missing.column === undefined) withoutFeatures = one(withoutFeatures, missing);
      else withoutLabel.set(missing.column, one(withoutLabel.get(missing.column), missing));
    },
    counts: () => ({ withoutFeatures, withoutLabel: Object.fromEntries(withoutLabel) }),
    nothing: () => {
      const labels = Object.fromEntries(withoutLabel);
      const selected = [withoutFeatures, ...withoutLabel.values()].reduce((n, x) => n + x.clips, 0);
      return new TinyVmafException(nothingLeft(selected, withoutFeatures, labels));
    },
  };
};

const tooManyRows = (store: Store, { clip, rows }: Block): TinyVmafException =>
  new TinyVmafException({
    _tag: 'StoreCorrupt',
    source: store.folder,
    problem: `the record of ${clip.record.clip} says ${clip.record.frames} frames, its features have ${rows}`,
    remedy: 'Extract the clip again.',
  });
