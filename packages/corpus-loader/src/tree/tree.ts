/**
 * A root with its files as layouts see them: a list, and a way to read small
 * text files of it. Reading resolves links once more, because the disk may
 * have changed since the files were listed.
 */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { ioError, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import type { Finding } from '../corpus/finding.js';
import type { Tree } from '../layouts/layout.js';
import { pathInside } from '../data-root/inside.js';
import { walkTE, type WalkOptions } from './walk.js';

/** Largest text file that is read whole, in bytes: 64 MiB. */
const MAX_TEXT_BYTES = 64 * 2 ** 20;

/** A tree with what was met while it was listed. */
export interface ListedTree {
  /** The files. */
  readonly tree: Tree;
  /** Names that were refused, links that lead outside, folders that could not be read. */
  readonly findings: readonly Finding[];
}

/**
 * Lists the files below `root`.
 * @param root absolute, links resolved.
 * Left: as {@link walkTE}.
 */
export const openTreeTE = (
  root: string,
  options: WalkOptions = {},
): TE.TaskEither<TinyVmafError, ListedTree> =>
  F.pipe(
    walkTE(root, options),
    TE.map(({ files, findings }) => ({
      tree: { root, files, readText: (path) => readTextTE(root, path) },
      findings,
    })),
  );

/**
 * A text file below `root`, UTF-8, without its byte order mark.
 * Left: `Io`, `PathOutsideRoot`, `TableFormat` above {@link MAX_TEXT_BYTES} or
 * where it is not UTF-8.
 */
export const readTextTE = (root: string, path: string): TE.TaskEither<TinyVmafError, string> =>
  TE.tryCatch(
    () => readText(root, path),
    (thrown) => ioError('read', path, thrown),
  );

const fail = (place: string, source: string, problem: string): never => {
  throw new TinyVmafException({ _tag: 'TableFormat', source, place, problem });
};

const readText = async (root: string, path: string): Promise<string> => {
  const real = await realpath(`${root}/${path}`);
  if (pathInside(root, real) === undefined) {
    throw new TinyVmafException({ _tag: 'PathOutsideRoot', path, target: real, root });
  }
  // Non-blocking, because a named pipe may have taken the file's place.
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) fail('the file', path, 'is no regular file');
    if (stats.size > MAX_TEXT_BYTES) {
      fail('the file', path, `has ${stats.size} bytes; at most ${MAX_TEXT_BYTES} are read`);
    }
    return decodeText(await file.readFile(), path);
  } finally {
    await file.close();
  }
};

const decodeText = (bytes: Uint8Array, path: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('the file', path, 'is not UTF-8 text');
  }
};
