/**
 * Records of which the newest counts, in files that only ever grow. Each writer
 * appends to a file of its own, so that several processes need no lock; each
 * line carries a checksum, so that a torn or damaged one is known for what it
 * is. Lines are numbered beyond everything that the writer had seen, and of two
 * records about the same thing the higher number counts.
 */
import { hash, randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, TinyVmafException } from '@tinyvmaf/core';
import { makeFolder, syncFolder, writeFileAtomic } from './atomic.js';

const LINE_VERSION = 1;
const SUM_DIGITS = 32;
// {"sum":"<32 digits>",<the rest, over which the sum is>
const SUM_START = 8;
const REST_START = SUM_START + SUM_DIGITS + 2;
const LIVE = '.ndjson';
/** A file that is being joined with others; nobody appends to it, everybody reads it. */
const CLOSED = '.ndjson.old';

/** A line of a log. */
export interface LogLine {
  /** Higher is newer. */
  readonly n: number;
  readonly value: unknown;
}

/** Something in a log that is not a line; the rest of the file counts. */
export interface BadLine {
  readonly file: string;
  readonly problem: string;
}

/** The text of a line, with its end. */
export const logLine = ({ n, value }: LogLine): string => {
  const rest = `"v":${LINE_VERSION},"n":${n},"value":${JSON.stringify(value)}}`;
  return `{"sum":"${sumOf(rest)}",${rest}\n`;
};

const sumOf = (rest: string | Uint8Array): string => hash('sha256', rest).slice(0, SUM_DIGITS);

/**
 * Reads every file of a log. Files that another process joins meanwhile are
 * read again under their new name.
 * @param onBad told of damaged lines; a torn last line, as a killed writer leaves it, is none.
 * @throws TinyVmafException `Io`-like errors of the system as thrown, `UnsupportedFormat` for lines of a later version.
 */
export const readLog = async (
  folder: string,
  onLine: (line: LogLine) => void,
  onBad: (bad: BadLine) => void,
): Promise<void> => {
  const read = new Set<string>();
  for (let vanished = true; vanished;) {
    vanished = false;
    for (const name of await logFiles(folder)) {
      if (read.has(name)) continue;
      const file = path.join(folder, name);
      const bytes = await readFile(file).catch((thrown: unknown) => {
        if (errnoOf(thrown) !== 'ENOENT') throw thrown;
        return undefined;
      });
      if (bytes === undefined) {
        vanished = true;
        continue;
      }
      read.add(name);
      readLines(file, bytes, onLine, onBad);
    }
  }
};

const logFiles = async (folder: string): Promise<readonly string[]> => {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith(LIVE) || name.endsWith(CLOSED)).sort();
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
};

const readLines = (
  file: string,
  bytes: Buffer,
  onLine: (line: LogLine) => void,
  onBad: (bad: BadLine) => void,
): void => {
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return; // torn: its writer was stopped in the middle
    const line = parseLine(bytes.subarray(start, end));
    if (line === undefined) {
      onBad({ file, problem: `line ${number} is not what its checksum says` });
    } else if (line.v !== LINE_VERSION) {
      throw new TinyVmafException({
        _tag: 'UnsupportedFormat',
        source: file,
        found: `line version ${JSON.stringify(line.v)} (line ${number})`,
        remedy: `This version reads ${LINE_VERSION}: use a newer tinyvmaf.`,
      });
    } else {
      onLine(line);
    }
    start = end + 1;
  }
};

const parseLine = (bytes: Buffer): (LogLine & { readonly v: unknown }) | undefined => {
  if (bytes.length <= REST_START) return undefined;
  const said = bytes.toString('latin1', SUM_START, SUM_START + SUM_DIGITS);
  if (said !== sumOf(bytes.subarray(REST_START))) return undefined;
  try {
    const line: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof line !== 'object' || line === null) return undefined;
    if (!('v' in line && 'n' in line && 'value' in line)) return undefined;
    return typeof line.n === 'number' ? { v: line.v, n: line.n, value: line.value } : undefined;
  } catch {
    return undefined;
  }
};

/** Appends to a log of one's own. */
export interface LogWriter {
  /**
   * Appends lines with one write; after it they are known to all who read the
   * log later. On failure nothing counts, torn lines included.
   * @param durable whether they are forced to the disk as well.
   * @throws what the system throws.
   */
  append(lines: readonly LogLine[], durable: boolean): Promise<void>;
  /** Ends the file; a later append begins another. */
  end(): void;
}

/** A writer; its file is made by the first append. One append at a time. */
export const createLogWriter = (folder: string): LogWriter => {
  let file: string | undefined;
  return {
    end: () => (file = undefined),
    async append(lines, durable) {
      const bytes = Buffer.from(lines.map(logLine).join(''));
      for (;;) {
        const isNew = file === undefined;
        if (isNew) await makeFolder(folder);
        file ??= newName(folder, LIVE);
        try {
          if (await appendTo(file, bytes, durable)) {
            if (isNew && durable) await syncFolder(folder);
            return;
          }
        } catch (thrown) {
          // The file may end in a torn line; nothing must follow it there.
          file = undefined;
          throw thrown;
        }
        file = undefined;
      }
    },
  };
};

/**
 * Appends with one write.
 * @returns whether the lines will be read. Whoever joins logs renames them first and reads them
 *   then: while the name is still that of the file, what was appended comes in time. Else it may
 *   be lost, and has to be appended anew.
 */
const appendTo = async (file: string, bytes: Uint8Array, durable: boolean): Promise<boolean> => {
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(bytes);
    if (durable) await handle.datasync();
    return await isStill(file, handle);
  } finally {
    await handle.close();
  }
};

const newName = (folder: string, extension: string): string =>
  path.join(folder, `${randomBytes(8).toString('hex')}${extension}`);

const isStill = async (file: string, handle: FileHandle): Promise<boolean> => {
  try {
    const [named, held] = [await stat(file, { bigint: true }), await handle.stat({ bigint: true })];
    return named.ino === held.ino && named.dev === held.dev;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
};

/**
 * Joins all files of a log into one that holds only what counts. Others may
 * read and append meanwhile.
 * @param select the lines that count, given all.
 * @returns bytes before and after.
 */
export const joinLog = async (
  folder: string,
  select: (lines: readonly LogLine[]) => readonly LogLine[],
): Promise<{ readonly before: number; readonly after: number }> => {
  const names = await logFiles(folder);
  if (names.length === 0 || (names.length === 1 && (await isLean(folder, select)))) {
    return { before: 0, after: 0 };
  }
  const closed: string[] = [];
  for (const name of names) {
    const from = path.join(folder, name);
    // A new name each time: the writer may begin again under the old one.
    const to = name.endsWith(CLOSED) ? from : newName(folder, CLOSED);
    if (await moved(from, to)) closed.push(to);
  }
  let before = 0;
  const lines: LogLine[] = [];
  for (const file of closed) {
    // Another join may have taken the file already; its own result stands then.
    const bytes = await readFile(file).catch((thrown: unknown) => {
      if (errnoOf(thrown) !== 'ENOENT') throw thrown;
      return Buffer.alloc(0);
    });
    before += bytes.length;
    readLines(
      file,
      bytes,
      (line) => lines.push(line),
      () => undefined,
    );
  }
  const text = select(lines).map(logLine).join('');
  // Complete when it appears: another join must never take a file that is still growing.
  if (text !== '') await writeFileAtomic(newName(folder, LIVE), text);
  for (const file of closed) await rm(file, { force: true });
  await syncFolder(folder);
  return { before, after: Buffer.byteLength(text) };
};

/** Whether every line of a log counts and all of it is lines. */
const isLean = async (
  folder: string,
  select: (lines: readonly LogLine[]) => readonly LogLine[],
): Promise<boolean> => {
  const lines: LogLine[] = [];
  let bad = 0;
  await readLog(
    folder,
    (line) => lines.push(line),
    () => bad++,
  );
  return bad === 0 && select(lines).length === lines.length;
};

const moved = async (from: string, to: string): Promise<boolean> => {
  if (from === to) return true;
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
};
