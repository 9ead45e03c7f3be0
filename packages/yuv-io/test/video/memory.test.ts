// Memory does not grow with the length of a video, although native pictures
// are freed by the garbage collector alone.
import { has } from '@tinyvmaf/testkit';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from './bundle.js';
import { ffmpeg, workFolder } from './support.js';

/** 300 pictures of 1280x720 are 396 MiB; without care all of them stay. */
const MAX_GROWTH_MIB = 150;

describe.skipIf(!has('ffmpeg'))('memory', () => {
  const { path, remove } = workFolder();
  afterAll(remove);

  beforeAll(() => {
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=10', '-c:v', 'libx264'],
      ...['-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path('long.mp4')],
    );
  });

  it('stays within bounds over 300 frames', async () => {
    const worker = await bundleForNode('worker-memory.ts', 'memory');
    const { stdout } = spawnSync(process.execPath, [worker, path('long.mp4')], {
      encoding: 'utf8',
    });
    const result: unknown = JSON.parse(stdout);
    expect(result).toMatchObject({ frames: 300, growth: expect.any(Number) });
    expect((result as { growth: number }).growth).toBeLessThan(MAX_GROWTH_MIB);
  });
});
