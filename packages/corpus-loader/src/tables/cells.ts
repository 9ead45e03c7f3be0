/** Cells by column name, and the errors that name row and column. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { CsvRow } from './csv.js';
import { parseCount, parseNumber } from './number.js';

/** Access to the cells of rows that share one header. */
export interface Cells {
  readonly columns: readonly string[];
  readonly source: string;
  /** Position of each column. */
  readonly index: ReadonlyMap<string, number>;
}

/** Cells of a table with these columns; names are compared in lower case. */
export const cellsOf = (columns: readonly string[], source: string): Cells => ({
  columns,
  source,
  index: new Map(columns.map((column, i) => [column.toLowerCase(), i])),
});

/** Text of a cell; empty where the column is not there. */
export const textCell = (cells: Cells, row: CsvRow, column: string): string =>
  row.cells[cells.index.get(column) ?? -1] ?? '';

/** `TableFormat` that names the cell. */
export const cellError = (
  cells: Cells,
  row: CsvRow,
  column: string,
  problem: string,
): TinyVmafError => ({
  _tag: 'TableFormat',
  source: cells.source,
  place: `line ${row.line}, column ${column}`,
  problem,
});

/** A finite number. Left: `TableFormat` naming the cell. */
export const numberCell = (
  cells: Cells,
  row: CsvRow,
  column: string,
): E.Either<TinyVmafError, number> =>
  F.pipe(
    parseNumber(textCell(cells, row, column)),
    E.mapLeft((problem) => cellError(cells, row, column, problem)),
  );

/** A whole number from `least` up, or `undefined` where the cell is empty. Left: `TableFormat` naming the cell. */
export const optionalCount = (
  cells: Cells,
  row: CsvRow,
  column: string,
  least: number,
): E.Either<TinyVmafError, number | undefined> => {
  const text = textCell(cells, row, column);
  return text === ''
    ? E.right(undefined)
    : F.pipe(
        parseCount(text, least),
        E.mapLeft((problem) => cellError(cells, row, column, problem)),
      );
};

/** A finite number, or `undefined` where the cell is empty. Left: `TableFormat` naming the cell. */
export const optionalNumber = (
  cells: Cells,
  row: CsvRow,
  column: string,
): E.Either<TinyVmafError, number | undefined> =>
  textCell(cells, row, column) === '' ? E.right(undefined) : numberCell(cells, row, column);

/** Left where a column that is needed is missing: `TableFormat` with those that are there. */
export const needColumns = (
  cells: Cells,
  needed: readonly string[],
): E.Either<TinyVmafError, Cells> => {
  const missing = needed.filter((column) => !cells.index.has(column));
  return missing.length === 0
    ? E.right(cells)
    : E.left({
        _tag: 'TableFormat',
        source: cells.source,
        place: 'the header',
        problem: `has no column ${missing.join(', ')}; it has ${cells.columns.slice(0, 40).join(', ')}`,
      });
};

const LEADING_ZERO = /^[+-]?0\d/;

/** A cell that nobody knows: a number where it is written as one, else the text. `007` stays text. */
export const looseCell = (text: string): string | number => {
  const value = LEADING_ZERO.test(text) ? undefined : parseNumber(text);
  return value !== undefined && E.isRight(value) ? value.right : text;
};
