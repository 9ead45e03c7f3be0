/**
 * Tables of features with one row a frame, read clip by clip: memory holds one
 * clip, however long the table.
 */
import { FEATURES, TinyVmafException, unwrap, type FeatureName } from '@tinyvmaf/core';
import { textBytes } from '../tables/bytes.js';
import {
  cellError,
  cellsOf,
  needColumns,
  numberCell,
  textCell,
  type Cells,
} from '../tables/cells.js';
import { streamCsv, type CsvRow } from '../tables/csv.js';
import { parseCount } from '../tables/number.js';

/** The frames of one clip. */
export interface ClipFrames {
  /** As the table names it. */
  readonly clip: string;
  /** Number of frames; rows are frame 0, 1, 2, ... */
  readonly frames: number;
  /** Per feature a column of `frames` doubles. */
  readonly columns: Readonly<Record<FeatureName, Float64Array>>;
  /** Other columns whose cells are all numbers, such as published scores. */
  readonly extra: Readonly<Record<string, Float64Array>>;
  /** `evaluation-only` for the published frames of AVT-VQDB-UHD-1. */
  readonly restriction?: 'evaluation-only';
}

/** Frames of one clip that are kept, at most: 10 hours at 60 per second. */
const MAX_FRAMES = 2_160_000;

class Gathering {
  readonly values: number[][];

  constructor(
    readonly cells: Cells,
    readonly clip: string,
    readonly names: readonly string[],
    readonly restriction: 'evaluation-only' | undefined,
  ) {
    this.values = names.map(() => []);
  }

  get frames(): number {
    return this.values[0]?.length ?? 0;
  }

  add(row: CsvRow): void {
    const { cells, frames } = this;
    const refuse = (column: string, problem: string): never => {
      throw new TinyVmafException(cellError(cells, row, column, problem));
    };
    const frame = parseCount(textCell(cells, row, 'frame'), 0);
    if (frame._tag === 'Left') return refuse('frame', frame.left);
    if (frame.right !== frames) {
      refuse('frame', `is ${frame.right} where frame ${frames} of ${this.clip} should be`);
    }
    if (frames === MAX_FRAMES) refuse('frame', `a clip has at most ${MAX_FRAMES} frames`);
    for (const [i, name] of this.names.entries()) {
      this.values[i]?.push(unwrap(numberCell(cells, row, name)));
    }
  }

  finish(): ClipFrames {
    const column = (name: string): Float64Array =>
      Float64Array.from(this.values[this.names.indexOf(name)] ?? []);
    const known = new Set<string>(FEATURES);
    return {
      clip: this.clip,
      frames: this.frames,
      columns: {
        adm2: column('adm2'),
        vif_scale0: column('vif_scale0'),
        vif_scale1: column('vif_scale1'),
        vif_scale2: column('vif_scale2'),
        vif_scale3: column('vif_scale3'),
        motion2: column('motion2'),
      },
      extra: Object.fromEntries(
        this.names.filter((name) => !known.has(name)).map((name) => [name, column(name)]),
      ),
      ...(this.restriction === undefined ? {} : { restriction: this.restriction }),
    };
  }
}

/** Columns that are text. */
const TEXT = new Set(['clip', 'frame']);

const AVT_COLUMNS = ['vmaf_published', 'vmaf_v061'];

/**
 * The clips of a table with the columns `clip`, `frame`, the six features and
 * any other numbers, `.gz` or not. Rows of one clip stand together, its frames
 * in order from 0. Throws `TinyVmafException`: `Io`, `TableFormat` naming line
 * and column, `Cancelled`.
 */
export async function* streamFrameTable(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<ClipFrames> {
  const stream = await streamCsv(textBytes(path, signal), path);
  const cells = cellsOf(stream.columns, path);
  unwrap(needColumns(cells, ['clip', 'frame', ...FEATURES]));
  const names = [...cells.index.keys()].filter((name) => !TEXT.has(name));
  const avt = AVT_COLUMNS.every((name) => cells.index.has(name));
  const done = new Set<string>();
  let current: Gathering | undefined;
  for await (const row of stream.rows) {
    const clip = textCell(cells, row, 'clip');
    if (current?.clip !== clip) {
      if (current !== undefined) yield current.finish();
      if (clip === '' || done.has(clip)) {
        const problem = clip === '' ? 'is empty' : `${clip} was complete further up`;
        throw new TinyVmafException(cellError(cells, row, 'clip', problem));
      }
      done.add(clip);
      current = new Gathering(cells, clip, names, avt ? 'evaluation-only' : undefined);
    }
    current.add(row);
  }
  if (current !== undefined) yield current.finish();
}
