/**
 * Manifests written by hand as a table: one row a distorted clip, or a
 * reference alone where `distorted` is empty. Rows of one `source`, or of one
 * `reference` where there is no such column, are one content.
 */
import { BIT_DEPTHS, CHROMAS, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Metadata } from '../corpus/corpus.js';
import type { Label } from '../corpus/label.js';
import { labelColumns, type LabelColumns } from '../labels/columns.js';
import {
  cellError,
  cellsOf,
  looseCell,
  needColumns,
  optionalCount,
  textCell,
  type Cells,
} from '../tables/cells.js';
import { parseCsvTE, type CsvRow, type CsvTable } from '../tables/csv.js';
import { parseRate } from './frame-rate.js';
import { stemOf } from './media.js';
import type { StatedFile, StatedRung, StatedSource } from './stated.js';

/** Columns with a meaning; every other one is metadata. */
const KNOWN = new Set(
  'reference distorted source group clip width height bit_depth chroma fps frames sha256 reference_sha256'.split(
    ' ',
  ),
);

type Result<A> = E.Either<TinyVmafError, A>;

const formatOf = (cells: Cells, row: CsvRow): Result<VideoFormat | undefined> => {
  const width = optionalCount(cells, row, 'width', 1);
  if (E.isLeft(width)) return width;
  const height = optionalCount(cells, row, 'height', 1);
  if (E.isLeft(height)) return height;
  const depth = optionalCount(cells, row, 'bit_depth', 8);
  if (E.isLeft(depth)) return depth;
  if (width.right === undefined && height.right === undefined) return E.right(undefined);
  const wrong = (column: string, problem: string): Result<never> =>
    E.left(cellError(cells, row, column, problem));
  if (width.right === undefined) return wrong('width', 'is empty; height is not');
  if (height.right === undefined) return wrong('height', 'is empty; width is not');
  if (Math.max(width.right, height.right) > 16384) return wrong('width', 'is larger than 16384');
  const bitDepth = BIT_DEPTHS.find((one) => one === (depth.right ?? 8));
  if (bitDepth === undefined) return wrong('bit_depth', 'must be 8, 10, 12 or 16');
  const chromaText = textCell(cells, row, 'chroma') || '420';
  const chroma = CHROMAS.find((one) => one === chromaText);
  if (chroma === undefined) return wrong('chroma', 'must be 400, 420, 422 or 444');
  return E.right({ width: width.right, height: height.right, bitDepth, chroma });
};

const HASH = /^[0-9a-fA-F]{64}$/;

const hashCell = (cells: Cells, row: CsvRow, column: string): Result<string | undefined> => {
  const text = textCell(cells, row, column);
  if (text === '') return E.right(undefined);
  return HASH.test(text)
    ? E.right(text.toLowerCase())
    : E.left(cellError(cells, row, column, 'is not 64 hexadecimal digits'));
};

interface RowReading {
  readonly id: string;
  readonly group: string | undefined;
  readonly reference: StatedFile | undefined;
  readonly rung: StatedRung | undefined;
}

const readRow =
  (cells: Cells, columns: LabelColumns) =>
  (row: CsvRow): Result<RowReading> => {
    const text = (column: string): string => textCell(cells, row, column);
    const reference = text('reference');
    const distorted = text('distorted');
    if (reference === '' && distorted === '') {
      return E.left(cellError(cells, row, 'reference', 'is empty, and distorted too'));
    }
    const format = formatOf(cells, row);
    if (E.isLeft(format)) return format;
    const frames = optionalCount(cells, row, 'frames', 1);
    if (E.isLeft(frames)) return frames;
    const rateText = text('fps');
    const frameRate = rateText === '' ? undefined : parseRate(rateText);
    if (rateText !== '' && frameRate === undefined) {
      return E.left(cellError(cells, row, 'fps', `is no frame rate such as 25 or 30000/1001`));
    }
    const hash = hashCell(cells, row, 'sha256');
    if (E.isLeft(hash)) return hash;
    const referenceHash = hashCell(cells, row, 'reference_sha256');
    if (E.isLeft(referenceHash)) return referenceHash;
    const label = columns.read(row);
    if (E.isLeft(label)) return label;
    const common = { format: format.right, frameRate, frames: frames.right };
    return E.right({
      id: text('source') || stemOf(reference || distorted),
      group: text('group') || undefined,
      reference:
        reference === '' ? undefined : { ...common, path: reference, sha256: referenceHash.right },
      rung:
        distorted === ''
          ? undefined
          : {
              file: { ...common, path: distorted, sha256: hash.right },
              clip: text('clip') || undefined,
              metadata: metadataOf(cells, row, columns),
              labels: label.right === undefined ? [] : [label.right],
            },
    });
  };

const metadataOf = (cells: Cells, row: CsvRow, columns: LabelColumns): Metadata => {
  const entries: [string, string | number][] = [];
  for (const [i, column] of cells.columns.entries()) {
    const name = column.toLowerCase();
    const text = row.cells[i] ?? '';
    if (!KNOWN.has(name) && !columns.names.has(name) && text !== '')
      entries.push([column, looseCell(text)]);
  }
  return Object.fromEntries(entries);
};

interface Gathered {
  readonly id: string;
  group: string | undefined;
  reference: StatedFile | undefined;
  readonly rungs: StatedRung[];
}

/** Rows that name different references under one source contradict each other. */
const gather = (
  cells: Cells,
  rows: readonly CsvRow[],
  readings: readonly RowReading[],
): Result<readonly StatedSource[]> => {
  const sources = new Map<string, Gathered>();
  for (const [i, reading] of readings.entries()) {
    const known = sources.get(reading.id);
    const source = known ?? {
      id: reading.id,
      group: reading.group,
      reference: reading.reference,
      rungs: [],
    };
    if (known === undefined) sources.set(reading.id, source);
    source.group ??= reading.group;
    source.reference ??= reading.reference;
    const row = rows[i];
    if (
      row !== undefined &&
      reading.reference !== undefined &&
      reading.reference.path !== source.reference?.path
    ) {
      const problem = `is another reference for the source ${reading.id} than ${source.reference?.path ?? ''}`;
      return E.left(cellError(cells, row, 'reference', problem));
    }
    if (reading.rung !== undefined) source.rungs.push(reading.rung);
  }
  const none: readonly Label[] = [];
  return E.right([...sources.values()].map((one) => ({ ...one, metadata: {}, labels: none })));
};

const readTable = (table: CsvTable, source: string): Result<readonly StatedSource[]> =>
  F.pipe(
    needColumns(cellsOf(table.columns, source), ['reference', 'distorted']),
    E.chain((cells) =>
      F.pipe(
        labelColumns(cells, {}),
        E.chain((columns) => E.traverseArray(readRow(cells, columns))(table.rows)),
        E.chain((readings) => gather(cells, table.rows, readings)),
      ),
    ),
  );

/** Reads a table. Left: `TableFormat` naming the cell. */
export const readTableManifestTE = (
  text: string,
  source: string,
): TE.TaskEither<TinyVmafError, readonly StatedSource[]> =>
  F.pipe(
    parseCsvTE(text, source),
    TE.chainEitherK((table) => readTable(table, source)),
  );
