/**
 * Giving finished results their names, and taking names back when the ranks of
 * a source's clips have changed. At every moment each file lies either under
 * its job's name or under the name that the source's list says.
 */
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, ioError, TinyVmafException } from '@tinyvmaf/core';
import { canonicalJson } from '../store/canonical.js';
import { syncFolder, writeFileAtomic } from '../store/atomic.js';
import { at, encodePath, namedPath, PATHS, yuvPath } from './layout.js';
import { namedText, type NamedFile, type NamedSource } from './named.js';
import type { FoundResult } from './state.js';

/** What naming works on; `results` is kept up to date. */
export interface Shelf {
  readonly out: string;
  readonly results: Map<string, FoundResult>;
  readonly named: Map<string, NamedSource>;
}

const waiting = ({ hash, kind }: NamedFile): string =>
  kind === 'yuv' ? yuvPath(hash) : encodePath(hash);

const whereIs = ({ results }: Shelf, { hash, kind }: NamedFile): string | undefined => {
  const found = results.get(hash);
  return kind === 'yuv' ? found?.yuv : found?.encode;
};

const isAt = (shelf: Shelf, { hash, kind }: NamedFile, path: string): void => {
  const found = shelf.results.get(hash);
  if (found === undefined) return;
  shelf.results.set(hash, kind === 'yuv' ? { ...found, yuv: path } : { ...found, encode: path });
};

const move = async (out: string, from: string, to: string): Promise<void> => {
  try {
    await rename(at(out, from), at(out, to));
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', at(out, to), thrown));
  }
};

/** Forces the folders that files were moved between to the disk. */
const syncMoves = async (out: string, files: readonly NamedFile[]): Promise<void> => {
  const folders = new Set(files.flatMap((file) => [dirname(file.path), dirname(waiting(file))]));
  for (const folder of folders) {
    try {
      await syncFolder(at(out, folder));
    } catch (thrown) {
      throw new TinyVmafException(ioError('write', at(out, folder), thrown));
    }
  }
};

const remove = async (out: string, path: string): Promise<void> => {
  try {
    await rm(at(out, path));
    await syncFolder(dirname(at(out, path)));
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') {
      throw new TinyVmafException(ioError('write', at(out, path), thrown));
    }
  }
};

/** Takes a source's names back: its files lie under their jobs' names again. */
const takeBack = async (shelf: Shelf, old: NamedSource): Promise<void> => {
  // The manifest speaks of those names.
  await remove(shelf.out, PATHS.manifest);
  for (const file of old.files) {
    if (whereIs(shelf, file) === file.path) {
      await move(shelf.out, file.path, waiting(file));
      isAt(shelf, file, waiting(file));
    } else {
      // A file that is not the result any more, such as one of another size.
      await remove(shelf.out, file.path);
    }
  }
  await syncMoves(shelf.out, old.files);
  await remove(shelf.out, namedPath(old.id));
  shelf.named.delete(old.id);
};

/** What naming did. */
export type Naming = 'unchanged' | 'named' | 'renamed';

/** Gives the files of a source their names. Throws Io. */
export const placeSource = async (
  shelf: Shelf,
  id: string,
  files: readonly NamedFile[],
): Promise<Naming> => {
  const old = shelf.named.get(id);
  const same = old !== undefined && canonicalJson(old.files) === canonicalJson(files);
  const misplaced = files.filter((file) => whereIs(shelf, file) !== file.path);
  if (same && misplaced.length === 0) return 'unchanged';
  if (old !== undefined && !same) await takeBack(shelf, old);
  if (!same) {
    await writeFileAtomic(at(shelf.out, namedPath(id)), namedText(id, files));
    shelf.named.set(id, { format: 'tinyvmaf-ladder-named/1', id, files });
  }
  for (const file of files) {
    const from = whereIs(shelf, file);
    if (from === undefined || from === file.path) continue;
    await move(shelf.out, from, file.path);
    isAt(shelf, file, file.path);
  }
  await syncMoves(shelf.out, files);
  return old === undefined || same ? 'named' : 'renamed';
};
