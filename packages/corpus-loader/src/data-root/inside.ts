/**
 * What lies inside a folder and what does not: pure arithmetic on paths, for
 * real paths after links are resolved and for the relative paths that
 * manifests hold. Nothing here looks at a disk.
 */
import { isAbsolute, relative, sep } from 'node:path';
import { either as E } from 'fp-ts';

/**
 * Path of `target` relative to `root`, joined by `/`; empty for the root
 * itself, `undefined` where it lies outside. Both absolute, links resolved.
 */
export const pathInside = (root: string, target: string): string | undefined => {
  const path = relative(root, target);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return sep === '/' ? path : path.split(sep).join('/');
};

const DRIVE = /^[A-Za-z]:/;

/**
 * A relative path, as somebody wrote it into a file that lies in `folder`, as a
 * path relative to the root. `/` and `\` both part folders; `.` and `..` are
 * worked out. Left: why it is refused.
 * @param folder relative to the root, joined by `/`; empty for the root.
 */
export const joinInside = (folder: string, given: string): E.Either<string, string> => {
  const path = given.replaceAll('\\', '/');
  if (path === '') return E.left('it is empty');
  if (path.includes('\0')) return E.left('it holds a NUL character');
  if (path.startsWith('/') || DRIVE.test(path)) {
    return E.left('it is absolute; paths are relative to the file that names them');
  }
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return E.left('it leads outside the data root');
  }
  return parts.length === 0 ? E.left('it names a folder') : E.right(parts.join('/'));
};

/** Folder of a path joined by `/`; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Last part of a path joined by `/`. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
