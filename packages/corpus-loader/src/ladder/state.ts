/**
 * What lies in the folder of a ladder: finished results, wherever their files
 * are, and names that were given. Looks at names and sizes; reads small JSON
 * files only.
 */
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  errnoOf,
  ioError,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Sha256 } from '../store/contracts.js';
import { readMemory, type HashMemory } from './hash-memory.js';
import { at, encodePath, namedPath, PATHS, recordPath, WORK_FORMAT, yuvPath } from './layout.js';
import { readNamed, type NamedFile, type NamedSource } from './named.js';
import { parseJson, readRecord, refuseNewer, type JobRecord, type ResultFile } from './record.js';

/** A finished job and where its files are, relative to the ladder's folder. */
export interface FoundResult {
  /** What came out. */
  readonly record: JobRecord;
  /** The samples. */
  readonly yuv: string;
  /** The bit stream, where it was kept. */
  readonly encode?: string;
}

/** What is there. */
export interface LadderState {
  /** By hash of the job. */
  readonly results: Readonly<Record<Sha256, FoundResult>>;
  /** By id of the source. */
  readonly named: Readonly<Record<string, NamedSource>>;
  /** Files of finished jobs that are gone or have another size. */
  readonly lost: readonly string[];
  /** Hashes of source files that are remembered. */
  readonly hashes: HashMemory;
  /** Free bytes of the disk, where the system says. */
  readonly free?: number;
}

/** A folder with nothing in it. */
export const EMPTY_STATE: LadderState = { results: {}, named: {}, lost: [], hashes: {} };

/**
 * Looks at the folder of a ladder; one that does not exist is empty. Left: Io,
 * BadArgument for a folder with other things in it, TableFormat for one of a
 * newer version.
 */
export const readLadderStateTE = (out: string): TE.TaskEither<TinyVmafError, LadderState> =>
  tryTask(() => look(out), 'Looking at the ladder');

/** {@link readLadderStateTE} as a Promise; rejects with `TinyVmafException`. */
export const readLadderState = (out: string): Promise<LadderState> =>
  toPromise(readLadderStateTE(out));

const look = async (out: string): Promise<LadderState> => {
  const free = await freeBytes(out);
  const space = free === undefined ? {} : { free };
  if (!(await isLadder(out))) return { ...EMPTY_STATE, ...space };
  const named = await readAllNamed(out);
  const names = new Map(
    Object.values(named).flatMap(({ files }) => files.map((file) => [keyOf(file), file.path])),
  );
  const hashes = (await list(at(out, PATHS.jobs))).flatMap((name) => {
    const hash = /^([0-9a-f]{64})\.json$/u.exec(name)?.[1];
    return hash === undefined ? [] : [hash];
  });
  const results: Record<Sha256, FoundResult> = {};
  const lost: string[] = [];
  for (let first = 0; first < hashes.length; first += AT_ONCE) {
    const some = hashes.slice(first, first + AT_ONCE);
    const found = await Promise.all(some.map((hash) => findResult(out, hash, names)));
    for (const one of found) {
      lost.push(...one.lost);
      if (one.result !== undefined) results[one.result.record.hash] = one.result;
    }
  }
  return {
    results,
    named,
    lost,
    hashes: readMemory(await textOf(at(out, PATHS.hashes))),
    ...space,
  };
};

/** Small files that are read at a time. */
const AT_ONCE = 32;

/** A job's result, where its record and its files are there; else what is lost of it. */
const findResult = async (
  out: string,
  hash: Sha256,
  names: ReadonlyMap<string, string>,
): Promise<{ readonly result?: FoundResult; readonly lost: readonly string[] }> => {
  const path = at(out, recordPath(hash));
  const record = readRecord((await textOf(path)) ?? '', hash, path);
  if (record === undefined) return { lost: [] };
  const yuvName = names.get(keyOf({ hash, kind: 'yuv' }));
  const yuv = await whereIs(out, [yuvPath(hash), yuvName], record.yuv);
  if (yuv === undefined) return { lost: [yuvName ?? yuvPath(hash)] };
  if (record.encode?.kept !== true) return { result: { record, yuv }, lost: [] };
  const encodeName = names.get(keyOf({ hash, kind: 'encode' }));
  const encode = await whereIs(out, [encodePath(hash), encodeName], record.encode);
  return encode === undefined
    ? { result: { record, yuv }, lost: [encodeName ?? encodePath(hash)] }
    : { result: { record, yuv, encode }, lost: [] };
};

const keyOf = ({ hash, kind }: Omit<NamedFile, 'path'>): string => `${hash} ${kind}`;

/**
 * Whether a folder is a ladder already; false for one that is empty or not
 * there. Throws BadArgument for any other, TableFormat for one of a newer version.
 */
export const isLadder = async (out: string): Promise<boolean> => {
  const path = at(out, PATHS.format);
  const format = await textOf(path);
  if (format !== undefined) {
    refuseNewer(parseJson(format), WORK_FORMAT, path);
    return true;
  }
  const foreign = (await list(out)).filter((name) => !name.startsWith('.'));
  if (foreign.length > 0) throw new TinyVmafException(notOurs(out, foreign));
  return false;
};

const notOurs = (out: string, foreign: readonly string[]): TinyVmafError => ({
  _tag: 'BadArgument',
  argument: '--out',
  rule: `must name a new or empty folder, or a ladder that was begun here; this one holds ${foreign.length} other things, such as ${JSON.stringify(foreign[0])}`,
  value: out,
});

/** The first of the places where a file of that size is. */
const whereIs = async (
  out: string,
  places: readonly (string | undefined)[],
  file: ResultFile,
): Promise<string | undefined> => {
  for (const place of places) {
    if (place === undefined) continue;
    const found = await orAbsent('read', place, stat(at(out, place)));
    if (found?.isFile() === true && found.size === file.bytes) return place;
  }
  return undefined;
};

const readAllNamed = async (out: string): Promise<Record<string, NamedSource>> => {
  const named: Record<string, NamedSource> = {};
  for (const name of await list(at(out, PATHS.named))) {
    if (!name.endsWith('.json')) continue;
    const path = at(out, `${PATHS.named}/${name}`);
    const found = readNamed((await textOf(path)) ?? '', path);
    if (found !== undefined && namedPath(found.id).endsWith(name)) named[found.id] = found;
  }
  return named;
};

const ABSENT = new Set(['ENOENT', 'ENOTDIR']);

const orAbsent = async <A>(
  operation: string,
  path: string,
  work: Promise<A>,
): Promise<A | undefined> => {
  try {
    return await work;
  } catch (thrown) {
    if (ABSENT.has(errnoOf(thrown) ?? '')) return undefined;
    throw new TinyVmafException(ioError(operation, path, thrown));
  }
};

const textOf = (path: string): Promise<string | undefined> =>
  orAbsent('read', path, readFile(path, 'utf8'));

const list = async (folder: string): Promise<readonly string[]> =>
  ((await orAbsent('read', folder, readdir(folder))) ?? []).sort();

/** Free bytes of the disk that holds a path, or of the nearest folder above that exists. */
export const freeBytes = async (path: string): Promise<number | undefined> => {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
};
