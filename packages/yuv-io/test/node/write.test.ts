import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { openVideo as openBlob } from '../../src/index.js';
import { openVideo, writeVideo, writeVideoTE } from '../../src/node/index.js';
import { SMALL, blobOf, framesOf, leftOf, textures } from '../support.js';

const raw = rawFile(textures(3));

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tinyvmaf-write-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('writeVideo', () => {
  it('writes raw and Y4M files that read the same', async () => {
    const source = await openBlob(blobOf(raw), { raw: SMALL });
    const plain = join(dir, 'é out.yuv');
    await writeVideo(plain, SMALL, source.frames(), { container: 'raw' });
    expect(new Uint8Array(readFileSync(plain))).toEqual(raw);
    const framed = join(dir, 'out.y4m');
    const frameRate = { numerator: 25, denominator: 1 };
    await writeVideo(framed, SMALL, source.frames(), { container: 'y4m', frameRate });
    const again = await openVideo(framed);
    expect(again.info.frameRate).toEqual(frameRate);
    expect(await framesOf(again)).toEqual(await framesOf(source));
    await again.close();
  });

  it('keeps an older file when it fails, and leaves nothing behind', async () => {
    const path = join(dir, 'keep.yuv');
    writeFileSync(path, 'old');
    const cut = await openBlob(blobOf(y4mFile(textures(3)).subarray(0, 20000)));
    const before = readdirSync(dir);
    expect(
      await leftOf(writeVideoTE(path, SMALL, cut.frames(), { container: 'raw' })),
    ).toMatchObject({ _tag: 'TruncatedFrame' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(before);
  });

  it('says what the system said', async () => {
    const source = await openBlob(blobOf(raw), { raw: SMALL });
    const refused = (path: string): Promise<unknown> =>
      leftOf(writeVideoTE(path, SMALL, source.frames(), { container: 'raw' }));
    expect(await refused(join(dir, 'none', 'x.yuv'))).toMatchObject({
      _tag: 'Io',
      operation: 'write',
      target: join(dir, 'none', 'x.yuv'),
      errno: 'ENOENT',
    });
    expect(await refused(dir)).toMatchObject({ _tag: 'Io', errno: 'EISDIR' });
  });

  it.skipIf(!existsSync('/dev/full'))('notices a full disk', async () => {
    const source = await openBlob(blobOf(raw), { raw: SMALL });
    expect(
      await leftOf(writeVideoTE('/dev/full', SMALL, source.frames(), { container: 'raw' })),
    ).toMatchObject({ _tag: 'Io', errno: 'ENOSPC' });
  });

  it.skipIf(process.platform === 'win32')('writes through links and pipes', async () => {
    const source = await openBlob(blobOf(raw), { raw: SMALL });
    const target = join(dir, 'target.yuv');
    writeFileSync(target, '');
    symlinkSync(target, join(dir, 'link.yuv'));
    await writeVideo(join(dir, 'link.yuv'), SMALL, source.frames(), { container: 'raw' });
    expect(new Uint8Array(readFileSync(target))).toEqual(raw);
    const pipe = join(dir, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const reading = openVideo(pipe, { raw: SMALL }).then(framesOf);
    await writeVideo(pipe, SMALL, source.frames(), { container: 'raw' });
    expect(await reading).toHaveLength(3);
  });
});
