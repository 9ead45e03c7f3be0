/**
 * Files through WebCodecs in Node: the implementation is put in place, then
 * the same code as in a browser runs over a file on disk.
 */
import { ioError, printable, TinyVmafException } from '@tinyvmaf/core';
import { open, type FileHandle } from 'node:fs/promises';
import type { FrameSource, VideoHints } from '../../frame.js';
import type { ContainerBytes } from '../../video/demux.js';
import { openDecoded } from '../../video/open-container.js';
import { pumpPictures } from '../../video/pump.js';
import {
  IMPLEMENTATION_PACKAGE,
  IMPLEMENTATION_VERSION,
  type Implementation,
} from './implementation.js';

/** Puts WebCodecs classes on `globalThis`; rejects where none can be loaded. */
export type LoadWebCodecs = () => Promise<Implementation>;

/** `@napi-rs/webcodecs 1.3.1`. */
export const implementationName = ({ name, version }: Implementation): string =>
  version === undefined ? name : `${name} ${version}`;

/** An open file, checked to be a regular one: demuxing jumps about in it. */
export const openFile = async (
  path: string,
  source: string,
): Promise<{ readonly handle: FileHandle; readonly size: number }> => {
  let handle;
  try {
    handle = await open(path, 'r');
  } catch (thrown) {
    throw new TinyVmafException(ioError('open', source, thrown));
  }
  const stat = await handle.stat();
  if (stat.isFile()) return { handle, size: stat.size };
  await handle.close();
  throw new TinyVmafException({
    _tag: 'UnsupportedFormat',
    source,
    found: 'compressed video that is not a regular file',
    remedy: 'Save it to a file first: containers are read back and forth.',
  });
};

const fileBytes = (path: string, handle: FileHandle, size: number): ContainerBytes => ({
  size,
  read: async (offset, length) => {
    const buffer = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, offset);
    return buffer.subarray(0, bytesRead);
  },
  source: async () => new (await import('mediabunny')).FilePathSource(path),
});

const implementation = async (load: LoadWebCodecs, source: string): Promise<Implementation> => {
  try {
    return await load();
  } catch (thrown) {
    const words = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? '';
    throw new TinyVmafException({
      _tag: 'BackendUnavailable',
      backend: 'A WebCodecs implementation',
      problem: `is not installed, so ${source} cannot be decoded with it (${printable(words)})`,
      remedy: `Install it (npm install ${IMPLEMENTATION_PACKAGE}@${IMPLEMENTATION_VERSION}).`,
      cause: thrown,
    });
  }
};

/**
 * Opens a file with WebCodecs.
 * Throws `TinyVmafException`: `Io`, `BackendUnavailable`, and those of `openContainer`.
 */
export const openWithWebCodecs = async (
  path: string,
  hints: VideoHints,
  load: LoadWebCodecs,
): Promise<FrameSource> => {
  const source = hints.name ?? path;
  const { handle, size } = await openFile(path, source);
  try {
    const name = `webcodecs (${implementationName(await implementation(load, source))})`;
    return await openDecoded(source, fileBytes(path, handle, size), hints, {
      name,
      pictures: pumpPictures,
      native: true,
    });
  } finally {
    // The edit list has been read; the demuxer opens the file itself.
    await handle.close();
  }
};
