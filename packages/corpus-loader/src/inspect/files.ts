/** Checks of single files: is it there as it was, does its end read, is it what its hash says. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import {
  errorMessage,
  frameBytes,
  ioError,
  throwIfAborted,
  TinyVmafException,
} from '@tinyvmaf/core';
import { openVideo } from '@tinyvmaf/yuv-io/node';
import type { MediaFile } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { pathInside } from '../data-root/inside.js';
import { missingEnd } from './ends.js';
import { y4mFrames } from './y4m.js';

/** What is looked at. */
export interface FileChecks {
  /** Read every file whole and compare SHA-256 with what a manifest promises. */
  readonly hashes?: boolean | undefined;
  /** Decode encoded videos to their end and count frames. */
  readonly decode?: boolean | undefined;
  /** Fires to give up. */
  readonly signal?: AbortSignal | undefined;
}

/** A file after it was looked at. */
export interface CheckedFile {
  readonly findings: readonly Finding[];
  /** Frames that were counted; only where the size or decoding tells. */
  readonly frames?: number;
}

const AGAIN = 'Copy or build the file again.';

const error = (code: string, path: string, problem: string, remedy = AGAIN): Finding => ({
  code,
  severity: 'error',
  path,
  problem,
  remedy,
});

const BLOCK = 2 ** 20;

/** Reads `length` bytes from `start`; answers how many there were. */
const readFully = async (file: FileHandle, start: number, length: number): Promise<number> => {
  const buffer = Buffer.allocUnsafe(Math.min(BLOCK, length));
  let done = 0;
  while (done < length) {
    const size = Math.min(buffer.length, length - done);
    const { bytesRead } = await file.read(buffer, 0, size, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
};

const sha256Of = async (file: FileHandle, signal: AbortSignal | undefined): Promise<string> => {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BLOCK);
  for (let at = 0; ;) {
    throwIfAborted(signal, 'Checking the corpus');
    const { bytesRead } = await file.read(buffer, 0, BLOCK, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
};

const checkRaw = async (
  handle: FileHandle,
  file: MediaFile,
  bytes: number,
): Promise<CheckedFile> => {
  if (file.format === undefined) return { findings: [] };
  const size = frameBytes(file.format);
  const frames = bytes / size;
  if (!Number.isInteger(frames) || frames === 0) {
    const whole = Math.floor(frames);
    const problem = `has ${bytes} bytes: ${whole} frames of ${size} and ${bytes - whole * size} bytes more`;
    return { findings: [error('not-whole-frames', file.path, problem)] };
  }
  const read = await readFully(handle, bytes - size, size);
  if (read === size) return { findings: [], frames };
  const problem = `its last frame does not read: ${size} bytes needed, ${read} came`;
  return { findings: [error('unreadable-end', file.path, problem)] };
};

/**
 * Opens an encoded video, and takes its first frame, or all where `decode` says
 * so. One that is shorter than it says is not opened. The end of a Y4M is looked at in place; where that does not tell, it is
 * read whole.
 */
const checkEncoded = async (
  handle: FileHandle,
  real: string,
  file: MediaFile,
  bytes: number,
  checks: FileChecks,
): Promise<CheckedFile> => {
  const needed = await missingEnd(handle, bytes);
  if (needed !== undefined) {
    const problem = `is cut off: ${needed} bytes needed, ${bytes} present`;
    return { findings: [error('cut-off', file.path, problem)] };
  }
  const source = await openVideo(real, { name: file.path }, checks.signal);
  const isY4m = source.info.container === 'y4m';
  let frames: number | undefined;
  try {
    frames = isY4m ? await y4mFrames(handle, bytes, source.format) : undefined;
    const all = checks.decode === true || (isY4m && frames === undefined);
    const counted = await count(source.frames(checks.signal), all);
    if (counted === 0) return { findings: [error('no-frames', file.path, 'holds no frame')] };
    if (all) frames = counted;
  } finally {
    await source.close();
  }
  if (frames === undefined) return { findings: [] };
  if (file.frames === undefined || file.frames === frames) return { findings: [], frames };
  const problem = `has ${frames} frames; the manifest promises ${file.frames}`;
  return { findings: [error('frame-count', file.path, problem)], frames };
};

const count = async (frames: AsyncIterable<unknown>, all: boolean): Promise<number> => {
  let seen = 0;
  for await (const _frame of frames) {
    seen++;
    if (!all) break;
  }
  return seen;
};

const checkOpened = async (
  handle: FileHandle,
  real: string,
  file: MediaFile,
  checks: FileChecks,
): Promise<CheckedFile> => {
  const stats = await handle.stat();
  if (!stats.isFile()) {
    return { findings: [error('not-a-file', file.path, 'is no regular file any more')] };
  }
  const findings: Finding[] = [];
  if (stats.size !== file.bytes) {
    const problem = `has ${stats.size} bytes; it had ${file.bytes} when the folder was read`;
    findings.push(error('size-changed', file.path, problem, 'Read the folder again.'));
  }
  const read =
    file.format === undefined
      ? await checkEncoded(handle, real, file, stats.size, checks)
      : await checkRaw(handle, file, stats.size);
  findings.push(...read.findings);
  if (checks.hashes === true && file.sha256 !== undefined) {
    const actual = await sha256Of(handle, checks.signal);
    if (actual !== file.sha256) {
      const problem = `has the SHA-256 ${actual}; the manifest promises ${file.sha256}`;
      findings.push(error('hash-mismatch', file.path, problem));
    }
  }
  return { ...read, findings };
};

/** Errors that make a check impossible here and say nothing against the file. */
const isMachine = (thrown: TinyVmafException): boolean =>
  thrown.error._tag === 'BackendUnavailable';

/**
 * Looks at one file of a corpus. Whatever is wrong becomes a finding; only an
 * abort is thrown, as `Cancelled`.
 */
export const checkFile = async (
  root: string,
  file: MediaFile,
  checks: FileChecks,
): Promise<CheckedFile> => {
  throwIfAborted(checks.signal, 'Checking the corpus');
  let handle: FileHandle | undefined;
  try {
    const real = await realpath(`${root}/${file.path}`);
    if (pathInside(root, real) === undefined) {
      const problem = `leads to ${real}, outside the data root`;
      return { findings: [error('outside-root', file.path, problem, 'Copy it into the root.')] };
    }
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    return await checkOpened(handle, real, file, checks);
  } catch (thrown) {
    const exception =
      thrown instanceof TinyVmafException
        ? thrown
        : new TinyVmafException(ioError('read', file.path, thrown));
    if (exception.error._tag === 'Cancelled') throw exception;
    const problem = errorMessage(exception.error);
    if (isMachine(exception)) {
      const code = 'not-checked';
      return { findings: [{ code, severity: 'warning', path: file.path, problem, remedy: '' }] };
    }
    const gone = exception.error._tag === 'Io' && exception.error.errno === 'ENOENT';
    return { findings: [error(gone ? 'missing-file' : 'unreadable', file.path, problem)] };
  } finally {
    await handle?.close();
  }
};
