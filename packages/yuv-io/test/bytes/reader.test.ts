import { describe, expect, it } from 'vitest';
import { blobInput, streamInput } from '../../src/bytes/input.js';
import { blobPull, chunkPull } from '../../src/bytes/pull.js';
import { ByteReader } from '../../src/bytes/reader.js';
import { blobOf, errorOf, inPieces, latin1 } from '../support.js';

const DATA = Uint8Array.from({ length: 300 }, (_, i) => i & 255);

const readerOf = (...ends: number[]): ByteReader =>
  new ByteReader(chunkPull(inPieces(DATA, ends)), 'data');

const webStream = (...chunks: unknown[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk as Uint8Array);
      controller.close();
    },
  });

describe('ByteReader', () => {
  it('fills exactly, across and inside chunks, and reports the end by a short count', async () => {
    const reader = readerOf(1, 1, 7, 250);
    const target = new Uint8Array(100);
    expect(await reader.read(target)).toBe(100);
    expect(target).toEqual(DATA.subarray(0, 100));
    expect(await reader.read(target)).toBe(100);
    expect(await reader.read(target.subarray(0, 60))).toBe(60);
    expect(await reader.read(target)).toBe(40);
    expect(target.subarray(0, 40)).toEqual(DATA.subarray(260));
    expect(await reader.read(target)).toBe(0);
    expect(reader.position).toBe(300);
  });

  it('peeks without consuming, more and more, and past the end', async () => {
    const reader = readerOf(2, 5);
    expect(await reader.peek(4)).toEqual(DATA.subarray(0, 4));
    expect(reader.position).toBe(0);
    await reader.read(new Uint8Array(3));
    expect(await reader.peek(20)).toEqual(DATA.subarray(3, 23));
    expect((await reader.peek(5000)).length).toBe(297);
    const rest = new Uint8Array(297);
    expect(await reader.read(rest)).toBe(297);
    expect(rest).toEqual(DATA.subarray(3));
  });

  it('gives lines, the rest without newline, and refuses long ones', async () => {
    const bytes = latin1('one\n\nthree');
    for (const ends of [[], [1], [3], [4], [5], [2, 3, 4, 5, 6]]) {
      const reader = new ByteReader(chunkPull(inPieces(bytes, ends)), 'text');
      const next = async (): Promise<readonly [string, string]> => {
        const line = await reader.line(8);
        return [line.kind, String.fromCharCode(...line.bytes)];
      };
      expect(await next()).toEqual(['line', 'one']);
      expect(await next()).toEqual(['line', '']);
      expect(await next()).toEqual(['end', 'three']);
      expect(await next()).toEqual(['end', '']);
      expect(reader.position).toBe(bytes.length);
    }
    const long = new ByteReader(chunkPull(inPieces(latin1('123456789\n'), [])), 'text');
    expect((await long.line(8)).kind).toBe('tooLong');
    expect((await long.line(9)).kind).toBe('line');
  });

  it('skips with a small scratch', async () => {
    const reader = readerOf(100);
    expect(await reader.skip(250, new Uint8Array(16))).toBe(250);
    expect(await reader.peek(1)).toEqual(DATA.subarray(250, 251));
    expect(await reader.skip(250, new Uint8Array(16))).toBe(50);
  });

  it('reads Blobs from anywhere and web streams', async () => {
    const target = new Uint8Array(10);
    const blob = new ByteReader(blobPull(blobOf(DATA), 290), 'blob');
    expect(await blob.read(target)).toBe(10);
    expect(target).toEqual(DATA.subarray(290));
    expect(await blob.read(target)).toBe(0);
    const stream = streamInput(webStream(DATA.subarray(0, 4), DATA.subarray(4, 8)), 's').reader();
    expect(await stream.read(target)).toBe(8);
  });

  it('stops a waiting read on abort and on close, with Cancelled', async () => {
    const never: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const controller = new AbortController();
    const reader = new ByteReader(chunkPull(never), 'the pipe');
    const waiting = errorOf(() => reader.read(new Uint8Array(1), controller.signal));
    controller.abort();
    expect(await waiting).toMatchObject({ _tag: 'Cancelled', operation: 'Reading the pipe' });
    const other = new ByteReader(chunkPull(never), 'the pipe');
    const closing = errorOf(() => other.read(new Uint8Array(1)));
    await other.close();
    expect(await closing).toMatchObject({ _tag: 'Cancelled' });
    expect(await errorOf(() => other.read(new Uint8Array(1)))).toMatchObject({ _tag: 'Cancelled' });
  });

  it('turns failures of the platform into Io with its code', async () => {
    const broken: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })),
      }),
    };
    const reader = new ByteReader(chunkPull(broken), 'disk.yuv');
    expect(await errorOf(() => reader.read(new Uint8Array(1)))).toMatchObject({
      _tag: 'Io',
      operation: 'read',
      target: 'disk.yuv',
      errno: 'EIO',
    });
  });

  it('refuses chunks that are no bytes', async () => {
    const reader = new ByteReader(chunkPull(webStream('text')), 's');
    expect(await errorOf(() => reader.read(new Uint8Array(1)))).toMatchObject({
      _tag: 'Io',
      problem: 'the stream delivered a chunk of type string; Uint8Array is needed',
    });
  });

  it('lets a stream be read once and a Blob again', async () => {
    const stream = streamInput(webStream(DATA), 's');
    stream.reader();
    expect(() => stream.reader()).toThrow(/only once/);
    const blob = blobInput(blobOf(DATA), 'b');
    expect(await blob.reader().peek(1)).toEqual(await blob.reader(256).peek(1));
  });

  it('keeps no more than was looked at, however long the input', async () => {
    async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
      for (;;) {
        await Promise.resolve();
        yield new Uint8Array(65536);
      }
    }
    const reader = new ByteReader(chunkPull(endless()), 'zeros');
    const target = new Uint8Array(1000);
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 20000; i++) {
      await reader.peek(10);
      await reader.read(target);
    }
    expect(reader.position).toBe(20_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 2 ** 20);
  });
});
