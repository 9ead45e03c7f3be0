/** Folders whose names say on which side of a comparison their files are. */
import { folderOf } from '../data-root/inside.js';

const REFERENCES = new Set(['refs', 'ref', 'references']);
const DISTORTED = new Set(['dists', 'dis', 'distorted']);

/** The folder that holds both sides, and which side a file is on. */
export interface Side {
  readonly place: string;
  readonly side: 'reference' | 'distorted';
}

/** Side of a file by the first folder of its path that names one; `undefined` where none does. */
export const sideOf = (path: string): Side | undefined => {
  const folder = folderOf(path);
  const parts = folder === '' ? [] : folder.split('/');
  for (const [i, part] of parts.entries()) {
    const name = part.toLowerCase();
    const side = REFERENCES.has(name) ? 'reference' : DISTORTED.has(name) ? 'distorted' : undefined;
    if (side !== undefined) return { place: parts.slice(0, i).join('/'), side };
  }
  return undefined;
};
