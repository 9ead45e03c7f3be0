/**
 * What a platform throws while bytes move, as an `Io` error. Known system codes
 * get words a person understands; everything else keeps the platform's text.
 */
import { TinyVmafException, type TinyVmafError } from './errors.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a directory, not a file',
  ENOTDIR: 'a part of the path is not a directory',
  ENXIO: 'it is a socket or a device that is not there',
  EIO: 'the device reported an input/output error',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many symbolic links',
  EROFS: 'the file system is read-only',
  EPIPE: 'the reader closed the pipe',
};

// A file that is not there can be written; its folder must be.
const WRITE_WORDS: Readonly<Record<string, string>> = {
  ...WORDS,
  ENOENT: 'there is no such directory',
};

/** The system's code of a thrown thing: `ENOENT`; `undefined` where there is none. */
export const errnoOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;

/**
 * The error for something thrown while `target` was read, written or opened.
 * The data of a `TinyVmafException` passes unchanged; an abort is `Cancelled`.
 * @param operation verb of the message: `read`, `write`, `open`, `download`.
 * @param target file or address.
 */
export const ioError = (operation: string, target: string, thrown: unknown): TinyVmafError => {
  if (thrown instanceof TinyVmafException) return thrown.error;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return cancelled(operation, target, thrown);
  }
  const errno = errnoOf(thrown);
  const words = operation === 'write' ? WRITE_WORDS : WORDS;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const problem = (errno === undefined ? undefined : words[errno]) ?? (text || 'unknown reason');
  return {
    _tag: 'Io',
    operation,
    target,
    problem,
    ...(errno === undefined ? {} : { errno }),
    cause: thrown,
  };
};

/** `Cancelled` while `target` was read, written or opened. */
export const cancelled = (operation: string, target: string, cause?: unknown): TinyVmafError => {
  const doing = operation === 'write' ? 'Writing' : operation === 'open' ? 'Opening' : 'Reading';
  return { _tag: 'Cancelled', operation: `${doing} ${target}`, cause };
};
