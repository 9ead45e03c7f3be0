// cases.md A5: files cut in mid-frame, empty files, and video files given as raw samples.
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, T, write, y4mClip } from '../support/files.js';

describe.skipIf(!has('shared'))('A5 truncated input', () => {
  const { path } = scratch();
  const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, 30_000);
  const a5 = write(path('a5.yuv'), rawClip({ frames: 5, q: 1 }));
  const at = write(path('at.yuv'), cut(rawClip({ frames: 5, q: 1 })));
  const bt = write(path('bt.yuv'), cut(rawClip({ frames: 5, q: 32 })));
  const empty = write(path('e.yuv'), '');

  it.each([
    ['one', () => a5],
    ['both', () => at],
  ])('%s raw file cut: frame, bytes needed and present', async (_name, reference) => {
    const { status, stdout, stderr } = await tinyvmaf(...T, reference(), bt, ...G);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/frame 3: 9216 bytes needed, 2352 present/);
  });

  it('a Y4M file cut', async () => {
    const files = [
      write(path('a5.y4m'), y4mClip({ frames: 5, q: 1 })),
      write(path('bt.y4m'), cut(y4mClip({ frames: 5, q: 32 }))),
    ];
    const { status, stdout, stderr } = await tinyvmaf(...T, ...files);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/frame 3: 9216 bytes needed/);
  });

  it('empty files', async () => {
    const y4m = write(path('e.y4m'), '');
    for (const words of [
      [empty, empty, ...G],
      [a5, empty, ...G],
      [y4m, y4m],
    ]) {
      const { status, stdout, stderr } = await tinyvmaf(...T, ...words);
      expect([status, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/empty/);
    }
  });

  it('an mp4 file whose size fits a raw geometry is not taken for samples', async () => {
    const box = Buffer.from('00000020667479706d703432000000006d70343269736f6d', 'hex');
    const mp4 = (name: string): string =>
      write(path(name), Buffer.concat([box, Buffer.alloc(14_400 - box.length, 77)]));
    const { status, stdout, stderr } = await tinyvmaf(
      ...T,
      ...[mp4('q1.mp4'), mp4('q2.mp4'), '-w', '40', '-h', '40', '-p', '420', '-b', '8'],
    );
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/mp4/i);
  });
});
