// Ctrl-C and its like: the command stops within a frame, says so, and leaves
// neither a half-written log nor a process behind.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { ffmpeg } from '../support/encode.js';
import { rawClip, scratch, write } from '../support/files.js';
import { shell, type Ended } from '../support/process.js';

const SIZE = ['-w', '320', '-h', '180', '-p', '420', '-b', '8'].join(' ');

/** Runs a line and sends it a signal after a while. */
const interrupted = (line: string, signal: NodeJS.Signals, cwd: string): Promise<Ended> =>
  shell(`exec ${line}`, {
    cwd,
    onStart: (kill) => {
      setTimeout(() => {
        kill(signal);
      }, 1500);
    },
  });

describe('an interrupted run', () => {
  const { path, folder } = scratch();
  // With the slow kernels, long enough that no machine finishes it before the signal.
  const frames = rawClip({ width: 320, height: 180, frames: 8, q: 1 });
  const long = write(path('long.yuv'), Buffer.concat(Array.from({ length: 100 }, () => frames)));

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s', async (signal) => {
    const line = `$T features ${long} ${long} ${SIZE} --backend reference --csv -o log.csv`;
    const { status, stderr, stdout } = await interrupted(line, signal, folder);
    expect([status, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/cancelled/);
    expect(existsSync(path('log.csv'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('does not wait for a named pipe that nobody writes', async () => {
    execFileSync('mkfifo', [path('silent'), path('mute')]);
    const line = `$T features silent mute ${SIZE}`;
    const { status, signal } = await interrupted(line, 'SIGINT', folder);
    expect([status, signal]).toEqual([130, null]);
  });

  it.skipIf(!has('ffmpeg')).each(['webcodecs', 'ffmpeg'])(
    'leaves no decoder behind (%s)',
    async (decoder) => {
      const video = path('long.mp4');
      ffmpeg(
        ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=40', '-c:v', 'libx264'],
        ...['-preset', 'ultrafast', '-pix_fmt', 'yuv420p', video],
      );
      const line = `$T features ${video} ${video} --decoder ${decoder} --backend reference`;
      const { status } = await interrupted(line, 'SIGINT', folder);
      expect(status).toBe(130);
      const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      expect(processes.split('\n').filter((each) => each.includes(video))).toEqual([]);
    },
  );
});

describe('a writer that dies', () => {
  const { path, folder } = scratch();

  it('is a truncated frame, not a score', async () => {
    write(path('a.yuv'), rawClip({ q: 1 }));
    const line = `head -c 20000 a.yuv | $T features - a.yuv -w 96 -h 64 -p 420 -b 8`;
    const { status, stdout, stderr } = await shell(line, { cwd: folder });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/frame 2: 9216 bytes needed, 1568 present/);
  });
});
