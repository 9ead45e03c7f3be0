/**
 * Housekeeping at the start of a build: the folders of a ladder are made,
 * leftovers of a run that was killed are removed, and, where that is asked
 * for, results that the plan does not use.
 */
import { readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError, TinyVmafException } from '@tinyvmaf/core';
import { isTemporary, makeFolder, syncFolder, writeFileAtomic } from '../store/atomic.js';
import { canonicalJson } from '../store/canonical.js';
import { at, namedPath, PATHS, recordPath, WORK, WORK_FORMAT } from './layout.js';
import type { LadderState } from './state.js';

/** Folders of results with names. */
const VISIBLE = ['ref', 'dis', 'enc'] as const;

const guard = async <A>(path: string, work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', path, thrown));
  }
};

/** Makes the hidden folder. Throws Io. */
export const makeWorkFolder = (out: string): Promise<void> =>
  guard(out, async () => {
    await makeFolder(at(out, WORK));
    for (const folder of [PATHS.jobs, PATHS.named, PATHS.temporary]) {
      await makeFolder(at(out, folder));
    }
  });

/** Marks the folder as a ladder and makes `ref`, `dis` and, where encodes are kept, `enc`. Throws Io, PathOutsideRoot. */
export const makeFolders = (out: string, keepEncodes: boolean): Promise<void> =>
  guard(out, async () => {
    await writeFileAtomic(at(out, PATHS.format), `${canonicalJson({ format: WORK_FORMAT })}\n`);
    const root = await realpath(out);
    for (const name of VISIBLE) {
      if (name === 'enc' && !keepEncodes) continue;
      await makeFolder(at(out, name));
      const target = await realpath(at(out, name));
      // A link to somewhere else would have us write there.
      if (target === join(root, name)) continue;
      throw new TinyVmafException({ _tag: 'PathOutsideRoot', path: at(out, name), target, root });
    }
  });

/** Removes what a killed run left: temporary files, and results without their record. */
export const sweep = (out: string): Promise<void> =>
  guard(out, async () => {
    for (const name of await readdir(at(out, PATHS.temporary))) {
      await rm(join(at(out, PATHS.temporary), name), { force: true });
    }
    for (const folder of [out, at(out, PATHS.named), at(out, WORK)]) {
      for (const name of await readdir(folder)) {
        if (isTemporary(name)) await rm(join(folder, name), { force: true });
      }
    }
    const jobs = at(out, PATHS.jobs);
    const names = await readdir(jobs);
    const recorded = new Set(names.filter((name) => name.endsWith('.json')));
    for (const name of names) {
      const unrecorded = /^([0-9a-f]{64})\.(?:yuv|enc)$/u.exec(name)?.[1];
      const orphan = unrecorded !== undefined && !recorded.has(`${unrecorded}.json`);
      if (orphan || isTemporary(name)) await rm(join(jobs, name), { force: true });
    }
  });

/** Removes results that no job of the plan has. @returns how many. */
export const prune = (
  out: string,
  state: LadderState,
  wanted: ReadonlySet<string>,
  ids: ReadonlySet<string>,
): Promise<number> =>
  guard(out, async () => {
    const unused = Object.entries(state.results).filter(([hash]) => !wanted.has(hash));
    for (const [hash, { yuv, encode }] of unused) {
      // The record first: without it the files count for nothing and are swept.
      await rm(at(out, recordPath(hash)), { force: true });
      await syncFolder(at(out, PATHS.jobs));
      for (const path of [yuv, encode]) {
        if (path !== undefined) await rm(at(out, path), { force: true });
      }
    }
    for (const id of Object.keys(state.named)) {
      if (!ids.has(id)) await rm(at(out, namedPath(id)), { force: true });
    }
    return unused.length;
  });
