// Opening by path: awkward names, directories, pipes, standard input (case A9).
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { openVideo, openVideoTE, openVideos, openVideosTE } from '../../src/node/index.js';
import { pipePull } from '../../src/node/pipe.js';
import { openDescriptor } from '../../src/node/file.js';
import { ByteReader } from '../../src/bytes/reader.js';
import { SMALL, errorOf, framesOf, leftOf, textures } from '../support.js';

const posix = process.platform !== 'win32';
const lumas = textures(5);
const raw = rawFile(lumas);
const y4m = y4mFile(lumas);
const data = lumas.map((luma) => luma.data);

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tinyvmaf-yuv-io-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string, bytes: Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
};

const fifo = (name: string): string => {
  const path = join(dir, name);
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  return path;
};

/** Another process that opens the path for writing and copies a file there. */
const feed = (source: string, path: string): void => {
  spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', source, path], { stdio: 'ignore' });
};

/** Descriptors of this process that stand for a path. */
const descriptors = (): number =>
  process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;

const planes = async (source: Awaited<ReturnType<typeof openVideo>>) =>
  (await framesOf(source)).map((frame) => frame.luma.data);

describe('files', () => {
  it.each(['a b.yuv', 'ref:1,\\é%20.yuv', '-d is=2.yuv', '测试.yuv', "q'[x]*?.yuv", 'file:%41'])(
    'takes the name %s as it is',
    async (name) => {
      if (!posix && /[:*?\\]/.test(name)) return;
      const folder = join(dir, "we ird [x] 100%41 'q'");
      mkdirSync(folder, { recursive: true });
      const path = join(folder, name);
      writeFileSync(path, raw);
      const source = await openVideo(path, { raw: SMALL });
      expect(source.info.name).toBe(path);
      expect(source.frameCount).toBe(5);
      expect(await planes(source)).toEqual(data);
      await source.close();
    },
  );

  it('gives any frame of a raw file, and closes it', async () => {
    const before = descriptors();
    const source = await openVideo(file('random.yuv', raw), { raw: SMALL, skip: 1 });
    expect((await source.randomAccess?.frame(2))?.luma.data).toEqual(data[3]);
    await source.close();
    await source.close();
    expect(descriptors()).toBe(before);
    expect(await errorOf(() => framesOf(source))).toMatchObject({ _tag: 'Io' });
  });

  it('reads two streams of one file one after the other, also after leaving early', async () => {
    const source = await openVideo(file('twice.y4m', y4m));
    for await (const frame of source.frames()) if (frame.index === 1) break;
    expect(await planes(source)).toEqual(data);
    await source.close();
  });

  it('lets go of a file that cannot be opened as video', async () => {
    const before = descriptors();
    const cut = file('cut.yuv', raw.subarray(0, 30000));
    expect(await leftOf(openVideoTE(cut, { raw: SMALL }))).toMatchObject({
      _tag: 'TruncatedFrame',
      source: cut,
      frame: 3,
    });
    await leftOf(openVideoTE(file('junk.bin', new Uint8Array(5000).fill(7))));
    await leftOf(openVideoTE(file('junk.y4m', y4m.subarray(0, 10))));
    expect(descriptors()).toBe(before);
  });

  it('says what the system said', async () => {
    expect(await leftOf(openVideoTE(join(dir, 'none.yuv')))).toMatchObject({
      _tag: 'Io',
      operation: 'open',
      target: join(dir, 'none.yuv'),
      errno: 'ENOENT',
    });
    expect(await leftOf(openVideoTE(''))).toMatchObject({ _tag: 'Io', errno: 'ENOENT' });
    expect(await leftOf(openVideoTE('a\0b'))).toMatchObject({ _tag: 'Io' });
    expect(await leftOf(openVideoTE(dir, { raw: SMALL }))).toMatchObject({
      _tag: 'Io',
      errno: 'EISDIR',
      problem: 'it is a directory, not a file',
    });
  });

  it.skipIf(!posix || process.getuid?.() === 0)('says when permission is missing', async () => {
    const path = file('secret.yuv', raw);
    chmodSync(path, 0);
    expect(await leftOf(openVideoTE(path))).toMatchObject({ _tag: 'Io', errno: 'EACCES' });
  });

  it('notices a file that is cut while it is read', async () => {
    const path = file('shrinks.yuv', raw);
    const source = await openVideo(path, { raw: SMALL });
    const error = await errorOf(async () => {
      for await (const frame of source.frames()) if (frame.index === 0) truncateSync(path, 30000);
    });
    expect(error).toMatchObject({ _tag: 'TruncatedFrame', frame: 3, presentBytes: 2352 });
    expect(await errorOf(async () => source.randomAccess?.frame(4))).toMatchObject({
      _tag: 'TruncatedFrame',
      presentBytes: 0,
    });
    await source.close();
  });

  it.skipIf(!posix)('reads devices until told to stop', async () => {
    const source = await openVideo('/dev/zero', { raw: SMALL, limit: 20 });
    expect(await framesOf(source)).toHaveLength(20);
    await source.close();
    const endless = await openVideo('/dev/zero', { raw: SMALL });
    expect(await errorOf(() => framesOf(endless, AbortSignal.timeout(100)))).toMatchObject({
      _tag: 'Cancelled',
    });
    await endless.close();
    expect(await leftOf(openVideoTE('/dev/null'))).toMatchObject({ _tag: 'NoFrames' });
  });
});

describe.skipIf(!posix)('named pipes', { timeout: 20000 }, () => {
  it.each([
    ['raw', raw, { raw: SMALL }],
    ['Y4M', y4m, {}],
  ] as const)('reads %s, writers starting in either order', async (kind, bytes, hints) => {
    const path = file(`pipe.${kind}`, bytes);
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const pipes = [fifo(`${kind}${order[0]}r`), fifo(`${kind}${order[0]}d`)] as const;
      const opening = openVideos(pipes.map((pipe) => ({ path: pipe, hints })));
      feed(path, pipes[order[0]]);
      await new Promise((done) => setTimeout(done, 100));
      feed(path, pipes[order[1]]);
      const sources = await opening;
      expect(sources.map(({ frameCount }) => frameCount)).toEqual([undefined, undefined]);
      for (const source of sources) {
        expect(await planes(source)).toEqual(data);
        await source.close();
      }
    }
  });

  it('does not deadlock on one writer that serves the second pipe first', async () => {
    const [first, second] = [fifo('one'), fifo('two')];
    const script = 'cat "$1" > "$3"; cat "$1" > "$2"';
    spawn('sh', ['-c', script, 'sh', file('one.y4m', y4m), first, second], { stdio: 'ignore' });
    const sources = await openVideos([{ path: first }, { path: second }]);
    for (const source of sources) {
      expect(await planes(source)).toEqual(data);
      await source.close();
    }
  });

  it('does not read one pipe twice at a time', async () => {
    // Each reader would get some of the bytes.
    const pipe = fifo('shared');
    const hints = { raw: SMALL };
    const both = [
      { path: pipe, hints },
      { path: pipe, hints },
    ];
    expect(await leftOf(openVideosTE(both))).toMatchObject({
      _tag: 'Io',
      problem: 'a pipe or stream can be read only once',
    });
    feed(file('s.yuv', raw), pipe);
    const source = await openVideo(pipe, hints);
    expect(await planes(source)).toEqual(data);
    await source.close();
  });

  it('reads a pipe whose writer waits already', async () => {
    const pipe = fifo('waiting');
    feed(file('w.y4m', y4m), pipe);
    await new Promise((done) => setTimeout(done, 200));
    const source = await openVideo(pipe);
    expect(await planes(source)).toEqual(data);
    expect(await errorOf(() => framesOf(source))).toMatchObject({
      _tag: 'Io',
      problem: 'a pipe or stream can be read only once',
    });
    await source.close();
  });

  it('says truncated, empty and encoded', async () => {
    const feedAndOpen = async (name: string, bytes: Uint8Array, hints = {}): Promise<unknown> => {
      const pipe = fifo(name);
      feed(file(`${name}.bin`, bytes), pipe);
      return errorOf(async () => {
        const source = await openVideo(pipe, hints);
        await framesOf(source);
      });
    };
    expect(await feedAndOpen('p1', raw.subarray(0, 30000), { raw: SMALL })).toMatchObject({
      _tag: 'TruncatedFrame',
      frame: 3,
      presentBytes: 2352,
    });
    expect(await feedAndOpen('p2', new Uint8Array(0), { raw: SMALL })).toMatchObject({
      _tag: 'NoFrames',
    });
    expect(await feedAndOpen('p3', new Uint8Array(0))).toMatchObject({ _tag: 'NoFrames' });
    const webm = Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84, 119, 101, 98, 109);
    expect(await feedAndOpen('p4', webm)).toMatchObject({
      _tag: 'UnsupportedFormat',
      found: 'a WebM file on a pipe or stream',
    });
  });

  it('gives up waiting for a writer on abort and on close', async () => {
    const before = descriptors();
    const silent = fifo('silent');
    const opened = await leftOf(openVideoTE(silent, {}, AbortSignal.timeout(50)));
    expect(opened).toMatchObject({ _tag: 'Cancelled' });
    const source = await openVideo(silent, { raw: SMALL });
    const reading = errorOf(() => framesOf(source));
    setTimeout(() => void source.close(), 50);
    expect(await reading).toMatchObject({ _tag: 'Cancelled' });
    const unread = await openVideo(silent, { raw: SMALL });
    await unread.close();
    await new Promise((done) => setTimeout(done, 50));
    expect(descriptors()).toBe(before);
  });

  it('gives up a pipe when the other video cannot be opened', async () => {
    const error = await leftOf(
      openVideosTE([{ path: fifo('lonely') }, { path: join(dir, 'none.y4m') }]),
    );
    expect(error).toMatchObject({ _tag: 'Io', errno: 'ENOENT' });
    const aborted = openVideosTE([{ path: fifo('lonely2') }], AbortSignal.timeout(50));
    expect(await leftOf(aborted)).toMatchObject({ _tag: 'Cancelled' });
  });

  it('lets the writer go when the reader leaves early', async () => {
    const pipe = fifo('endless');
    const writer = spawn('sh', ['-c', 'cat /dev/zero > "$1"', 'sh', pipe], { stdio: 'ignore' });
    const ended = new Promise((done) => writer.on('exit', done));
    const source = await openVideo(pipe, { raw: SMALL, limit: 2 });
    expect(await framesOf(source)).toHaveLength(2);
    await ended;
    await source.close();
  });

  it('holds the writer back while nobody asks for frames', async () => {
    const pipe = fifo('eager');
    const source = await openVideo(pipe, { raw: SMALL });
    let written = 0;
    const stream = createWriteStream(pipe, { highWaterMark: 1 });
    stream.on('error', () => undefined);
    const pump = (): void => {
      stream.write(new Uint8Array(9216), (error) => {
        if (error === null || error === undefined) {
          written += 1;
          pump();
        }
      });
    };
    pump();
    for await (const frame of source.frames()) {
      await new Promise((done) => setTimeout(done, 150));
      // A pipe holds 64 KiB, the stream's buffer as much again, and one frame is read ahead.
      expect(written).toBeLessThan(40);
      if (frame.index === 2) break;
    }
    stream.destroy();
    await source.close();
  });

  it('does the same where the system does not wait for a first writer', async () => {
    const pipe = fifo('polled');
    const reader = new ByteReader(pipePull(await openDescriptor(pipe), false), pipe);
    const target = new Uint8Array(raw.length + 1);
    const reading = reader.read(target);
    await new Promise((done) => setTimeout(done, 80));
    feed(file('polled.yuv', raw), pipe);
    expect(await reading).toBe(raw.length);
    expect(target.subarray(0, raw.length)).toEqual(raw);
    await reader.close();
    const silent = new ByteReader(pipePull(await openDescriptor(pipe), false), pipe);
    const waiting = errorOf(() => silent.read(target));
    setTimeout(() => void silent.close(), 50);
    expect(await waiting).toMatchObject({ _tag: 'Cancelled' });
  });
});
