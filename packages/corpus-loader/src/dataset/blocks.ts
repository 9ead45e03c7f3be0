/**
 * The rows of a plan clip by clip, as they come from the store; whole datasets
 * and streams are put together from them.
 */
import { FEATURES, pool, TinyVmafException, throwIfAborted, toPromise } from '@tinyvmaf/core';
import { canonicalJson } from '../store/canonical.js';
import type { ClipRecord, ExtractorId, FeatureFile, Store } from '../store/contracts.js';
import { opinionOf, type LabelColumn } from './label-columns.js';
import type { DatasetPlan, PlannedClip } from './plan.js';

/** Features of a row. */
export const WIDTH = FEATURES.length;

/** Rows of one clip. */
export interface Block {
  readonly clip: PlannedClip;
  readonly rows: number;
  /** `[rows, 6]`. */
  readonly features: Float64Array;
  /** Per label column, in the plan's order. */
  readonly labels: readonly Float64Array[];
}

/** A clip of the plan of which nothing came. */
export interface Missing {
  readonly clip: PlannedClip;
  /** Label column that is missing; absent where it is the features. */
  readonly column?: string;
}

/**
 * Reads a plan.
 * @throws TinyVmafException `BadArgument` where clips were extracted in different ways and the query does not say which is meant, `StoreCorrupt`, `Io`, `Cancelled`.
 */
export async function* readBlocks(
  store: Store,
  plan: DatasetPlan,
  signal?: AbortSignal,
): AsyncGenerator<Block | Missing, void, undefined> {
  let extractor: ExtractorId | undefined;
  for (const clip of plan.clips) {
    throwIfAborted(signal, 'Loading the dataset');
    const file = await toPromise(store.readFeatures(clip.record.features));
    if (file === undefined || !isWanted(file.address.extractor, plan.query.extractor ?? {})) {
      yield { clip };
      continue;
    }
    extractor ??= file.address.extractor;
    if (canonicalJson(extractor) !== canonicalJson(file.address.extractor)) {
      throw differentExtractors(extractor, file.address.extractor, clip.record);
    }
    yield await readBlock(store, plan, clip, file);
  }
}

/** Whether rows came. */
export const isBlock = (read: Block | Missing): read is Block => 'rows' in read;

const readBlock = async (
  store: Store,
  plan: DatasetPlan,
  clip: PlannedClip,
  file: FeatureFile,
): Promise<Block | Missing> => {
  const byClip = plan.query.level === 'clip';
  const method = plan.query.pool ?? 'mean';
  const rows = byClip ? 1 : file.frames;
  const features = new Float64Array(rows * WIDTH);
  FEATURES.forEach((name, f) => {
    const column = file.columns[name];
    if (byClip) features[f] = pool(column)[method];
    else for (let i = 0; i < rows; i++) features[i * WIDTH + f] = column[i] ?? NaN;
  });
  const labels: Float64Array[] = [];
  for (const column of plan.labelColumns) {
    const values = await labelValues(store, clip.record, column, file.frames);
    if (values === undefined && plan.query.missing !== 'nan') {
      return { clip, column: column.column };
    }
    if (values === undefined) labels.push(new Float64Array(rows).fill(NaN));
    else if (typeof values === 'number') labels.push(new Float64Array(rows).fill(values));
    else labels.push(byClip ? Float64Array.of(pool(values)[method]) : values);
  }
  return { clip, rows, features, labels };
};

/** A number for the whole clip, or one a frame; `undefined` where there is none. */
const labelValues = async (
  store: Store,
  record: ClipRecord,
  column: LabelColumn,
  frames: number,
): Promise<Float64Array | number | undefined> => {
  if (column.kind === 'opinion') return opinionOf(record, column)?.value;
  const address = { features: record.features, model: column.model };
  const file = await toPromise(store.readScores(address));
  if (file !== undefined && file.scores.length !== frames) {
    throw new TinyVmafException({
      _tag: 'StoreCorrupt',
      source: store.folder,
      problem: `${record.clip} has features of ${frames} frames and ${file.scores.length} scores of ${column.modelName}`,
      remedy: 'Extract the clip again.',
    });
  }
  return file?.scores;
};

const isWanted = (is: ExtractorId, wanted: Partial<ExtractorId>): boolean =>
  (wanted.name === undefined || wanted.name === is.name) &&
  (wanted.version === undefined || wanted.version === is.version) &&
  (wanted.options === undefined || wanted.options === is.options);

const differentExtractors = (
  a: ExtractorId,
  b: ExtractorId,
  { clip }: ClipRecord,
): TinyVmafException =>
  new TinyVmafException({
    _tag: 'BadArgument',
    argument: 'query.extractor',
    rule: `must be given where clips were extracted in different ways: ${canonicalJson(a)}, but ${clip} by ${canonicalJson(b)}`,
  });
