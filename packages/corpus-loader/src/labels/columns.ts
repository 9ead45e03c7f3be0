/**
 * The columns of a table that make a label: `mos` or `dmos`, `ci`, `votes`, and
 * the scale, given by options or by the columns `scale_min`, `scale_max`,
 * `direction`. A number without scale and direction is refused, because it
 * means nothing.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type { Label, LabelScale } from '../corpus/label.js';
import { cellError, numberCell, optionalNumber, textCell, type Cells } from '../tables/cells.js';
import type { CsvRow } from '../tables/csv.js';
import { parseNumber } from '../tables/number.js';
import { UNKNOWN_SCALE } from './assume.js';
import { offScale } from './scale.js';

/** What the caller says about the labels of a table. */
export interface LabelOptions {
  /** Wins over columns of the table. */
  readonly scale?: LabelScale;
  /** Default: the name of the file without folders and extension. */
  readonly dataset?: string;
  /** Column of the value. Default: `mos`, else `dmos`. */
  readonly column?: string;
  /** Marks all labels of the table. Default: none. */
  readonly restriction?: 'evaluation-only';
}

/** {@link LabelOptions}, and whether a table without any scale is read all the same, on {@link UNKNOWN_SCALE}. */
export interface LabelReading extends LabelOptions {
  readonly unknownScale?: boolean;
}

/** Reads the label of a row. */
export interface LabelColumns {
  /** Columns that are part of labels, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Column of the values; absent where the table has none. */
  readonly column?: string;
  /** Whether nothing says the scale. */
  readonly scaleUnknown?: boolean;
  /** The label; `undefined` where the cell of the value is empty. Left: `TableFormat` naming the cell. */
  read(row: CsvRow): E.Either<TinyVmafError, Label | undefined>;
}

const NAMES = new Set(['mos', 'dmos', 'ci', 'votes', 'scale_min', 'scale_max', 'direction']);

/** Parts votes inside a cell. */
const VOTE_SEPARATOR = /[\s,;|/]+/;

type Result<A> = E.Either<TinyVmafError, A>;

const scaleOf = (cells: Cells, row: CsvRow): Result<LabelScale> => {
  const min = numberCell(cells, row, 'scale_min');
  if (E.isLeft(min)) return min;
  const max = numberCell(cells, row, 'scale_max');
  if (E.isLeft(max)) return max;
  const direction = textCell(cells, row, 'direction');
  if (direction !== 'higher-is-better' && direction !== 'lower-is-better') {
    const problem = `must be higher-is-better or lower-is-better, got ${JSON.stringify(direction)}`;
    return E.left(cellError(cells, row, 'direction', problem));
  }
  return E.right({ min: min.right, max: max.right, direction });
};

const votesOf = (cells: Cells, row: CsvRow): Result<readonly number[] | undefined> => {
  const text = textCell(cells, row, 'votes')
    .replace(/^\[|\]$/g, '')
    .trim();
  if (text === '') return E.right(undefined);
  return F.pipe(
    text.split(VOTE_SEPARATOR),
    E.traverseArray(parseNumber),
    E.mapLeft((problem) => cellError(cells, row, 'votes', problem)),
  );
};

/** `votes` of one whole number is how many there were; of more, the votes themselves. */
const votesMembers = (votes: readonly number[] | undefined): Pick<Label, 'votes' | 'voteCount'> => {
  const [only] = votes ?? [];
  if (votes === undefined || only === undefined) return {};
  return votes.length === 1 && Number.isSafeInteger(only) && only > 5
    ? { voteCount: only }
    : { votes };
};

const readLabel =
  (cells: Cells, column: string, options: LabelOptions, dataset: string) =>
  (row: CsvRow): Result<Label | undefined> => {
    if (textCell(cells, row, column) === '') return E.right(undefined);
    const value = numberCell(cells, row, column);
    if (E.isLeft(value)) return value;
    const scale = options.scale === undefined ? scaleOf(cells, row) : E.right(options.scale);
    if (E.isLeft(scale)) return scale;
    const problem = offScale(value.right, scale.right);
    if (problem !== undefined) return E.left(cellError(cells, row, column, problem));
    const ci = optionalNumber(cells, row, 'ci');
    if (E.isLeft(ci)) return ci;
    const votes = votesOf(cells, row);
    if (E.isLeft(votes)) return votes;
    return E.right({
      name: column.toLowerCase() === 'dmos' ? 'dmos' : 'mos',
      dataset,
      value: value.right,
      scale: scale.right,
      ...(ci.right === undefined ? {} : { ci: ci.right }),
      ...votesMembers(votes.right),
      ...(options.restriction === undefined ? {} : { restriction: options.restriction }),
    });
  };

/**
 * The label columns of a table. A table without a column of values has none:
 * every row reads as `undefined`.
 * Left: `TableFormat` where there are values and neither an option nor columns
 * give their scale, or where a column that is asked for is missing.
 */
export const labelColumns = (
  cells: Cells,
  options: LabelReading,
): E.Either<TinyVmafError, LabelColumns> => {
  const wanted = options.column?.toLowerCase();
  const column = [wanted ?? 'mos', ...(wanted === undefined ? ['dmos'] : [])].find((name) =>
    cells.index.has(name),
  );
  const wrong = (problem: string): Result<never> =>
    E.left({ _tag: 'TableFormat', source: cells.source, place: 'the header', problem });
  if (column === undefined) {
    if (wanted !== undefined) {
      return wrong(`has no column ${wanted}; it has ${cells.columns.slice(0, 40).join(', ')}`);
    }
    return E.right({ names: NAMES, read: () => E.right(undefined) });
  }
  const missing = ['scale_min', 'scale_max', 'direction'].filter((name) => !cells.index.has(name));
  const unsaid = options.scale === undefined && missing.length > 0;
  if (unsaid && options.unknownScale !== true) {
    return wrong(`has ${column} without its scale: add the columns ${missing.join(', ')}`);
  }
  const dataset = options.dataset ?? datasetOf(cells.source);
  const scaled = unsaid ? { ...options, scale: UNKNOWN_SCALE } : options;
  return E.right({
    names: new Set([...NAMES, column]),
    column,
    scaleUnknown: unsaid,
    read: readLabel(cells, column, scaled, dataset),
  });
};

/** Name of a data set where nobody says it: the file's, without folders and extensions. */
export const datasetOf = (path: string): string =>
  path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .replace(/\.(?:[^.]+|[^.]+\.gz)$/, '') || path;
