/**
 * Files that appear under their name complete or not at all: written beside it
 * under a temporary name, forced to the disk, renamed, and the folder forced to
 * the disk too. A power cut at any moment leaves the old file or the new one.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, ioError, TinyVmafException, toPromise } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { Task } from './contracts.js';

const TEMPORARY = /^\.[^/]*\.[0-9a-f]{12}\.partial$/;

/** A name beside `file` that no other writer has: `.<name>.<random>.partial`. */
export const temporaryPath = (file: string): string =>
  path.join(
    path.dirname(file),
    // A name may have 255 bytes; what is added must fit as well.
    `.${path.basename(file).slice(0, 50)}.${randomBytes(6).toString('hex')}.partial`,
  );

/** Whether a name (without its folder) is one that {@link temporaryPath} gives. */
export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

/** Writes a file atomically; its folder must exist. Left: `Io`; nothing stays behind then. */
export const writeFileAtomicTE = (file: string, data: string | Uint8Array): Task<void> =>
  TE.tryCatch(
    () => writeAtomic(file, data),
    (thrown) => ioError('write', file, thrown),
  );

/** {@link writeFileAtomicTE} as a Promise; rejects with `TinyVmafException`. */
export const writeFileAtomic = (file: string, data: string | Uint8Array): Promise<void> =>
  toPromise(writeFileAtomicTE(file, data));

/**
 * Writes a file atomically and makes its folder where that is missing, also
 * when another process removes it in between.
 * @throws TinyVmafException `Io`
 */
export const writeIntoFolder = async (file: string, data: string | Uint8Array): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await writeAtomic(file, data);
    } catch (thrown) {
      if (errnoOf(thrown) !== 'ENOENT' || tries === MOST_TRIES) {
        throw new TinyVmafException(ioError('write', file, thrown));
      }
      await makeFolder(path.dirname(file));
    }
  }
};

const MOST_TRIES = 10;

/**
 * Gives a finished temporary file its name: forced to the disk, renamed over
 * whatever is there, folder forced to the disk. Left: `Io`; the temporary file
 * is then removed.
 */
export const commitFileTE = (temporary: string, file: string): Task<void> =>
  TE.tryCatch(
    () => commit(temporary, file),
    (thrown) => ioError('write', file, thrown),
  );

/** {@link commitFileTE} as a Promise; rejects with `TinyVmafException`. */
export const commitFile = (temporary: string, file: string): Promise<void> =>
  toPromise(commitFileTE(temporary, file));

/** Makes a folder and those above it, each forced to the disk; does nothing where it exists. */
export const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  // Every folder that has got a new entry: from the parent of the first new one down.
  const stop = path.dirname(path.resolve(first));
  for (let at = path.dirname(path.resolve(folder)); at.length >= stop.length;) {
    await syncFolder(at);
    if (at === stop) break;
    at = path.dirname(at);
  }
};

/** Forces a folder's list of names to the disk, where the platform lets one. */
export const syncFolder = async (folder: string): Promise<void> => {
  let handle;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (thrown) {
    // Windows opens no folders, some network file systems sync none.
    if (!UNSYNCABLE.has(errnoOf(thrown) ?? '')) throw thrown;
  } finally {
    await handle?.close();
  }
};

const UNSYNCABLE = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

const writeAtomic = async (file: string, data: string | Uint8Array): Promise<void> => {
  const temporary = temporaryPath(file);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(path.dirname(file));
};

const commit = async (temporary: string, file: string): Promise<void> => {
  try {
    const handle = await open(temporary, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(path.dirname(file));
};
