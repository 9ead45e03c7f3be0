/**
 * A table of doubles as one Parquet file and back, bit for bit: column `frame`
 * (int32) and named columns of doubles, all without nulls, plainly encoded and
 * not compressed, so that -0 and denormals pass and any reader can take it.
 */
import { parquetMetadata, parquetRead, type FileMetaData } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { TinyVmafException } from '@tinyvmaf/core';
import { SEAL_BLANK, SEAL_KEY, sealFile, sealProblem } from './seal.js';

/** Name of the column with the number of each row. */
export const FRAME_COLUMN = 'frame';

/** A table of doubles, one row a frame. */
export interface Table {
  /** Number of the first row; rows follow one another without gap. */
  readonly firstFrame: number;
  readonly rows: number;
  /** Columns in order, `rows` doubles each. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Texts of the file's key-value metadata. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Version of what {@link encodeTable} writes; stands in the metadata as `tinyvmaf.table`. */
const TABLE_VERSION = '1';
const VERSION_KEY = 'tinyvmaf.table';
const CREATED_BY = 'tinyvmaf corpus-loader';
/** Rows that a reader has to hold at once. */
const ROW_GROUP = 131_072;

/**
 * The bytes of a table as a sealed Parquet file; equal tables give equal bytes.
 * @throws TinyVmafException `BadArgument` for no rows, a value that is not finite or a column of another length.
 */
export const encodeTable = (table: Table): Uint8Array => {
  const { firstFrame, rows, columns, metadata } = table;
  // There is nothing to keep, and hyparquet-writer's empty lists stop other readers.
  if (rows < 1) throw badValue('frames', 'must be 1 or more', rows);
  for (const [name, column] of columns) checkColumn(name, column, rows);
  const frames = new Int32Array(rows);
  for (let i = 0; i < rows; i++) frames[i] = firstFrame + i;
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    codec: 'UNCOMPRESSED',
    createdBy: CREATED_BY,
    schema: [
      { name: 'root', num_children: columns.size + 1 },
      { name: FRAME_COLUMN, type: 'INT32', repetition_type: 'REQUIRED' },
      ...[...columns.keys()].map(
        (name) => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' }) as const,
      ),
    ],
    kvMetadata: [
      { key: VERSION_KEY, value: TABLE_VERSION },
      ...[...metadata].map(([key, value]) => ({ key, value })),
      { key: SEAL_KEY, value: SEAL_BLANK },
    ],
  });
  // A dictionary would take 0 and -0 for the same value: PLAIN is said, not left to the writer.
  const plain = { encoding: 'PLAIN', offsetIndex: false } as const;
  void parquet.write({
    columnData: [
      { name: FRAME_COLUMN, data: frames, ...plain },
      ...[...columns].map(([name, data]) => ({ name, data, ...plain })),
    ],
    rowGroupSize: ROW_GROUP,
  });
  void parquet.finish();
  const bytes = new Uint8Array(writer.getBuffer());
  if (!sealFile(bytes)) {
    throw new TinyVmafException({
      _tag: 'Internal',
      problem: `the Parquet writer did not write the metadata ${SEAL_KEY}`,
    });
  }
  return bytes;
};

const checkColumn = (name: string, column: Float64Array, rows: number): void => {
  if (column.length !== rows) {
    throw badValue(`columns.${name}`, `must have ${rows} values, one a frame`, column.length);
  }
  for (let i = 0; i < rows; i++) {
    const value = column[i] ?? NaN;
    if (!Number.isFinite(value)) {
      throw badValue(`columns.${name}.${i}`, 'must be a finite number', value);
    }
  }
};

const badValue = (argument: string, rule: string, value: number): TinyVmafException =>
  new TinyVmafException({ _tag: 'BadArgument', argument, rule, value: String(value) });

/** A file that was not decoded: `newer` where a later version may have written it. */
export interface TableProblem {
  readonly kind: 'corrupt' | 'newer';
  readonly problem: string;
}

/** The table in a sealed Parquet file, or what is wrong with the file; never throws. */
export const decodeTable = async (bytes: Uint8Array): Promise<Table | TableProblem> => {
  const broken = sealProblem(bytes);
  if (broken !== undefined) return { kind: 'corrupt', problem: broken };
  try {
    return await decodeSealed(bytes);
  } catch (thrown) {
    // Sealed and yet not readable: written by something else, or by a later version.
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'corrupt', problem: `it cannot be read as Parquet: ${words}` };
  }
};

/** Whether a result of {@link decodeTable} is a table. */
export const isTable = (result: Table | TableProblem): result is Table => 'columns' in result;

const decodeSealed = async (bytes: Uint8Array): Promise<Table | TableProblem> => {
  const file = new Uint8Array(bytes).buffer; // a copy: slices of a Buffer share its pool
  const parquet = parquetMetadata(file);
  const metadata = keyValues(parquet);
  const version = metadata.get(VERSION_KEY);
  if (version !== TABLE_VERSION) {
    const problem = `its table version is ${version ?? 'missing'}; this version reads ${TABLE_VERSION}`;
    return { kind: 'newer', problem };
  }
  const rows = Number(parquet.num_rows);
  const names = parquet.schema.slice(1).map(({ name }) => name);
  const columns = new Map<string, Float64Array>();
  const filled = new Map<string, number>();
  let frames = new Int32Array(0);
  for (const name of names) {
    if (name === FRAME_COLUMN) frames = new Int32Array(rows);
    else columns.set(name, new Float64Array(rows));
  }
  await parquetRead({
    file,
    metadata: parquet,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const target = columnName === FRAME_COLUMN ? frames : columns.get(columnName);
      target?.set(columnData as ArrayLike<number>, rowStart);
      filled.set(columnName, (filled.get(columnName) ?? 0) + columnData.length);
    },
  });
  const short = names.find((name) => filled.get(name) !== rows && rows > 0);
  if (short !== undefined) {
    const problem = `column ${short} has ${filled.get(short) ?? 0} of ${rows} rows`;
    return { kind: 'corrupt', problem };
  }
  const firstFrame = frames[0] ?? 0;
  for (let i = 0; i < frames.length; i++) {
    if (frames[i] !== firstFrame + i) {
      return { kind: 'corrupt', problem: `row ${i} is frame ${frames[i]}, not ${firstFrame + i}` };
    }
  }
  return { firstFrame, rows, columns, metadata };
};

const keyValues = ({ key_value_metadata: pairs = [] }: FileMetaData): Map<string, string> =>
  new Map(pairs.map(({ key, value }) => [key, value ?? '']));
