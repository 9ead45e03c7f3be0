/**
 * Named pipes and standard input. A pipe is read through the event loop, so
 * that waiting for a writer costs no thread and can be given up at any time.
 */
import { Socket } from 'node:net';
import type { BytePull } from '../bytes/pull.js';
import { chunkPull } from '../bytes/pull.js';
import { readDescriptor } from './file.js';

const POLL_MS = 20;
const FIRST_READ = 65536;

/**
 * Pulls from a pipe opened without blocking, waiting for its first writer.
 * @param waits whether the system's event queue waits for a first writer.
 *   Linux does; others report the end at once, so there the pipe is asked
 *   every 20 ms until something comes. A writer that opens and closes without
 *   a byte is not noticed in that form.
 */
export const pipePull = (fd: number, waits = process.platform === 'linux'): BytePull =>
  waits ? socketPull(fd) : pollingPull(fd);

const pollingPull = (fd: number): BytePull => {
  let polling: Promise<Uint8Array> | undefined;
  let socket: BytePull | undefined;
  let closed = false;
  let first: Uint8Array = new Uint8Array(0);
  return {
    pull: async (target) => {
      if (polling === undefined) {
        polling = firstBytes(fd, () => closed);
        first = await polling;
        if (closed) return 0;
        socket = socketPull(fd);
      }
      if (first.length === 0) return socket?.pull(target) ?? 0;
      const count = Math.min(first.length, target.length);
      target.set(first.subarray(0, count));
      first = first.subarray(count);
      return count;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await polling?.catch(() => undefined);
      await (socket ?? socketPull(fd)).close();
    },
  };
};

const firstBytes = async (fd: number, isClosed: () => boolean): Promise<Uint8Array> => {
  const buffer = new Uint8Array(FIRST_READ);
  while (!isClosed()) {
    const count = await readDescriptor(fd, buffer, null).catch((thrown: unknown) => {
      // A writer is there and has written nothing yet.
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return 0;
      throw thrown;
    });
    if (count > 0) return buffer.subarray(0, count);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return buffer.subarray(0, 0);
};

const socketPull = (fd: number): BytePull => {
  const socket = new Socket({ fd, readable: true, writable: false });
  return streamPull(socket);
};

/** Pulls from a Node stream; closing destroys it. */
export const streamPull = (
  stream: AsyncIterable<Uint8Array> & {
    destroy(): unknown;
    on(event: 'error', f: () => void): unknown;
  },
): BytePull => {
  // After closing nobody listens any more, and an unheard error ends a process.
  stream.on('error', () => undefined);
  const chunks = chunkPull(stream);
  return {
    pull: (target) => chunks.pull(target),
    close: async () => {
      stream.destroy();
      await chunks.close();
    },
  };
};
