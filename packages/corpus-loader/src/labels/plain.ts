/**
 * Tables with a header: `clip,mos[,ci][,votes]`, and rows of the six features
 * with or without a label. The clip table of AVT-VQDB-UHD-1 is one whose
 * columns are known: its scale, its restriction and its contents under two
 * names.
 */
import { FEATURES, TinyVmafException, unwrap, type FeatureName } from '@tinyvmaf/core';
import type { Label } from '../corpus/label.js';
import type { Metadata } from '../corpus/corpus.js';
import { contentGroup } from '../layouts/group.js';
import {
  cellError,
  cellsOf,
  looseCell,
  needColumns,
  numberCell,
  textCell,
  type Cells,
} from '../tables/cells.js';
import { streamCsv, type CsvRow, type CsvStream } from '../tables/csv.js';
import { textBytes } from '../tables/bytes.js';
import { assumeScale, scaleAssumed } from './assume.js';
import { datasetOf, labelColumns, type LabelColumns, type LabelOptions } from './columns.js';
import type { ImportedClip, ImportedTable } from './imported.js';
import { FIVE_POINTS, offScale } from './scale.js';

/** Rows that are kept in memory at most; longer tables are read as streams of frames. */
const MAX_ROWS = 200_000;

const AVT_COLUMNS = ['clip', 'test', 'source', 'mos', 'ci', 'vmaf_published', 'vmaf_v061'];

/** What is known of AVT-VQDB-UHD-1: MOS on 1..5, for evaluation only. */
const AVT: Required<Pick<LabelOptions, 'dataset' | 'scale' | 'restriction'>> = {
  dataset: 'avt-vqdb-uhd-1',
  scale: FIVE_POINTS,
  restriction: 'evaluation-only',
};

const isAvt = (cells: Cells): boolean => AVT_COLUMNS.every((column) => cells.index.has(column));

/** Features of a row by column name. Throws `TableFormat` naming the cell. */
const featuresOf = (cells: Cells, row: CsvRow): Float64Array =>
  Float64Array.from(FEATURES, (name) => unwrap(numberCell(cells, row, name)));

/** Whether a table has all six features; throws where it has some of them only. */
const hasFeatures = (cells: Cells): boolean => {
  const there = FEATURES.filter((name) => cells.index.has(name));
  if (there.length === 0) return false;
  unwrap(needColumns(cells, FEATURES));
  return true;
};

const STRUCTURAL = new Set(['clip', 'source', 'group', 'test_name']);

const metadataOf = (cells: Cells, row: CsvRow, without: ReadonlySet<string>): Metadata => {
  const entries: [string, string | number][] = [];
  for (const [i, column] of cells.columns.entries()) {
    const text = row.cells[i] ?? '';
    if (!without.has(column.toLowerCase()) && text !== '') entries.push([column, looseCell(text)]);
  }
  return Object.fromEntries(entries);
};

/** `name@test1` of AVT-VQDB-UHD-1 is the clip `name` in its first test. */
const namesOf = (clip: string, avt: boolean): readonly string[] =>
  avt ? [clip, clip.replace(/@[^@]*$/, '')] : [clip];

interface Reader {
  readonly cells: Cells;
  readonly labels: LabelColumns;
  readonly avt: boolean;
  readonly features: boolean;
  readonly without: ReadonlySet<string>;
}

const readRow = (reader: Reader, row: CsvRow, seen: Map<string, number>): ImportedClip => {
  const { cells, labels, avt, features, without } = reader;
  const clip = textCell(cells, row, 'clip') || (features ? `row ${row.line}` : '');
  const refuse = (problem: string): never => {
    throw new TinyVmafException(cellError(cells, row, 'clip', problem));
  };
  if (clip === '') refuse('is empty');
  const before = seen.get(clip);
  if (before !== undefined) refuse(`${clip} is on line ${before} already`);
  seen.set(clip, row.line);
  const label = unwrap(labels.read(row));
  const source = textCell(cells, row, 'source');
  const group = textCell(cells, row, 'group');
  return {
    clip,
    names: namesOf(clip, avt),
    ...(source === '' ? {} : { source, group: group || contentGroup(source) }),
    ...(label === undefined ? {} : { label }),
    ...(features ? { features: featuresOf(cells, row) } : {}),
    metadata: metadataOf(cells, row, without),
  };
};

/** Puts the scale in that all values together suggest; throws for the first that is outside it. */
const withScale = (
  clips: readonly ImportedClip[],
  lines: ReadonlyMap<string, number>,
  column: string,
  path: string,
): { readonly clips: readonly ImportedClip[]; readonly scale: Label['scale'] } => {
  const values = clips.flatMap(({ label }) => (label === undefined ? [] : [label.value]));
  const scale = assumeScale(values);
  const scaled = clips.map((clip) => {
    if (clip.label === undefined) return clip;
    const problem = offScale(clip.label.value, scale);
    if (problem !== undefined) {
      const place = `line ${lines.get(clip.clip) ?? 0}, column ${column}`;
      throw new TinyVmafException({
        _tag: 'TableFormat',
        source: path,
        place,
        problem: `${problem}, which is assumed; give the scale (--scale)`,
      });
    }
    return { ...clip, label: { ...clip.label, scale } };
  });
  return { clips: scaled, scale };
};

const needs = (cells: Cells, features: boolean): void => {
  if (!features) unwrap(needColumns(cells, ['clip']));
  if (cells.index.has('frame')) {
    throw new TinyVmafException({
      _tag: 'TableFormat',
      source: cells.source,
      place: 'the header',
      problem:
        'has a column frame: it is a table of frames, read clip by clip (streamFrameTable), not as labels',
    });
  }
};

const readerOf = (stream: CsvStream, path: string, options: LabelOptions): Reader => {
  const cells = cellsOf(stream.columns, path);
  const features = hasFeatures(cells);
  needs(cells, features);
  const avt = isAvt(cells);
  const reading = avt ? { ...options, ...AVT } : { ...options, unknownScale: true };
  const labels = unwrap(labelColumns(cells, reading));
  if (labels.column === undefined && !features) unwrap(needColumns(cells, ['mos']));
  const without = new Set([...STRUCTURAL, ...labels.names, ...(features ? FEATURES : [])]);
  return { cells, labels, avt, features, without };
};

const orderIn = (cells: Cells): readonly FeatureName[] =>
  [...FEATURES].sort((a, b) => (cells.index.get(a) ?? 0) - (cells.index.get(b) ?? 0));

/** Reads a table with a header. Throws `TableFormat` naming the cell, `Io`, `Cancelled`. */
export const readPlainTable = async (
  path: string,
  options: LabelOptions,
  signal?: AbortSignal,
): Promise<ImportedTable> => {
  const stream = await streamCsv(textBytes(path, signal), path);
  const reader = readerOf(stream, path, options);
  const lines = new Map<string, number>();
  let clips: ImportedClip[] = [];
  for await (const row of stream.rows) {
    if (clips.length === MAX_ROWS) {
      const problem = `has more than ${MAX_ROWS} rows; a table of so many is read as frames of clips`;
      throw new TinyVmafException({
        _tag: 'TableFormat',
        source: path,
        place: 'the table',
        problem,
      });
    }
    clips.push(readRow(reader, row, lines));
  }
  const { labels, features, cells, avt } = reader;
  const guess = labels.scaleUnknown === true && clips.some(({ label }) => label !== undefined);
  const scaled = guess ? withScale(clips, lines, labels.column ?? 'mos', path) : undefined;
  if (scaled !== undefined) clips = [...scaled.clips];
  const restriction = avt ? AVT.restriction : options.restriction;
  return {
    path,
    kind: features ? 'features' : 'labels',
    dataset: avt ? AVT.dataset : (options.dataset ?? datasetOf(path)),
    clips,
    ...(features ? { featureOrder: orderIn(cells) } : {}),
    ...(restriction === undefined ? {} : { restriction }),
    findings: scaled === undefined ? [] : [scaleAssumed(path, scaled.scale)],
  };
};
