/**
 * Rows to judge students on: a table with the six features by name, and where
 * it has them, `source` and `codec` columns. It is what `corpus export` writes.
 */
import { readFile } from 'node:fs/promises';
import {
  FEATURES,
  ioError,
  printable,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { Dataset } from '@tinyvmaf/corpus-loader';
import { either as E, taskEither as TE } from 'fp-ts';

/** Rows of features, and where each comes from. */
export interface EvaluationRows {
  /** `[count, 6]` raw features, canonical order. */
  readonly features: Float64Array;
  /** `[count]` name of the video that a row was made from; rows of one go together. */
  readonly sources: readonly string[];
  /** `[count]` name of the codec, where known. */
  readonly codecs?: readonly string[];
}

/** The rows of a table from a feature store. */
export const datasetRows = (dataset: Dataset): EvaluationRows => ({
  features: dataset.features,
  sources: Array.from(dataset.source, (source) => dataset.sources[source] ?? ''),
  codecs: Array.from(dataset.clip, (clip) =>
    String(dataset.clips[clip]?.metadata['codec'] ?? 'unknown'),
  ),
});

/** A plain decimal number, with a point. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Most bytes of a table that is read. */
const MAX_BYTES = 2 ** 29;

/** Cells of a line; quotes as in RFC 4180, but no line ends inside them. */
const cellsOf = (line: string): readonly string[] | undefined => {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  for (let at = 0; ;) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(line.slice(at));
    if (match === null) return undefined;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    at += match[0].length;
    if (match[3] === '') return cells;
  }
};

/**
 * Rows from the text of a comma-separated table with a line of names.
 * @returns left `TableFormat` with line and column.
 */
export const parseRows = (
  text: string,
  source: string,
): E.Either<TinyVmafError, EvaluationRows> => {
  const wrong = (place: string, problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'TableFormat', source, place, problem });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cellsOf(lines[0] ?? '') ?? [];
  const places = FEATURES.map((feature) => names.indexOf(feature));
  const missing = FEATURES.filter((_, i) => places[i] === -1);
  if (missing.length > 0) return wrong('line 1', `has no column ${missing.join(', ')}`);
  const sourceAt = names.indexOf('source');
  const codecAt = names.indexOf('codec');
  const features: number[] = [];
  const sources: string[] = [];
  const codecs: string[] = [];
  for (let n = 1; n < lines.length; n++) {
    const line = lines[n] ?? '';
    if (line === '') continue;
    const cells = cellsOf(line);
    if (cells?.length !== names.length) {
      return wrong(
        `line ${n + 1}`,
        `has ${cells?.length ?? 'no readable'} cells, the first line has ${names.length}`,
      );
    }
    for (const [j, place] of places.entries()) {
      const cell = cells[place] ?? '';
      const value = NUMBER.test(cell) ? Number(cell) : NaN;
      if (!Number.isFinite(value)) {
        return wrong(
          `line ${n + 1}, column ${FEATURES[j] ?? ''}`,
          `must be a number with a decimal point, is ${printable(cell)}`,
        );
      }
      features.push(value);
    }
    sources.push(sourceAt < 0 ? 'all' : (cells[sourceAt] ?? ''));
    if (codecAt >= 0) codecs.push(cells[codecAt] ?? '');
  }
  if (sources.length === 0) return wrong('line 2', 'there are no rows');
  return E.right({
    features: Float64Array.from(features),
    sources,
    ...(codecAt < 0 ? {} : { codecs }),
  });
};

/** Rows from a file. Left: `Io`, `TableFormat`. */
export const readRowsTE = (path: string): TE.TaskEither<TinyVmafError, EvaluationRows> =>
  TE.flatMapEither((text: string) => parseRows(text, path))(
    tryTask(async () => {
      try {
        const bytes = await readFile(path);
        if (bytes.length > MAX_BYTES) {
          throw new TinyVmafException({
            _tag: 'Io',
            operation: 'read',
            target: path,
            problem: `it has ${bytes.length} bytes; at most ${MAX_BYTES} are read`,
          });
        }
        return bytes.toString('utf8');
      } catch (thrown) {
        throw new TinyVmafException(ioError('read', path, thrown));
      }
    }, `Reading ${path}`),
  );

/** {@link readRowsTE} as a Promise; rejects with `TinyVmafException`. */
export const readRows = (path: string): Promise<EvaluationRows> => toPromise(readRowsTE(path));
