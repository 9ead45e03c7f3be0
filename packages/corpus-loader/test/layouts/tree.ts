// Trees that exist in memory only.
import { taskEither as TE } from 'fp-ts';
import type { Tree, TreeFile } from '../../src/layouts/layout.js';

/** One frame of the assumed geometry. */
export const HD_FRAME = 3_110_400;

/** A tree of files with their sizes; text files are given by their text. */
export const memoryTree = (
  entries: Readonly<Record<string, number | string | { bytes: number; target: string }>>,
): Tree => {
  const files = Object.entries(entries)
    .map(([path, value]): TreeFile =>
      typeof value === 'number'
        ? { path, bytes: value }
        : typeof value === 'string'
          ? { path, bytes: Buffer.byteLength(value) }
          : { path, ...value },
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    root: '/corpus',
    files,
    readText: (path) => {
      const value = entries[path];
      return typeof value === 'string'
        ? TE.right(value)
        : TE.left({
            _tag: 'Io',
            operation: 'read',
            target: path,
            problem: 'there is no such file',
          });
    },
  };
};
