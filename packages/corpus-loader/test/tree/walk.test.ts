import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { nodeDisk, type Disk } from '../../src/tree/disk.js';
import { openTreeTE } from '../../src/tree/tree.js';
import { walkTE, type Listing } from '../../src/tree/walk.js';

const temp = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'walk-')));

const walk = async (...args: Parameters<typeof walkTE>): Promise<Listing> =>
  unwrap(await walkTE(...args)());

const paths = (listing: Listing): string[] => listing.files.map(({ path }) => path);
const codes = (listing: Listing): string[] =>
  listing.findings.map(({ code, path }) => `${code} ${path ?? ''}`).sort();

/** The real disk, and every path that was asked about. */
const watched = (): { disk: Disk; looked: string[]; resolved: string[] } => {
  const looked: string[] = [];
  const resolved: string[] = [];
  const disk: Disk = {
    entries: (folder, most) => (looked.push(folder), nodeDisk.entries(folder, most)),
    look: (path) => (looked.push(path), nodeDisk.look(path)),
    resolve: (path) => (resolved.push(path), nodeDisk.resolve(path)),
  };
  return { disk, looked, resolved };
};

describe('walking', () => {
  it('lists files in order, with sizes, without dot files and the store', async () => {
    const root = temp();
    mkdirSync(join(root, 'b/c'), { recursive: true });
    mkdirSync(join(root, 'my-store'));
    mkdirSync(join(root, '.tinyvmaf'));
    for (const name of ['b/c/x.yuv', 'b.yuv', 'my-store/s', '.tinyvmaf/t', '.hidden', 'b/._x.yuv'])
      writeFileSync(join(root, name), name);
    const listing = await walk(root, { skip: join(root, 'my-store') });
    expect(listing).toEqual({
      files: [
        { path: 'b.yuv', bytes: 5 },
        { path: 'b/c/x.yuv', bytes: 9 },
      ],
      findings: [],
    });
  });

  it('never looks at what lies outside, whatever links say', async () => {
    const [root, outside] = [temp(), temp()];
    mkdirSync(join(outside, 'folder'));
    writeFileSync(join(outside, 'folder/secret.yuv'), 'x');
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a/real.yuv'), 'abc');
    symlinkSync(join(outside, 'folder/secret.yuv'), join(root, 'file.yuv'));
    symlinkSync(join(outside, 'folder'), join(root, 'folder'));
    symlinkSync('..', join(root, 'up'));
    symlinkSync(`${root}-2`, join(root, 'broken'));
    symlinkSync('file.yuv', join(root, 'twice.yuv'));
    symlinkSync('a/real.yuv', join(root, 'inside.yuv'));
    const { disk, looked } = watched();
    const listing = await walk(root, { disk });
    expect(listing.files).toEqual([
      { path: 'a/real.yuv', bytes: 3 },
      { path: 'inside.yuv', bytes: 3, target: 'a/real.yuv' },
    ]);
    expect(codes(listing)).toEqual([
      'broken-link broken',
      'outside-root file.yuv',
      'outside-root folder',
      'outside-root twice.yuv',
      'outside-root up',
    ]);
    for (const path of looked) expect(path === root || path.startsWith(`${root}/`)).toBe(true);
  });

  it('ends in loops of links, and tells them', async () => {
    const root = temp();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    writeFileSync(join(root, 'a/b/x.yuv'), 'x');
    symlinkSync('..', join(root, 'a/b/up'));
    symlinkSync('../..', join(root, 'a/b/top'));
    symlinkSync('self', join(root, 'self'));
    symlinkSync('pong', join(root, 'ping'));
    symlinkSync('ping', join(root, 'pong'));
    symlinkSync('a/b', join(root, 'other'));
    const listing = await walk(root);
    expect(paths(listing)).toEqual(['a/b/x.yuv']);
    expect(codes(listing)).toEqual([
      'link-loop a/b/top',
      'link-loop a/b/up',
      'link-loop ping',
      'link-loop pong',
      'link-loop self',
      'linked-folder other',
    ]);
  });

  it('refuses pipes, sockets and devices without opening them', async () => {
    const root = temp();
    execFileSync('mkfifo', [join(root, 'pipe.yuv')]);
    const server = createServer().listen(join(root, 'socket.yuv'));
    await new Promise((done) => server.once('listening', done));
    symlinkSync('pipe.yuv', join(root, 'link.yuv'));
    const listing = await walk(root);
    server.close();
    expect(listing.files).toEqual([]);
    expect(codes(listing)).toEqual([
      'not-a-file link.yuv',
      'not-a-file pipe.yuv',
      'not-a-file socket.yuv',
    ]);
  });

  it('takes odd names and refuses those that no table can hold', async () => {
    const root = temp();
    const long = `${'n'.repeat(251)}.yuv`;
    const odd = [
      'ä ö.yuv',
      '"q", \'r\'.yuv',
      '-dash.yuv',
      '\uFFFD.yuv',
      '日本.yuv',
      long,
      '\\b.yuv',
    ];
    for (const name of odd) writeFileSync(join(root, name), '');
    writeFileSync(join(root, 'new\nline.yuv'), '');
    writeFileSync(join(root, 'bell\u0007.yuv'), '');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff, 0xfe])]), '');
    const listing = await walk(root);
    expect(paths(listing)).toEqual([...odd].sort());
    expect(codes(listing)).toEqual([
      'name-control-characters bell\u0007.yuv',
      'name-control-characters new\nline.yuv',
      'name-not-utf8 a\uFFFD\uFFFD',
    ]);
  });

  it('goes on after folders that cannot be read', async () => {
    const root = temp();
    mkdirSync(join(root, 'shut'));
    writeFileSync(join(root, 'x.yuv'), '');
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    const disk: Disk = {
      ...nodeDisk,
      entries: (folder, most) => {
        if (folder.endsWith('shut')) throw denied;
        return nodeDisk.entries(folder, most);
      },
    };
    const listing = await walk(root, { disk });
    expect(paths(listing)).toEqual(['x.yuv']);
    expect(listing.findings).toMatchObject([
      { code: 'unreadable-folder', path: 'shut', problem: 'cannot be read: permission denied' },
    ]);
  });

  it('stops at its limits, with both numbers', async () => {
    const root = temp();
    mkdirSync(join(root, 'a/b/c'), { recursive: true });
    writeFileSync(join(root, 'a/b/c/x.yuv'), '');
    writeFileSync(join(root, 'a/y.yuv'), '');
    const shallow = await walk(root, { limits: { depth: 2 } });
    expect(paths(shallow)).toEqual(['a/y.yuv']);
    expect(shallow.findings).toMatchObject([{ code: 'too-deep', path: 'a/b/c' }]);
    const few = await walk(root, { limits: { entries: 2 } });
    expect(few.findings).toMatchObject([{ code: 'too-many-files' }]);
  });

  it('fails where the root cannot be read, or on an abort', async () => {
    const gone = await walkTE(join(temp(), 'gone'))();
    expect(E.isLeft(gone) && errorMessage(gone.left)).toMatch(/there is no such file/);
    const aborted = await walkTE(temp(), { signal: AbortSignal.abort() })();
    expect(aborted).toMatchObject({ left: { _tag: 'Cancelled' } });
  });
});

describe('reading text', () => {
  it('reads UTF-8 inside the root only', async () => {
    const [root, outside] = [temp(), temp()];
    writeFileSync(join(root, 'a.csv'), '\uFEFFä');
    writeFileSync(join(root, 'latin.csv'), Buffer.from([0xe4]));
    writeFileSync(join(outside, 'b.csv'), 'secret');
    execFileSync('mkfifo', [join(root, 'pipe.csv')]);
    symlinkSync(join(outside, 'b.csv'), join(root, 'b.csv'));
    const { tree } = unwrap(await openTreeTE(root)());
    expect(await tree.readText('a.csv')()).toEqual(E.right('ä'));
    expect(await tree.readText('latin.csv')()).toMatchObject({ left: { _tag: 'TableFormat' } });
    expect(await tree.readText('b.csv')()).toMatchObject({ left: { _tag: 'PathOutsideRoot' } });
    expect(await tree.readText('pipe.csv')()).toMatchObject({ left: { _tag: 'TableFormat' } });
    expect(await tree.readText('nowhere.csv')()).toMatchObject({ left: { _tag: 'Io' } });
  });
});
