/**
 * Samples that a program writes, on their way into a file: counted in frames,
 * hashed, and compared with a reference, all in the one pass.
 */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { ioError, TinyVmafException } from '@tinyvmaf/core';
import type { ResultFile } from './record.js';

/** What came by. */
export interface SamplesTaken extends ResultFile {
  /** Whole frames. */
  readonly frames: number;
  /** Bytes after the last whole frame. */
  readonly rest: number;
}

/** Is shown each whole frame with its number; the bytes are lent. */
export type FrameTap = (frame: Uint8Array, index: number) => Promise<void>;

/** Takes samples piece by piece. Owns one frame of memory. */
export interface SampleSink {
  take(piece: Buffer): Promise<void>;
  /** Forces the file to the disk and closes it. */
  finish(): Promise<SamplesTaken>;
  /** Closes the file after a failure. */
  abandon(): Promise<void>;
}

const writeAll = async (handle: FileHandle, path: string, bytes: Uint8Array): Promise<void> => {
  try {
    for (let done = 0; done < bytes.length;) {
      done += (await handle.write(bytes, done)).bytesWritten;
    }
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', path, thrown));
  }
};

/** Opens a new file for samples. Throws Io. */
export const openSink = async (
  path: string,
  frameBytes: number,
  tap?: FrameTap,
): Promise<SampleSink> => {
  const handle = await open(path, 'wx').catch((thrown: unknown) => {
    throw new TinyVmafException(ioError('write', path, thrown));
  });
  const hash = createHash('sha256');
  const frame = new Uint8Array(frameBytes);
  let [filled, frames] = [0, 0];
  const flush = async (): Promise<void> => {
    hash.update(frame);
    await tap?.(frame, frames);
    await writeAll(handle, path, frame);
    filled = 0;
    frames++;
  };
  return {
    take: async (piece) => {
      for (let done = 0; done < piece.length;) {
        const part = piece.subarray(done, done + frameBytes - filled);
        frame.set(part, filled);
        filled += part.length;
        done += part.length;
        if (filled === frameBytes) await flush();
      }
    },
    finish: async () => {
      try {
        await handle.sync();
        await handle.close();
      } catch (thrown) {
        throw new TinyVmafException(ioError('write', path, thrown));
      }
      return { bytes: frames * frameBytes, sha256: hash.digest('hex'), frames, rest: filled };
    },
    abandon: () => handle.close().catch(() => undefined),
  };
};

/** Reads a file of frames one by one, each into the same memory. */
export interface FrameReader {
  /** The frame's bytes, lent; undefined past the end. */
  read(index: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Opens a file of frames. Throws Io. */
export const openReader = async (path: string, frameBytes: number): Promise<FrameReader> => {
  const wrong = (thrown: unknown): never => {
    throw new TinyVmafException(ioError('read', path, thrown));
  };
  const handle = await open(path, 'r').catch(wrong);
  const frame = new Uint8Array(frameBytes);
  return {
    read: async (index) => {
      for (let done = 0; done < frameBytes;) {
        const { bytesRead } = await handle
          .read(frame, done, frameBytes - done, index * frameBytes + done)
          .catch(wrong);
        if (bytesRead === 0) return undefined;
        done += bytesRead;
      }
      return frame;
    },
    close: () => handle.close().catch(() => undefined),
  };
};
