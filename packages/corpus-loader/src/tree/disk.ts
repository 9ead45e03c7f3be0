/**
 * The few questions that are put to the file system while a corpus is listed.
 * Behind an interface, so that tests can count them and make trees that no
 * real disk would hold.
 */
import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';

/** What something on a disk is. `other`: sockets, named pipes, devices. */
export type Kind = 'file' | 'folder' | 'link' | 'other';

/** An entry of a folder. */
export interface Entry {
  /** The name, or `undefined` where its bytes are not UTF-8. */
  readonly name: string | undefined;
  /** The name for messages, wrong bytes replaced. */
  readonly shown: string;
}

/** The file system as the walk sees it. All paths are absolute. Throws the system's errors. */
export interface Disk {
  /** Names in a folder, in any order. */
  entries(folder: string): readonly Entry[];
  /** What is under a path itself; a link is not followed. */
  look(path: string): { readonly kind: Kind; readonly bytes: number };
  /** Where a link leads at last. */
  resolve(path: string): string;
}

const REPLACEMENT = '\uFFFD';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decodeName = (bytes: Uint8Array): Entry => {
  const shown = Buffer.from(bytes).toString('utf8');
  try {
    return { name: strict.decode(bytes), shown };
  } catch {
    return { name: undefined, shown };
  }
};

const kindOf = (stats: Stats): Kind =>
  stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';

/** The real file system. */
export const nodeDisk: Disk = {
  entries(folder) {
    const names = readdirSync(folder);
    // Node replaces wrong bytes in silence; only then are the bytes asked for.
    return names.some((name) => name.includes(REPLACEMENT))
      ? readdirSync(folder, 'buffer').map(decodeName)
      : names.map((name) => ({ name, shown: name }));
  },
  look(path) {
    const stats = lstatSync(path);
    return { kind: kindOf(stats), bytes: stats.size };
  },
  resolve: (path) => realpathSync(path),
};
