// A process that only decodes must live until the last frame: native decodes
// do not keep Node's event loop alive, and without care it ends in the middle,
// silently, with status 13.
import { has } from '@tinyvmaf/testkit';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from './bundle.js';
import { ffmpeg, workFolder } from './support.js';

const RUNS = 5;

describe.skipIf(!has('ffmpeg'))('a process that only decodes', () => {
  const { path, remove } = workFolder();
  afterAll(remove);
  let worker = '';

  beforeAll(async () => {
    worker = await bundleForNode('worker-decode.ts', 'event-loop');
    const source = 'testsrc2=s=96x64:r=30:d=2';
    ffmpeg('-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', path('a.mp4'));
    ffmpeg('-f', 'lavfi', '-i', source, '-c:v', 'libvpx-vp9', '-b:v', '200k', path('b.webm'));
  });

  it('reaches the last frame, every time, and then ends', () => {
    for (let run = 0; run < RUNS; run++) {
      const files = [path('a.mp4'), path('b.webm')];
      const { status, stdout, stderr } = spawnSync(process.execPath, [worker, ...files], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n')).toEqual(
        files.map((file) => expect.stringMatching(`^${file} frames 60 [0-9a-f]{32}$`)),
      );
      expect(status).toBe(0);
    }
  });
});
