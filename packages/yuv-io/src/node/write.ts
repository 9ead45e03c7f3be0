/**
 * Videos into files. A file appears under its name only when it is complete;
 * until then, and after a failure, an older file of that name stays as it was.
 */
import { createWriteStream } from 'node:fs';
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import {
  ioError,
  TinyVmafException,
  toPromise,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { attempt } from '../bytes/attempt.js';
import { rawChunks, y4mChunks, type FrameStream, type Y4mOptions } from '../write/chunks.js';

/** How to write: Y4M with its options, or headerless. */
export type VideoFileOptions =
  ({ readonly container: 'y4m' } & Y4mOptions) | { readonly container: 'raw' };

/**
 * Writes a video to a path: atomically for files, straight through for pipes
 * and devices, and to standard output for `-`. Left: `Io` with the system's
 * code (`ENOSPC`, `EPIPE`, ...), the error of the frames, `BadArgument` for
 * frames of another format.
 */
export const writeVideoTE = (
  path: string,
  format: VideoFormat,
  frames: FrameStream,
  options: VideoFileOptions,
): TE.TaskEither<TinyVmafError, void> =>
  attempt(async () => {
    const chunks =
      options.container === 'y4m' ? y4mChunks(format, frames, options) : rawChunks(format, frames);
    if (path === '-') return writeAll(process.stdout, chunks, 'standard output', false);
    return (await isSpecial(path)) ? writeThrough(path, chunks) : writeAtomic(path, chunks);
  });

/** {@link writeVideoTE} as a Promise; rejects with `TinyVmafException`. */
export const writeVideo = (
  path: string,
  format: VideoFormat,
  frames: FrameStream,
  options: VideoFileOptions,
): Promise<void> => toPromise(writeVideoTE(path, format, frames, options));

const isSpecial = async (path: string): Promise<boolean> => {
  try {
    // Behind a link there may be a device; the link itself must not be replaced either.
    const [target, self] = [await stat(path), await lstat(path)];
    if (target.isDirectory()) {
      const error = Object.assign(new Error('is a directory'), { code: 'EISDIR' });
      throw new TinyVmafException(ioError('write', path, error));
    }
    return !target.isFile() || self.isSymbolicLink();
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) throw thrown;
    return false;
  }
};

const writeThrough = async (path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  await writeAll(createWriteStream(path), chunks, path, true);
};

let serial = 0;

const writeAtomic = async (path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  serial++;
  const partial = `${path}.${process.pid}-${serial}.partial`;
  const step = async <A>(work: Promise<A>): Promise<A> => {
    try {
      return await work;
    } catch (thrown) {
      throw new TinyVmafException(ioError('write', path, thrown));
    }
  };
  const handle = await step(open(partial, 'wx'));
  try {
    for await (const chunk of chunks) {
      let written = 0;
      while (written < chunk.length) {
        const { bytesWritten } = await step(handle.write(chunk, written));
        written += bytesWritten;
      }
    }
    await step(handle.close());
    await step(rename(partial, path));
  } catch (thrown) {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true }).catch(() => undefined);
    throw thrown;
  }
};

const writeAll = async (
  stream: Writable,
  chunks: AsyncIterable<Uint8Array>,
  target: string,
  end: boolean,
): Promise<void> => {
  let failed: unknown;
  const failing = new Promise<never>((_resolve, reject) => {
    stream.on('error', (error) => {
      failed = error;
      reject(error);
    });
  });
  failing.catch(() => undefined);
  const step = async (work: Promise<unknown>): Promise<void> => {
    try {
      await Promise.race([work, failing]);
    } catch (thrown) {
      throw new TinyVmafException(ioError('write', target, thrown));
    }
  };
  try {
    for await (const chunk of chunks) {
      if (failed !== undefined) await step(failing);
      if (!stream.write(chunk)) await step(once(stream, 'drain'));
    }
    if (end) await step(new Promise((resolve) => stream.end(resolve)));
    else await step(new Promise((resolve) => stream.write('', resolve)));
  } catch (thrown) {
    if (end) stream.destroy();
    throw thrown;
  }
};
