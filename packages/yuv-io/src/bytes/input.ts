/**
 * A whole byte input: something that can be read once or again and again, of
 * known or unknown size. Formats are read through this, so that files, Blobs,
 * streams and pipes look the same to them.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { FileIdentity } from '../location.js';
import { blobPull, chunkPull, type BytePull } from './pull.js';
import { ByteReader } from './reader.js';

/** Bytes of one input. */
export interface ByteInput {
  /** For messages. */
  readonly name: string;
  /** Total bytes; known for files and Blobs only. */
  readonly size?: number;
  /** Whether {@link reader} can be called more than once and with a start. */
  readonly rereadable: boolean;
  /** The file, where it is one that has a path. */
  readonly file?: FileIdentity;
  /**
   * A reader that starts `start` bytes into the input, default 0. An input
   * that is not rereadable throws `Io` on the second call.
   */
  reader(start?: number): ByteReader;
  /** Lets go of the file, stream or pipe, also while it is read; safe to call twice. */
  close(): Promise<void>;
}

/** A Blob or File as input. */
export const blobInput = (blob: Blob, name: string): ByteInput => ({
  name,
  size: blob.size,
  rereadable: true,
  reader: (start = 0) => new ByteReader(blobPull(blob, start), name),
  close: () => Promise.resolve(),
});

/** A web stream or async iterable of chunks as input, read once. */
export const streamInput = (
  chunks: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  name: string,
): ByteInput => onceInput(() => chunkPull(chunks), name);

/** An input whose bytes come by only once. */
export const onceInput = (open: () => BytePull, name: string): ByteInput => {
  let reader: ByteReader | undefined;
  return {
    name,
    rereadable: false,
    reader: () => {
      if (reader !== undefined) throw new TinyVmafException(onceOnly(name));
      reader = new ByteReader(open(), name);
      return reader;
    },
    close: async () => {
      // Opened here if never read, so that what was handed in is let go of.
      reader ??= new ByteReader(open(), name);
      await reader.close();
    },
  };
};

/** The error for reading a pipe or stream a second time. */
export const onceOnly = (name: string) =>
  ({
    _tag: 'Io',
    operation: 'read',
    target: name,
    problem: 'a pipe or stream can be read only once',
  }) as const;
