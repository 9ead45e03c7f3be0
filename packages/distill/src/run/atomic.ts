/** Files that appear under their name whole or not at all, whatever happens in between. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, ioError, TinyVmafException } from '@tinyvmaf/core';

/**
 * Writes a file beside its place, forces it to the disk and renames it.
 * @throws TinyVmafException `Io`; nothing stays behind then.
 */
export const writeWhole = async (file: string, data: string | Uint8Array): Promise<void> => {
  const temporary = join(
    dirname(file),
    `.${basename(file)}.${randomBytes(6).toString('hex')}.partial`,
  );
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new TinyVmafException(ioError('write', file, thrown));
  }
};

/** Codes of platforms and file systems that cannot force a folder to the disk. */
const UNSYNCABLE = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF']);

const syncFolder = async (folder: string): Promise<void> => {
  let handle;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (thrown) {
    if (!UNSYNCABLE.has(errnoOf(thrown) ?? '')) throw thrown;
  } finally {
    await handle?.close();
  }
};
