/**
 * What a file of a corpus is on this disk at this moment. A file that differs
 * in size, time or inode is another file, so a change between two runs, or
 * during one, shows.
 */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError, TinyVmafException } from '@tinyvmaf/core';
import { pathInside } from '../data-root/inside.js';
import type { FileIdentity } from '../store/contracts.js';

/** An identity without the view. */
export type FileState = Omit<FileIdentity, 'view'>;

/**
 * The state of a file of a corpus.
 * @param root the corpus folder, absolute, links resolved.
 * @param path relative to it, parts joined by `/`.
 * @throws Io, PathOutsideRoot as exceptions.
 */
export const fileState = async (root: string, path: string): Promise<FileState> => {
  let full: string;
  try {
    full = await realpath(join(root, ...path.split('/')));
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
  if (pathInside(root, full) === undefined) {
    throw new TinyVmafException({ _tag: 'PathOutsideRoot', path, target: full, root });
  }
  try {
    const { dev, ino, mtimeNs, size } = await stat(full, { bigint: true });
    return { path: full, bytes: Number(size), mtimeNs: String(mtimeNs), inode: `${dev}:${ino}` };
  } catch (thrown) {
    throw new TinyVmafException(ioError('read', path, thrown));
  }
};

/**
 * Makes sure that a file has not changed since it was looked at.
 * @throws DamagedInput where it has, Io where it is gone, as exceptions.
 */
export const checkUnchanged = async (
  root: string,
  path: string,
  before: FileState,
): Promise<void> => {
  const after = await fileState(root, path);
  const different = (['bytes', 'mtimeNs', 'inode', 'path'] as const).find(
    (member) => after[member] !== before[member],
  );
  if (different === undefined) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source: path,
    problem: `it was changed while it was being read (${LABELS[different]} ${before[different]} became ${after[different]}); run again when nobody writes to it`,
  });
};

const LABELS = { bytes: 'size', mtimeNs: 'time', inode: 'inode', path: 'path' } as const;
