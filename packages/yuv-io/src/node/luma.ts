/**
 * Reads luma where a source says that it lies, for threads that compute: one
 * call per picture that waits for the disk, straight into the caller's memory,
 * chroma skipped. A file that is cut or changed meanwhile is noticed at the
 * next picture.
 */
import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { ioError, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { LITTLE_ENDIAN, swapPairs } from '../frames/buffer.js';
import type { FileIdentity, FrameLocation } from '../location.js';

/** An open file of located frames. */
export interface LumaReader {
  /**
   * Reads the luma of a frame.
   * @param index from 0, below the location's `frames`.
   * @param target all of its samples, `width * height`; written over.
   * @returns false where the frame does not begin with the location's mark:
   * frames do not lie where it says. `target` is then without meaning.
   * @throws TruncatedFrame for a file that was cut, Io for one that was
   * changed or cannot be read, as exceptions.
   */
  read(index: number, target: Uint8Array | Uint16Array): boolean;
  /** Closes the file; safe to call twice. */
  close(): void;
}

/** Whether the very file that was opened is still there under its path, unchanged. */
export const isLocated = ({ file }: FrameLocation): boolean => {
  try {
    const stats = statSync(file.path);
    return isSame(file, stats) && isUnchanged(file, stats);
  } catch {
    return false;
  }
};

/**
 * Opens a location.
 * @returns Left: Io where the file is not there any more, or another one is.
 */
export const openLuma = (location: FrameLocation): E.Either<TinyVmafError, LumaReader> => {
  const { name, file } = location;
  let fd: number;
  try {
    fd = openSync(file.path, 'r');
  } catch (thrown) {
    return E.left(ioError('open', name, thrown));
  }
  if (isSame(file, fstatSync(fd))) return E.right(reader(location, fd));
  closeSync(fd);
  return E.left(readError(name, 'another file has taken its place since it was opened'));
};

const isSame = ({ device, inode }: FileIdentity, { dev, ino }: Stats): boolean =>
  dev === device && ino === inode;

const isUnchanged = (file: FileIdentity, { size, mtimeMs }: Stats): boolean =>
  size === file.size && mtimeMs === file.modified;

const readError = (target: string, problem: string): TinyVmafError => ({
  _tag: 'Io',
  operation: 'read',
  target,
  problem,
});

const reader = (location: FrameLocation, fd: number): LumaReader => {
  const { name, file, start, stride, first, frames, mark } = location;
  const found = Buffer.alloc(mark.length);
  let open = true;

  /** Bytes that were there, fewer than asked for only at the file's end. */
  const fill = (target: Uint8Array, position: number): number => {
    let got = 0;
    while (got < target.length) {
      const count = readSync(fd, target, got, target.length - got, position + got);
      if (count === 0) break;
      got += count;
    }
    return got;
  };

  const mapped = <A>(work: () => A): A => {
    try {
      return work();
    } catch (thrown) {
      throw new TinyVmafException(ioError('read', name, thrown));
    }
  };

  /** Asked after the samples were read: what was changed before may be in them. */
  const requireUnchanged = (index: number): void => {
    const stats = mapped(() => fstatSync(fd));
    if (isUnchanged(file, stats)) return;
    // Where it ends now, whichever frame was read.
    const frame = Math.max(0, Math.floor((stats.size - start) / stride));
    if (frame >= first + frames) {
      throw new TinyVmafException(
        readError(name, `it was changed while it was read, at frame ${index} or before`),
      );
    }
    throw new TinyVmafException({
      _tag: 'TruncatedFrame',
      source: name,
      frame,
      neededBytes: stride - mark.length,
      presentBytes: Math.max(0, stats.size - start - frame * stride - mark.length),
      hint: `The file had ${file.size} bytes when it was opened and has ${stats.size} now.`,
    });
  };

  return {
    read(index, target) {
      const position = start + (first + index) * stride;
      const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      const got = mapped(() => {
        fill(found, position);
        return fill(bytes, position + mark.length);
      });
      requireUnchanged(index);
      if (got < bytes.length) {
        throw new TinyVmafException(
          readError(name, `frame ${index} gave ${got} of ${bytes.length} bytes of luma`),
        );
      }
      if (target instanceof Uint16Array && !LITTLE_ENDIAN) swapPairs(bytes);
      return found.toString('latin1') === mark;
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
};
