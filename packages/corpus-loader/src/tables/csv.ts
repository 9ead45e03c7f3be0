/**
 * Tables with a header line: commas, semicolons or tabs, whichever the header
 * uses; quotes as in RFC 4180; LF or CRLF; lines that begin with `#` and empty
 * lines are skipped. A row that is shorter or longer than the header is an
 * error, never shifted.
 */
import { pipeline, Readable } from 'node:stream';
import { TinyVmafException, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { CsvError, parse, type Options } from 'csv-parse';
import type { taskEither as TE } from 'fp-ts';

/** Separators that a header may use. */
export const SEPARATORS = [',', ';', '\t'] as const;

/** One row. */
export interface CsvRow {
  /** Line of the file that the row ends on, from 1. */
  readonly line: number;
  /** As many as there are columns; blanks outside quotes are trimmed unless tabs part the cells. */
  readonly cells: readonly string[];
}

/** A table, read whole. */
export interface CsvTable {
  /** Names of the columns, trimmed, unique. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Longest row in bytes: what a quote that is never closed may swallow. */
const MAX_ROW = 2 ** 20;

const fail = (source: string, place: string, problem: string): never => {
  throw new TinyVmafException({ _tag: 'TableFormat', source, place, problem });
};

/** The separator that a header line uses most outside quotes; a comma where it uses none. */
export const separatorOf = (header: string): (typeof SEPARATORS)[number] => {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of header) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character in counts) counts[character as keyof typeof counts]++;
  }
  return SEPARATORS.reduce((best, one) => (counts[one] > counts[best] ? one : best));
};

const isHeader = (line: string): boolean => line.trim() !== '' && !line.startsWith('#');

/** First line that is no comment, from the start of a text. */
const headerOf = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, 4096)
    .find(isHeader) ?? '';

const optionsFor = (header: string): Options => {
  const delimiter = separatorOf(header);
  return {
    bom: true,
    comment: '#',
    comment_no_infix: true,
    delimiter,
    info: true,
    max_record_size: MAX_ROW,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    // A tab would be trimmed although it parts cells.
    trim: delimiter !== '\t',
  };
};

interface Record {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

const checkHeader = (columns: readonly string[], source: string, line: number): void => {
  const seen = new Set<string>();
  for (const [i, column] of columns.entries()) {
    if (column === '') fail(source, `line ${line}`, `column ${i + 1} has no name`);
    if (seen.has(column)) fail(source, `line ${line}`, `two columns are called ${column}`);
    seen.add(column);
  }
};

const checkWidth = (
  cells: readonly string[],
  columns: readonly string[],
  source: string,
  line: number,
): void => {
  if (cells.length === columns.length) return;
  const comma =
    cells.length > columns.length ? ' (a decimal comma? write points, or part cells by ;)' : '';
  fail(
    source,
    `line ${line}`,
    `has ${cells.length} cells where the header has ${columns.length}${comma}`,
  );
};

/** The rows of a table as they come, after its columns. */
export interface CsvStream {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/**
 * Reads a table as a stream: memory does not grow with its length. The iterable
 * throws `TableFormat` with the line, and what `bytes` throws.
 * @param source name for messages.
 */
export const streamCsv = async (
  bytes: AsyncIterable<Uint8Array>,
  source: string,
): Promise<CsvStream> => {
  const { head, all } = await peek(bytes);
  const parser = parse(optionsFor(headerOf(head)));
  // The callback is needed so that errors do not escape; the iteration throws them.
  pipeline(Readable.from(all), parser, () => undefined);
  const records = (parser as AsyncIterable<Record>)[Symbol.asyncIterator]();
  const next = async (): Promise<IteratorResult<Record, unknown>> => {
    try {
      return await records.next();
    } catch (thrown) {
      throw csvError(thrown, source);
    }
  };
  const first = await next();
  if (first.done === true) return fail(source, 'line 1', 'there is no header line');
  const columns = first.value.record;
  checkHeader(columns, source, first.value.info.lines);
  return { columns, rows: rowsOf(next, () => records.return?.(), columns, source) };
};

async function* rowsOf(
  next: () => Promise<IteratorResult<Record, unknown>>,
  stop: () => Promise<unknown> | undefined,
  columns: readonly string[],
  source: string,
): AsyncGenerator<CsvRow> {
  try {
    for (let step = await next(); step.done !== true; step = await next()) {
      const { info, record } = step.value;
      checkWidth(record, columns, source, info.lines);
      yield { line: info.lines, cells: record };
    }
  } finally {
    await stop();
  }
}

/** Reads a table whole. Left: `TableFormat` with the line. */
export const parseCsvTE = (text: string, source: string): TE.TaskEither<TinyVmafError, CsvTable> =>
  tryTask(async () => {
    const { columns, rows } = await streamCsv(chunk(text), source);
    const all: CsvRow[] = [];
    for await (const row of rows) all.push(row);
    return { columns, rows: all };
  });

// eslint-disable-next-line @typescript-eslint/require-await -- one chunk in the shape of a stream
async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Enough for the lines before the header and the header itself. */
const PEEK = 2 ** 16;

const peek = async (
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: string; readonly all: AsyncIterable<Uint8Array> }> => {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < PEEK) {
    const step = await iterator.next();
    if (step.done === true) break;
    chunks.push(step.value);
    length += step.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
      for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) {
        yield step.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(chunks).toString('utf8'), all: all() };
};

const csvError = (thrown: unknown, source: string): unknown => {
  if (!(thrown instanceof CsvError)) return thrown;
  const lines: unknown = thrown['lines'];
  const place = typeof lines === 'number' ? `line ${lines}` : 'the table';
  return new TinyVmafException({
    _tag: 'TableFormat',
    source,
    place,
    problem: thrown.message,
    cause: thrown,
  });
};
