/**
 * Where a result goes: standard output, a device, or a file that appears whole
 * or not at all. A place that cannot be written is refused before the work.
 */
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { ioError, TinyVmafException, tryTask, unwrap, type TinyVmafError } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';
import type { Terminal } from './terminal/terminal.js';

/** A checked destination. */
export interface Output {
  /** Whether the result goes to standard output. */
  readonly isStdout: boolean;
  /** Writes everything; an existing file is replaced only once all is on disk. */
  readonly writeTE: (text: string) => TE.TaskEither<TinyVmafError, void>;
}

const STDOUT_NAMES = ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];

/** Standard output. */
export const stdoutOutput = (terminal: Terminal): Output => ({
  isStdout: true,
  writeTE: (text) => tryTask(() => terminal.out(text)),
});

/**
 * Checks a destination by creating, and removing, the temporary file that the
 * result will need. Fails with `Io` that names the path, or `BadArgument` for an
 * input.
 * @param path a file, `-` or `/dev/stdout`.
 * @param inputs files of this run, which the result must not replace.
 */
export const openOutputTE = (
  path: string,
  inputs: readonly string[],
  terminal: Terminal,
): TE.TaskEither<TinyVmafError, Output> =>
  tryTask(async () => {
    if (STDOUT_NAMES.includes(path)) return stdoutOutput(terminal);
    const kind = await kindOf(path);
    if (kind === 'folder') throw new TinyVmafException(isFolder(path));
    for (const input of inputs) {
      if (await isSameFile(path, input)) throw new TinyVmafException(isInput(path));
    }
    const write = kind === 'device' ? writeDevice : writeAtomically;
    // What a link points to is written, and the link stays.
    const target = kind === 'file' ? await realpath(path).catch(() => path) : path;
    const attempt = (work: () => Promise<void>): TE.TaskEither<TinyVmafError, void> =>
      TE.tryCatch(work, (thrown) => ioError('write', path, thrown));
    if (kind === 'file') unwrap(await attempt(() => probe(target))());
    return { isStdout: false, writeTE: (text) => attempt(() => write(target, text)) };
  });

const isFolder = (target: string): TinyVmafError => ({
  _tag: 'Io',
  operation: 'write',
  target,
  problem: 'it is a folder; name a file in it',
});

const isInput = (value: string): TinyVmafError => ({
  _tag: 'BadArgument',
  argument: '--output',
  rule: 'must not be an input of this run, which the log would replace',
  value,
});

const isSameFile = async (a: string, b: string): Promise<boolean> => {
  try {
    const [one, other] = await Promise.all([stat(a, { bigint: true }), stat(b, { bigint: true })]);
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    // One that is not there, or not a path at all, is not the other.
    return false;
  }
};

const probe = async (path: string): Promise<void> => {
  const temporary = temporaryName(path);
  const handle = await open(temporary, 'wx');
  await handle.close();
  await rm(temporary);
};

const kindOf = async (path: string): Promise<'file' | 'folder' | 'device'> => {
  if (path.endsWith('/') || path.endsWith(sep)) return 'folder';
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
  join(dirname(path), `.tinyvmaf-${randomBytes(6).toString('hex')}.tmp`);

const writeDevice = (path: string, text: string): Promise<void> => writeFile(path, text);

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
    throw thrown;
  }
};
