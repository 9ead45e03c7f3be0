/**
 * The few questions that are put to the file system while a corpus is listed.
 * Behind an interface, so that tests can count them and make trees that no
 * real disk would hold.
 */
import { lstatSync, opendirSync, realpathSync, type Stats } from 'node:fs';

/** What something on a disk is. `other`: sockets, named pipes, devices. */
type Kind = 'file' | 'folder' | 'link' | 'other';

/** An entry of a folder. */
interface Entry {
  /** The name, or `undefined` where its bytes are not UTF-8. */
  readonly name: string | undefined;
  /** The name for messages, wrong bytes replaced. */
  readonly shown: string;
}

/** The file system as the walk sees it. All paths are absolute. Throws the system's errors. */
export interface Disk {
  /** Names in a folder, in any order, at most `most`: a folder may hold more than fit into memory. */
  entries(folder: string, most: number): readonly Entry[];
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

/** Names of a folder as text or as bytes. */
const namesOf = (
  folder: string,
  encoding: BufferEncoding | 'buffer',
  most: number,
): readonly (string | Uint8Array)[] => {
  // The types know no folders of bytes, Node does: names are then buffers.
  const handle = opendirSync(folder, { bufferSize: 2048, encoding: encoding as BufferEncoding });
  const names: (string | Uint8Array)[] = [];
  try {
    for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
      if (names.length === most) break;
      names.push(entry.name);
    }
  } finally {
    handle.closeSync();
  }
  return names;
};

const isText = (name: string | Uint8Array): name is string => typeof name === 'string';

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
  entries(folder, most) {
    const names = namesOf(folder, 'utf8', most).filter(isText);
    // Node replaces wrong bytes in silence; only then are the bytes asked for.
    return names.some((name) => name.includes(REPLACEMENT))
      ? namesOf(folder, 'buffer', most).map((name) =>
          isText(name) ? decodeName(Buffer.from(name)) : decodeName(name),
        )
      : names.map((name) => ({ name, shown: name }));
  },
  look(path) {
    const stats = lstatSync(path);
    return { kind: kindOf(stats), bytes: stats.size };
  },
  resolve: (path) => realpathSync(path),
};
