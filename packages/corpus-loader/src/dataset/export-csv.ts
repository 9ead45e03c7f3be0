/**
 * A dataset as comma-separated text that reads back exactly: numbers with a
 * point and as few digits as tell them apart, text quoted where it must be.
 */
import { open, rm } from 'node:fs/promises';
import { FEATURES, fromThrown, ioError, toPromise, TinyVmafException } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import { commitFileTE, temporaryPath } from '../store/atomic.js';
import type { Store, Task } from '../store/contracts.js';
import type { Dataset } from './dataset.js';
import { streamDataset } from './load.js';
import type { DatasetQuery } from './query.js';

/** Takes pieces of text; the next comes when the promise has settled. */
export type TextSink = (text: string) => void | Promise<void>;

/** What was written. */
export interface CsvReport {
  /** Rows written, the header not counted. */
  readonly rows: number;
  /** What the query selected and is not there. */
  readonly leftOut: Dataset['leftOut'];
}

const PIECE_ROWS = 4096;

/**
 * Writes the rows of a query: `corpus,source,group,clip,frame`, the six
 * features, the labels; at clip level without `frame`. Lines end in LF. Rows
 * without a label are kept with an empty field, unless the query says
 * `missing: 'leave-out'`. Left: as `loadDatasetTE`, and what the sink throws.
 */
export const exportCsvTE = (
  store: Store,
  query: DatasetQuery,
  sink: TextSink,
  options: { readonly signal?: AbortSignal } = {},
): Task<CsvReport> =>
  TE.tryCatch(
    () => writeRows(store, query, sink, options.signal),
    (thrown) => fromThrown(thrown, 'Exporting'),
  );

/** {@link exportCsvTE} as a Promise; rejects with `TinyVmafException`. */
export const exportCsv = (
  store: Store,
  query: DatasetQuery,
  sink: TextSink,
  options?: { readonly signal?: AbortSignal },
): Promise<CsvReport> => toPromise(exportCsvTE(store, query, sink, options));

/** {@link exportCsvTE} into a file, which appears when it is complete. Left also: `Io`. */
export const exportCsvFileTE = (
  store: Store,
  query: DatasetQuery,
  file: string,
  options: { readonly signal?: AbortSignal } = {},
): Task<CsvReport> =>
  TE.tryCatch(
    async () => {
      const temporary = temporaryPath(file);
      const handle = await open(temporary, 'wx');
      try {
        const report = await writeRows(
          store,
          query,
          (text) => handle.appendFile(text),
          options.signal,
        );
        await handle.close();
        await toPromise(commitFileTE(temporary, file));
        return report;
      } catch (thrown) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true }).catch(() => undefined);
        throw thrown;
      }
    },
    (thrown) => ioError('write', file, thrown),
  );

/** {@link exportCsvFileTE} as a Promise; rejects with `TinyVmafException`. */
export const exportCsvFile = (
  store: Store,
  query: DatasetQuery,
  file: string,
  options?: { readonly signal?: AbortSignal },
): Promise<CsvReport> => toPromise(exportCsvFileTE(store, query, file, options));

const writeRows = async (
  store: Store,
  query: DatasetQuery,
  sink: TextSink,
  signal: AbortSignal | undefined,
): Promise<CsvReport> => {
  const wanted: DatasetQuery = { missing: 'nan', ...query };
  const stream = streamDataset(store, wanted, {
    batchRows: PIECE_ROWS,
    ...(signal === undefined ? {} : { signal }),
  });
  let rows = 0;
  let leftOut: Dataset['leftOut'] | undefined;
  for await (const batch of stream) {
    if (leftOut === undefined) await sink(header(batch));
    await sink(lines(batch));
    rows += batch.rows;
    leftOut = batch.leftOut;
  }
  if (leftOut === undefined) {
    throw new TinyVmafException({ _tag: 'Internal', problem: 'a dataset came without a batch' });
  }
  return { rows, leftOut };
};

const header = ({ level, labelColumns }: Dataset): string =>
  `${[
    ...['corpus', 'source', 'group', 'clip'],
    ...(level === 'frame' ? ['frame'] : []),
    ...FEATURES,
    ...labelColumns.map(({ column }) => quoted(column)),
  ].join(',')}\n`;

const lines = (batch: Dataset): string => {
  const width = batch.featureNames.length;
  const labels = batch.labelColumns.map(({ column }) => batch.labels[column]);
  const heads = new Map<number, string>();
  let text = '';
  for (let row = 0; row < batch.rows; row++) {
    const index = batch.clip[row] ?? 0;
    const head = heads.get(index) ?? headOf(batch, row);
    heads.set(index, head);
    text += head;
    if (batch.level === 'frame') text += `,${batch.frame[row]}`;
    for (let f = 0; f < width; f++) text += `,${csvNumber(batch.features[row * width + f])}`;
    for (const column of labels) text += `,${csvNumber(column?.[row])}`;
    text += '\n';
  }
  return text;
};

const headOf = (batch: Dataset, row: number): string => {
  const clip = batch.clips[batch.clip[row] ?? 0];
  const group = batch.groups[batch.group[row] ?? 0];
  return [clip?.corpus, clip?.source, group, clip?.clip]
    .map((cell) => quoted(cell ?? ''))
    .join(',');
};

/** Shortest digits that read back as the same double; `-0` keeps its sign, NaN is an empty field. */
export const csvNumber = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return '';
  return Object.is(value, -0) ? '-0' : String(value);
};

/** A field as RFC 4180 has it. */
export const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
