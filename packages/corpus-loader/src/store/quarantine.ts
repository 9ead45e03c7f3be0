/**
 * Where corrupt files of a store go: out of the way, kept for whoever wants to
 * know what happened to them, and told to the caller.
 */
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { errnoOf, type StoreCorrupt } from '@tinyvmaf/core';

/** Folder of a store for files that are corrupt. */
export const QUARANTINE = 'quarantine';

/** How corrupt files of one store are dealt with. */
export interface Quarantine {
  /** Sets a file aside, unless it is not that file any more. */
  setAside(file: ReadFile, problem: string): void;
  /** Tells of damage inside a file that stays where it is. */
  tell(file: string, problem: string, remedy: string): void;
}

/** A file's bytes and which file it was. */
export interface ReadFile {
  readonly file: string;
  readonly bytes: Buffer;
  /** Device, inode and modification time. */
  readonly identity: string;
}

/** Reads a file at one go; `undefined` where there is none. Throws what the system throws. */
export const readWhole = (file: string): ReadFile | undefined => {
  let handle;
  try {
    handle = openSync(file, 'r');
    const identity = identityOf(fstatSync(handle, { bigint: true }));
    return { file, bytes: readFileSync(handle), identity };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
};

const identityOf = (stats: { dev: bigint; ino: bigint; mtimeNs: bigint }): string =>
  `${stats.dev}:${stats.ino}:${stats.mtimeNs}`;

/**
 * The quarantine of a store.
 * @param readOnly whether files stay where they are.
 */
export const createQuarantine = (
  store: string,
  readOnly: boolean,
  onCorrupt: (found: StoreCorrupt) => void,
): Quarantine => {
  const tell = (source: string, problem: string, remedy: string): void => {
    onCorrupt({ _tag: 'StoreCorrupt', source, problem, remedy });
  };
  return {
    tell,
    setAside({ file, identity }, problem) {
      if (readOnly) {
        tell(file, problem, 'It counts as absent.');
        return;
      }
      const name = path.relative(store, file).replaceAll(path.sep, '-');
      try {
        // Another process may have put a good one in its place.
        if (identityOf(statSync(file, { bigint: true })) !== identity) return;
        mkdirSync(path.join(store, QUARANTINE), { recursive: true });
        const to = freeName(path.join(store, QUARANTINE, name));
        renameSync(file, to);
        tell(file, problem, `It was moved to ${to} and counts as absent.`);
      } catch (thrown) {
        if (errnoOf(thrown) === 'ENOENT') return; // somebody else was faster
        tell(file, problem, `It counts as absent; moving it away failed (${String(thrown)}).`);
      }
    },
  };
};

const freeName = (file: string): string => {
  for (let i = 1; ; i++) {
    const name = i === 1 ? file : `${file}.${i}`;
    try {
      statSync(name);
    } catch {
      return name;
    }
  }
};
