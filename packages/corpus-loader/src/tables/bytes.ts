/**
 * The bytes of a table: a file, unpacked where it is gzip (judged by its first
 * bytes), checked to be UTF-8 as they pass. Bounded memory, whatever the
 * length.
 */
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ioError, throwIfAborted, TinyVmafException } from '@tinyvmaf/core';

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

const wrap = (path: string, thrown: unknown): TinyVmafException => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  // Z_DATA_ERROR, Z_BUF_ERROR: the system has nothing to say about those.
  return new TinyVmafException(
    code.startsWith('Z_')
      ? {
          _tag: 'TableFormat',
          source: path,
          place: 'the compressed data',
          problem: 'is damaged or cut short',
          cause: thrown,
        }
      : ioError('read', path, thrown),
  );
};

async function* unpacked(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const chunks = (file as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (let step = await chunks.next(); step.done !== true; step = await chunks.next()) {
        yield step.value;
      }
    } finally {
      file.destroy();
    }
  }
  if (!isGzip(head)) {
    yield* rest();
    return;
  }
  const gunzip = createGunzip();
  // The callback keeps errors from escaping; the iteration below throws them.
  pipeline(Readable.from(rest()), gunzip, () => undefined);
  yield* gunzip as AsyncIterable<Uint8Array>;
}

/**
 * The bytes of a text file, unpacked. Throws `Io`, `TableFormat` for damaged
 * gzip and for what is not UTF-8, `Cancelled`.
 */
export async function* textBytes(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (bytes: Uint8Array, stream: boolean): void => {
    try {
      decoder.decode(bytes, { stream });
    } catch (cause) {
      const problem = 'is not UTF-8 text';
      throw new TinyVmafException({
        _tag: 'TableFormat',
        source: path,
        place: 'the file',
        problem,
        cause,
      });
    }
  };
  try {
    for await (const bytes of unpacked(path)) {
      throwIfAborted(signal, `Reading ${path}`);
      check(bytes, true);
      yield bytes;
    }
    check(new Uint8Array(), false);
  } catch (thrown) {
    throw thrown instanceof TinyVmafException ? thrown : wrap(path, thrown);
  }
}

/** Largest unpacked text that is read whole, in bytes: 64 MiB. */
const MAX_TEXT = 64 * 2 ** 20;

/** A text file whole, without its byte order mark. Throws as {@link textBytes}, and `TableFormat` above 64 MiB. */
export const wholeText = async (path: string, signal?: AbortSignal): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of textBytes(path, signal)) {
    length += bytes.length;
    if (length > MAX_TEXT) {
      const problem = `has more than ${MAX_TEXT} bytes; tables of that size are read as CSV only`;
      throw new TinyVmafException({
        _tag: 'TableFormat',
        source: path,
        place: 'the file',
        problem,
      });
    }
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
};
