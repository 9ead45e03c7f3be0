/**
 * A known amount of work, measured in the same run, so that figures from
 * different machines can be compared: x264 at its medium preset.
 */
import { spawnSync } from 'node:child_process';
import { rawInput, type Clip } from './clips.js';
import type { Task } from './rounds.js';

/** x264 `medium`, crf 23, one thread, over a clip's 8-bit reference. */
export const x264Task = (clip: Clip, rounds: number): Task => ({
  name: 'x264 medium, 1 thread',
  frames: clip.frames,
  rounds,
  run: () => {
    const { width, height } = clip.format;
    const { status, stderr } = spawnSync(
      'ffmpeg',
      [
        ...[
          '-hide_banner',
          '-benchmark',
          '-threads',
          '1',
          ...rawInput(clip.reference, width, height),
        ],
        ...[
          '-c:v',
          'libx264',
          '-preset',
          'medium',
          '-crf',
          '23',
          '-threads',
          '1',
          '-f',
          'null',
          '-',
        ],
      ],
      { encoding: 'utf8' },
    );
    const [, user, system] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
    if (status !== 0 || user === undefined || system === undefined) {
      throw new Error(`ffmpeg failed:\n${stderr}`);
    }
    return 1000 * (Number(user) + Number(system));
  },
});
