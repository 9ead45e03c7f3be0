/**
 * Reading and writing model files: bounded, hashed, and atomic. Functions here
 * throw `TinyVmafException`; the public ones of this folder turn that into lefts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, ioError, TinyVmafException } from '@tinyvmaf/core';
import { JSON_LIMITS } from '../model/index.js';

/** SHA-256 of bytes, 64 hexadecimal digits. */
export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** An exception for what the file system threw. */
const fileException = (operation: string, target: string, thrown: unknown): TinyVmafException =>
  new TinyVmafException(ioError(operation, target, thrown));

const refuse = (operation: string, target: string, problem: string, errno?: string): never => {
  throw new TinyVmafException({
    _tag: 'Io',
    operation,
    target,
    problem,
    ...(errno === undefined ? {} : { errno }),
  });
};

/**
 * Bytes of a regular file of at most 16 MiB.
 * @returns undefined where there is no such file and `optional` is set.
 */
export async function readBounded(path: string, optional: true): Promise<Uint8Array | undefined>;
export async function readBounded(path: string): Promise<Uint8Array>;
export async function readBounded(path: string, optional = false): Promise<Uint8Array | undefined> {
  try {
    const { size, ...kind } = await statOf(path);
    if (kind.folder) return refuse('read', path, 'it is a folder, not a file', 'EISDIR');
    if (!kind.file) return refuse('read', path, 'it is not a regular file');
    if (size > JSON_LIMITS.length) {
      return refuse('read', path, `it has ${size} bytes, a model at most ${JSON_LIMITS.length}`);
    }
    return await readFile(path);
  } catch (thrown) {
    const errno = errnoOf(thrown);
    if (optional && (errno === 'ENOENT' || errno === 'ENOTDIR')) return undefined;
    throw fileException('read', path, thrown);
  }
}

const statOf = async (
  path: string,
): Promise<{ readonly size: number; readonly file: boolean; readonly folder: boolean }> => {
  const found = await stat(path);
  return { size: found.size, file: found.isFile(), folder: found.isDirectory() };
};

/** What a path is; undefined where there is nothing. */
export const kindOf = async (path: string): Promise<'file' | 'folder' | undefined> => {
  try {
    return (await statOf(path)).folder ? 'folder' : 'file';
  } catch (thrown) {
    const errno = errnoOf(thrown);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    throw fileException('open', path, thrown);
  }
};

/** Text of a model file's bytes; throws `ModelFormat` where they are not UTF-8. */
export const textOf = (bytes: Uint8Array, source: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TinyVmafException({
      _tag: 'ModelFormat',
      source,
      path: 'the file',
      problem: 'is not UTF-8 text',
      cause,
    });
  }
};

/**
 * Writes a file so that at every moment its name stands for nothing, the old
 * content, or all of the new: a temporary file beside it, flushed, then renamed.
 */
export const writeAtomic = async (path: string, bytes: Uint8Array): Promise<void> => {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileException('write', path, thrown);
  }
  await flushFolder(folder);
};

/** Makes the renaming itself durable where the system lets folders be flushed. */
const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
};
