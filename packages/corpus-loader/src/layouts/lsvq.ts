/**
 * LSVQ: videos of users with opinion scores and no reference, described by
 * tables: `labels_train_test.csv` and `labels_test_1080p.csv` as published, or
 * `LSVQ_whole_train.csv`, `LSVQ_whole_test.csv`, `LSVQ_whole_test_1080p.csv`.
 * Each video enters as a source with its label; such a video may become the
 * reference of a ladder, but its own score is no score of a pair.
 */
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import type { LabelScale } from '../corpus/label.js';
import { FIVE_POINTS, HUNDRED_POINTS } from '../labels/scale.js';
import { folderOf, nameOf } from '../data-root/inside.js';
import {
  cellError,
  cellsOf,
  needColumns,
  numberCell,
  textCell,
  type Cells,
} from '../tables/cells.js';
import { parseCsvTE, type CsvRow } from '../tables/csv.js';
import type { Layout, LayoutReading, Tree, TreeFile } from './layout.js';
import { isVideo } from './media.js';

const TABLES = new Set([
  'labels_train_test.csv',
  'labels_test_1080p.csv',
  'LSVQ_whole_train.csv',
  'LSVQ_whole_test.csv',
  'LSVQ_whole_test_1080p.csv',
]);

/** One row that is used. */
interface Row {
  readonly name: string;
  /** Absent where the cell is empty or `nan`. */
  readonly mos?: number;
  readonly split: string;
}

interface TableReading {
  readonly rows: readonly Row[];
  readonly scale: LabelScale;
}

const TEST = new Set(['true', '1', '1.0']);
const TRAIN = new Set(['false', '0', '0.0', '']);

/** The column `is_test` tells the split where there is one, else the name of the table. */
const splitOf = (cells: Cells, row: CsvRow): E.Either<TinyVmafError, string> => {
  if (cells.source.includes('1080p')) return E.right('test-1080p');
  if (!cells.index.has('is_test')) {
    return E.right(cells.source.includes('train') ? 'train' : 'test');
  }
  const text = textCell(cells, row, 'is_test').toLowerCase();
  if (TEST.has(text)) return E.right('test');
  if (TRAIN.has(text)) return E.right('train');
  return E.left(cellError(cells, row, 'is_test', `must be True or False, got ${text}`));
};

const UNLABELLED = new Set(['', 'nan', 'none', 'null']);

const readRow =
  (cells: Cells) =>
  (row: CsvRow): E.Either<TinyVmafError, Row> => {
    const split = splitOf(cells, row);
    if (E.isLeft(split)) return split;
    const common = { name: textCell(cells, row, 'name'), split: split.right };
    return UNLABELLED.has(textCell(cells, row, 'mos').toLowerCase())
      ? E.right(common)
      : F.pipe(
          numberCell(cells, row, 'mos'),
          E.map((mos) => ({ ...common, mos })),
        );
  };

const outOfRange = (source: string, row: Row): TinyVmafError => ({
  _tag: 'TableFormat',
  source,
  place: `the row of ${row.name}`,
  problem: `the mos ${row.mos ?? ''} is on no known scale: neither 1..5 nor 0..100`,
});

/** Published both as 1..5 and as 0..100: what a table's values allow. */
const scaleOf = (source: string, rows: readonly Row[]): E.Either<TinyVmafError, LabelScale> => {
  const fits = (scale: LabelScale) => (row: Row) =>
    row.mos === undefined || (row.mos >= scale.min && row.mos <= scale.max);
  if (rows.every(fits(FIVE_POINTS))) return E.right(FIVE_POINTS);
  const odd = rows.find((row) => !fits(HUNDRED_POINTS)(row));
  return odd === undefined ? E.right(HUNDRED_POINTS) : E.left(outOfRange(source, odd));
};

const readTable = (tree: Tree, path: string): TE.TaskEither<TinyVmafError, TableReading> =>
  F.pipe(
    tree.readText(path),
    TE.chain((text) => parseCsvTE(text, path)),
    TE.chainEitherK(({ columns, rows }) =>
      F.pipe(
        needColumns(cellsOf(columns, path), ['name', 'mos']),
        E.chain((cells) => E.traverseArray(readRow(cells))(rows)),
        E.chain((read) =>
          F.pipe(
            scaleOf(path, read),
            E.map((scale) => ({ rows: read, scale })),
          ),
        ),
      ),
    ),
  );

const withoutExtension = (path: string): string => path.replace(/(?<=[^/])\.[^./]+$/, '');

/** Videos by every tail of their paths that a table names: `batch3/clip` and `clip`. */
const videosByName = (
  files: readonly TreeFile[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly TreeFile[]> => {
  const found = new Map<string, TreeFile[]>();
  for (const file of files) {
    if (!isVideo(file.path)) continue;
    for (const whole of new Set([file.path, withoutExtension(file.path)])) {
      for (let at = 0; at >= 0; at = whole.indexOf('/', at) + 1 || -1) {
        const tail = whole.slice(at);
        if (!wanted.has(tail)) continue;
        const list = found.get(tail);
        if (list === undefined) found.set(tail, [file]);
        else list.push(file);
      }
    }
  }
  return found;
};

/** The file that a row means: the only one of that name, or the only one below the table's folder. */
const choose = (files: readonly TreeFile[], folder: string): TreeFile | undefined => {
  if (files.length === 1) return files[0];
  const near = files.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
  return near.length === 1 ? near[0] : undefined;
};

interface Gathered {
  readonly sources: Source[];
  readonly claimed: Set<string>;
  readonly findings: Finding[];
}

const take = (
  path: string,
  { rows, scale }: TableReading,
  files: readonly TreeFile[],
  to: Gathered,
): void => {
  const videos = videosByName(files, new Set(rows.map(({ name }) => name)));
  const taken = new Set<string>();
  let missing = 0;
  let unlabelled = 0;
  for (const { name, mos, split } of rows) {
    const candidates = videos.get(name) ?? [];
    const file = choose(candidates, folderOf(path));
    if (file === undefined) {
      if (candidates.length === 0) missing++;
      else to.findings.push(ambiguous(path, name, candidates));
      continue;
    }
    if (taken.has(file.path) || to.claimed.has(file.path)) {
      to.findings.push(twice(path, name, file));
      continue;
    }
    taken.add(file.path);
    if (mos === undefined) unlabelled++;
    to.claimed.add(file.path);
    to.sources.push({
      id: withoutExtension(name),
      group: withoutExtension(name),
      reference: { path: file.path, bytes: file.bytes },
      rungs: [],
      metadata: { split },
      labels: mos === undefined ? [] : [{ name: 'mos', dataset: 'lsvq', value: mos, scale }],
    });
  }
  if (missing > 0) to.findings.push(unmatched(path, missing, rows.length));
  if (unlabelled > 0) to.findings.push(withoutLabel(path, unlabelled, rows.length));
};

const ambiguous = (path: string, name: string, files: readonly TreeFile[]): Finding => ({
  code: 'ambiguous-name',
  severity: 'error',
  path,
  problem: `the row ${name} could mean ${files.length} files: ${files
    .slice(0, 4)
    .map((file) => file.path)
    .join(', ')}`,
  remedy: 'Leave one of them below the folder of the table.',
});

const twice = (path: string, name: string, file: TreeFile): Finding => ({
  code: 'named-twice',
  severity: 'warning',
  path,
  problem: `the row ${name} names ${file.path}, which an earlier row has`,
  remedy: 'Leave one of the rows; the first counts.',
});

const unmatched = (path: string, missing: number, rows: number): Finding => ({
  code: 'label-without-clip',
  severity: 'warning',
  path,
  problem: `${missing} of ${rows} rows name videos that are not there`,
  remedy: 'Download the rest of the videos, or go on with those that are there.',
});

const withoutLabel = (path: string, unlabelled: number, rows: number): Finding => ({
  code: 'unlabelled',
  severity: 'warning',
  path,
  problem: `${unlabelled} of ${rows} rows have no mos; their videos are kept without a label`,
  remedy: '',
});

/** The table does not say its scale; a label on the wrong one would be wrong in silence. */
const scaleAssumed = (path: string, { rows, scale }: TableReading): Finding => {
  const values = rows.flatMap(({ mos }) => mos ?? []);
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return {
    code: 'scale-assumed',
    severity: 'note',
    path,
    problem: `does not say the scale of its mos; values from ${least} to ${most} are taken for ${scale.min}..${scale.max}`,
    remedy:
      'If that is wrong, import the table with its scale: corpus import --labels-only --scale.',
  };
};

const read = async (tree: Tree, unclaimed: readonly TreeFile[]): Promise<LayoutReading> => {
  const to: Gathered = { sources: [], claimed: new Set(), findings: [] };
  for (const { path } of unclaimed.filter((file) => TABLES.has(nameOf(file.path)))) {
    to.claimed.add(path);
    const table = await readTable(tree, path)();
    if (E.isLeft(table)) {
      to.findings.push({
        code: 'bad-table',
        severity: 'error',
        path,
        problem: `is not used: ${errorMessage(table.left)}`,
        remedy: 'Mend the table.',
      });
      continue;
    }
    take(path, table.right, unclaimed, to);
    if (table.right.rows.some(({ mos }) => mos !== undefined)) {
      to.findings.push(scaleAssumed(path, table.right));
    }
  }
  return to;
};

/** LSVQ: labelled videos without references. */
export const lsvq: Layout = {
  name: 'lsvq',
  title: 'LSVQ: videos of users with labels_train_test.csv or LSVQ_whole_*.csv, no references',
  read: (tree, unclaimed) => TE.fromTask(() => read(tree, unclaimed)),
};
