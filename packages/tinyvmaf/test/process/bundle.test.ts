// The bundle finds what it leaves outside: the script of the workers, and the
// package that reads containers, which is loaded only then.
import { readFileSync } from 'node:fs';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { ffmpeg } from '../support/encode.js';
import { G, rawClip, scratch, write } from '../support/files.js';
import { shell } from '../support/process.js';

describe('the bundled command', () => {
  const { path, folder } = scratch();
  write(path('a.yuv'), rawClip({ q: 1 }));
  write(path('b.yuv'), rawClip({ q: 32 }));

  it.each([0, 2])('computes the same with %i workers', async (threads) => {
    const line = `$T features a.yuv b.yuv ${G.join(' ')} --csv --threads ${threads} -o ${threads}.csv`;
    const { status, stderr } = await shell(line, { cwd: folder });
    expect([status, stderr]).toEqual([0, '']);
    if (threads === 0) return;
    const log = readFileSync(path(`${threads}.csv`), 'utf8');
    expect(log.split('\n')).toHaveLength(5);
    expect(log).toBe(readFileSync(path('0.csv'), 'utf8'));
  });

  it.skipIf(!has('ffmpeg'))('reads a container', async () => {
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=96x64:d=0.2', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
      path('a.mp4'),
    );
    const line = '$T features a.mp4 a.mp4 --decoder webcodecs --csv';
    const { status, stdout } = await shell(line, { cwd: folder });
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(6);
  });
});
