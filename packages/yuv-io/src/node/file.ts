/**
 * Descriptors of files, devices and pipes. Everything is opened without
 * blocking, so that a named pipe nobody writes to never holds a thread of the
 * platform's pool; what was opened is asked of the descriptor, not of the
 * path, which may change in between.
 */
import { close, constants, fstat, open, read, type Stats } from 'node:fs';
import type { BytePull } from '../bytes/pull.js';

/** Opens a path for reading without waiting for anybody. Rejects with the system's error. */
export const openDescriptor = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    // Windows has no O_NONBLOCK; its pipes are opened like files.
    const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0;
    open(path, constants.O_RDONLY | nonBlocking, (error, fd) => {
      if (error === null) resolve(fd);
      else reject(error);
    });
  });

/** What a descriptor stands for. */
export const statDescriptor = (fd: number): Promise<Stats> =>
  new Promise((resolve, reject) => {
    fstat(fd, (error, stats) => {
      if (error === null) resolve(stats);
      else reject(error);
    });
  });

/** Closes a descriptor. */
export const closeDescriptor = (fd: number): Promise<void> =>
  new Promise((resolve, reject) => {
    close(fd, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/** One read into `target`; `position` null reads on from where the descriptor stands. */
export const readDescriptor = (
  fd: number,
  target: Uint8Array,
  position: number | null,
): Promise<number> =>
  new Promise((resolve, reject) => {
    read(fd, target, 0, target.length, position, (error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });

/**
 * An open file. Closing waits for reads under way, because the number of a
 * closed descriptor may be given to another file at once.
 */
export class OpenFile {
  readonly #fd: number;
  #reading = 0;
  #closing: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Bytes read into `target`, 0 at the end. `position` null for devices. */
  async read(target: Uint8Array, position: number | null): Promise<number> {
    if (this.#closing !== undefined) throw new Error('the file is closed');
    this.#reading++;
    try {
      return await readDescriptor(this.#fd, target, position);
    } finally {
      this.#reading--;
      if (this.#reading === 0) this.#idle?.();
    }
  }

  /** Closes once; later calls wait for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#closeWhenIdle();
    return this.#closing;
  }

  async #closeWhenIdle(): Promise<void> {
    if (this.#reading > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    // Nothing was written, so a failing close loses nothing.
    await closeDescriptor(this.#fd).catch(() => undefined);
  }
}

/** Pulls from a position of a regular file. The file stays open. */
export const filePull = (file: OpenFile, start: number): BytePull => {
  let position = start;
  return {
    pull: async (target) => {
      const count = await file.read(target, position);
      position += count;
      return count;
    },
    close: () => Promise.resolve(),
  };
};

/** Pulls from a device such as `/dev/zero`, and closes it in the end. */
export const devicePull = (file: OpenFile): BytePull => ({
  pull: (target) => file.read(target, null),
  close: () => file.close(),
});
