/** From a path to bytes: what kind of thing lies there decides how it is read. */
import type { Stats } from 'node:fs';
import { isAbsolute, sep } from 'node:path';
import { isatty } from 'node:tty';
import { ioError, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { onceInput, onceOnly, type ByteInput } from '../bytes/input.js';
import { ByteReader } from '../bytes/reader.js';
import type { FileIdentity } from '../location.js';
import {
  OpenFile,
  closeDescriptor,
  devicePull,
  filePull,
  openDescriptor,
  statDescriptor,
} from './file.js';
import { pipePull, streamPull } from './pipe.js';

/** Spellings of standard input. Opening them anew would fail where it is a socket. */
const STDIN: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/**
 * The bytes under a path, or standard input for `-` and its device names. The
 * path is taken as it is: no URL, no pattern. Named pipes are opened at once,
 * so that their writer can start, and nothing waits here.
 * Throws `Io`, for directories and terminals as well.
 */
export const pathInput = async (path: string, name: string): Promise<ByteInput> => {
  if (STDIN.has(path)) return stdinInput(name);
  const fd = await mapped('open', name, openDescriptor(path));
  try {
    return descriptorInput(fd, await statDescriptor(fd), path, name);
  } catch (thrown) {
    await closeDescriptor(fd).catch(() => undefined);
    throw new TinyVmafException(ioError('open', name, thrown));
  }
};

/** Whether a path stands for standard input. */
export const isStdin = (path: string): boolean => STDIN.has(path);

const descriptorInput = (fd: number, stats: Stats, path: string, name: string): ByteInput => {
  if (stats.isDirectory()) throw new TinyVmafException(isDirectory(name));
  if (stats.isFIFO()) return pipeInput(fd, stats, name);
  if (isatty(fd)) throw new TinyVmafException(isTerminal(name));
  const file = new OpenFile(fd);
  if (!stats.isFile()) return onceInput(() => devicePull(file), name);
  return {
    name,
    size: stats.size,
    rereadable: true,
    file: fileIdentity(path, stats),
    reader: (start = 0) => new ByteReader(filePull(file, start), name),
    close: () => file.close(),
  };
};

/** What tells a file from another one, and from itself after a change. */
export const fileIdentity = (path: string, stats: Stats): FileIdentity => ({
  // Not normalised: `..` behind a link leads elsewhere than its spelling says.
  path: isAbsolute(path) ? path : `${process.cwd()}${sep}${path}`,
  device: stats.dev,
  inode: stats.ino,
  size: stats.size,
  modified: stats.mtimeMs,
});

// Two readers of one pipe would each get some of its bytes.
const openPipes = new Set<string>();

const pipeInput = (fd: number, { dev, ino }: Stats, name: string): ByteInput => {
  const pipe = `${dev}:${ino}`;
  if (openPipes.has(pipe)) throw new TinyVmafException(onceOnly(name));
  openPipes.add(pipe);
  const input = onceInput(() => pipePull(fd), name);
  return {
    ...input,
    close: async () => {
      await input.close();
      openPipes.delete(pipe);
    },
  };
};

// The process has one standard input, and its bytes come once.
let stdinTaken = false;

const stdinInput = (name: string): ByteInput => {
  if (isatty(0)) throw new TinyVmafException(isTerminal(name));
  if (stdinTaken) throw new TinyVmafException(onceOnly(name));
  stdinTaken = true;
  return onceInput(() => streamPull(process.stdin), name);
};

const isDirectory = (target: string): TinyVmafError => ({
  _tag: 'Io',
  operation: 'open',
  target,
  problem: 'it is a directory, not a file',
  errno: 'EISDIR',
});

const isTerminal = (target: string): TinyVmafError => ({
  _tag: 'Io',
  operation: 'read',
  target,
  problem: 'it is a terminal; pipe or redirect a video into it',
});

const mapped = async <A>(operation: string, name: string, work: Promise<A>): Promise<A> => {
  try {
    return await work;
  } catch (thrown) {
    throw new TinyVmafException(ioError(operation, name, thrown));
  }
};
