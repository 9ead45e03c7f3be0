/**
 * Files under a store that are named by a key: `<shelf>/ab/<key>.parquet`. What
 * is handed out has been checked; what fails the check is set aside and counts
 * as absent.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, TinyVmafException } from '@tinyvmaf/core';
import { writeIntoFolder } from './atomic.js';
import type { Sha256 } from './contracts.js';
import { isSha256 } from './keys.js';
import { readWhole, type Quarantine, type ReadFile } from './quarantine.js';
import { sealProblem } from './seal.js';
import { decodeTable, isTable, type Table, type TableProblem } from './table.js';

const EXTENSION = '.parquet';

/** Files by key. Methods throw what the system throws, and `UnsupportedFormat` for files of a later version. */
export interface Shelf {
  /** Whether a whole file is there; its checksum is looked at once. */
  has(key: Sha256): boolean;
  /**
   * A file's content.
   * @param parse the content of a table, or what is wrong with it.
   */
  read<A extends object>(
    key: Sha256,
    parse: (table: Table) => A | TableProblem,
  ): Promise<A | undefined>;
  /** Writes a file, unless it is there. */
  write(key: Sha256, bytes: Uint8Array): Promise<void>;
}

/** Path of a key's file on a shelf. */
export const shelfPath = (folder: string, key: Sha256): string =>
  path.join(folder, key.slice(0, 2), key + EXTENSION);

/** A shelf of a store. */
export const createShelf = (folder: string, quarantine: Quarantine): Shelf => {
  const whole = new Set<Sha256>();
  const pathOf = (key: Sha256): string => shelfPath(folder, key);
  const has = (key: Sha256): boolean => {
    const file = pathOf(key);
    if (whole.has(key)) return existsSync(file);
    const read = readWhole(file);
    if (read === undefined) return false;
    const problem = sealProblem(read.bytes);
    if (problem === undefined) whole.add(key);
    else quarantine.setAside(read, problem);
    return problem === undefined;
  };
  return {
    has,
    async read(key, parse) {
      const read = readWhole(pathOf(key));
      if (read === undefined) return undefined;
      const value = await parseFile(read, parse);
      if (!isProblem(value)) {
        whole.add(key);
        return value;
      }
      whole.delete(key);
      refuseNewer(read.file, value);
      quarantine.setAside(read, value.problem);
      return undefined;
    },
    async write(key, bytes) {
      if (has(key)) return;
      await writeIntoFolder(pathOf(key), bytes);
      whole.add(key);
    },
  };
};

/** Keys of all files of a shelf, in order. Throws what the system throws. */
export const shelfKeys = async (folder: string): Promise<readonly Sha256[]> => {
  const found: Sha256[] = [];
  for (const prefix of await namesIn(folder)) {
    for (const name of await namesIn(path.join(folder, prefix))) {
      const key = name.slice(0, -EXTENSION.length);
      if (name.endsWith(EXTENSION) && isSha256(key)) found.push(key);
    }
  }
  return found.sort();
};

/** What a file holds, or what is wrong with it. */
export const parseFile = async <A extends object>(
  { bytes }: ReadFile,
  parse: (table: Table) => A | TableProblem,
): Promise<A | TableProblem> => {
  const table = await decodeTable(bytes);
  return isTable(table) ? parse(table) : table;
};

/** Whether something is a problem instead of a value. */
export const isProblem = (value: object): value is TableProblem =>
  'problem' in value && 'kind' in value;

/** Throws for a file of a later version: it is neither corrupt nor to be computed again. */
export const refuseNewer = (file: string, { kind, problem }: TableProblem): void => {
  if (kind !== 'newer') return;
  throw new TinyVmafException({
    _tag: 'UnsupportedFormat',
    source: file,
    found: `a file of a later version (${problem})`,
    remedy: 'Use a newer tinyvmaf, or another store.',
  });
};

/** Names in a folder; none where it is not there. */
export const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return [];
    throw thrown;
  }
};
