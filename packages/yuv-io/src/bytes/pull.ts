/**
 * The smallest thing that all byte inputs have in common: `read(2)`. Blobs,
 * streams and iterables are brought to it here, files and pipes in `node/`.
 */
import { BadChunk } from './bad-chunk.js';

/** Sequential bytes, pulled by the consumer. One call at a time. */
export interface BytePull {
  /**
   * Puts at least one byte at the front of `target` and resolves to how many;
   * 0 means the end. `target` is not empty. Rejects with whatever the platform throws.
   */
  pull(target: Uint8Array): Promise<number>;
  /** Lets go of the underlying thing, even while a pull is pending; safe to call twice. */
  close(): Promise<void>;
}

/** What yields chunks one by one. */
interface Chunks {
  next(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  stop(): Promise<void>;
}

/** Pulls from a web stream or any async iterable of chunks; copies, keeps at most one chunk. */
export const chunkPull = (
  chunks: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): BytePull => {
  const source = isWebStream(chunks) ? fromStream(chunks) : fromIterable(chunks);
  let chunk = new Uint8Array(0);
  let used = 0;
  let closed = false;
  return {
    pull: async (target) => {
      while (used === chunk.length) {
        const step = await source.next();
        if (step.done) return 0;
        if (!(step.value instanceof Uint8Array)) throw new BadChunk(step.value);
        chunk = step.value as Uint8Array<ArrayBuffer>;
        used = 0;
      }
      const count = Math.min(target.length, chunk.length - used);
      target.set(chunk.subarray(used, used + count));
      used += count;
      return count;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await source.stop();
    },
  };
};

/** Pulls from a Blob, starting `start` bytes into it. Memory: one pull's worth. */
export const blobPull = (blob: Blob, start: number): BytePull => {
  let position = start;
  return {
    pull: async (target) => {
      const part = blob.slice(position, position + target.length);
      const bytes = new Uint8Array(await part.arrayBuffer());
      target.set(bytes);
      position += bytes.length;
      return bytes.length;
    },
    close: () => Promise.resolve(),
  };
};

const isWebStream = (
  chunks: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): chunks is ReadableStream<Uint8Array> => 'getReader' in chunks;

// Not every browser makes ReadableStream async iterable, so the reader is used.
const fromStream = (stream: ReadableStream<Uint8Array>): Chunks => {
  const reader = stream.getReader();
  return {
    next: () => reader.read(),
    stop: () => reader.cancel().catch(() => undefined),
  };
};

const fromIterable = (iterable: AsyncIterable<Uint8Array>): Chunks => {
  const iterator = iterable[Symbol.asyncIterator]();
  return {
    next: async () => {
      const step = await iterator.next();
      return step.done === true ? { done: true } : { done: false, value: step.value };
    },
    stop: () => {
      // A generator answers `return` only after its pending step, which may
      // never come from a silent pipe: ask, do not wait.
      void Promise.resolve(iterator.return?.()).catch(() => undefined);
      return Promise.resolve();
    },
  };
};
