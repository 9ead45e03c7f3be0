/**
 * Where a result goes: standard output, a device, or a file that appears whole
 * or not at all. A place that cannot be written is refused before the work.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tryTask, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Terminal } from './terminal/terminal.js';

/** A checked destination. */
export interface Output {
  /** Whether the result goes to standard output. */
  readonly isStdout: boolean;
  /** Writes everything; an existing file is replaced only once all is on disk. */
  readonly writeTE: (text: string) => TE.TaskEither<TinyVmafError, void>;
}

const STDOUT_NAMES = ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];

const ioError = (operation: string, target: string, thrown: unknown): TinyVmafException => {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const problem = code === 'ENOSPC' ? 'no space left on the device' : message;
  return new TinyVmafException({
    _tag: 'Io',
    operation,
    target,
    problem,
    ...(code === undefined ? {} : { errno: code }),
    cause: thrown,
  });
};

/** Standard output. */
export const stdoutOutput = (terminal: Terminal): Output => ({
  isStdout: true,
  writeTE: (text) => tryTask(() => terminal.out(text)),
});

/**
 * Checks a destination by creating, and removing, the temporary file that the
 * result will need.
 * @param path a file, `-` or `/dev/stdout`. Fails with `Io` naming the path.
 */
export const openOutputTE = (
  path: string,
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, Output> =>
  tryTask(async () => {
    if (STDOUT_NAMES.includes(path)) return stdoutOutput(terminal);
    const kind = await kindOf(path);
    if (kind === 'folder') {
      throw ioError('write', path, new Error('it is a folder; name a file in it'));
    }
    if (kind === 'device') {
      return { isStdout: false, writeTE: (text) => tryTask(() => writeDevice(path, text)) };
    }
    const probe = temporaryName(path);
    try {
      const handle = await open(probe, 'wx');
      await handle.close();
      await rm(probe);
    } catch (thrown) {
      throw ioError('write', path, thrown);
    }
    return { isStdout: false, writeTE: (text) => tryTask(() => writeAtomically(path, text)) };
  });

const kindOf = async (path: string): Promise<'file' | 'folder' | 'device'> => {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'device';
  } catch {
    return 'file';
  }
};

/** Beside the target, since a rename is atomic within one file system only. */
const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

const writeDevice = async (path: string, text: string): Promise<void> => {
  try {
    await writeFile(path, text);
  } catch (thrown) {
    throw ioError('write', path, thrown);
  }
};

const writeAtomically = async (path: string, text: string): Promise<void> => {
  const temporary = temporaryName(path);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw ioError('write', path, thrown);
  }
};
