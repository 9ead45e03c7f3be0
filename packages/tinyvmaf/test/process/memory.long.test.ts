// Memory does not grow with the length of the clip: ten times the frames may
// cost 10 % and 16 MB more at most.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { ffmpeg } from '../support/encode.js';
import { rawClip, scratch, write } from '../support/files.js';

const ENTRY = resolve(import.meta.dirname, '../../dist/index.js');
const MB = 1024;

/**
 * Largest resident size, in kilobytes, of a process that scores a clip against
 * itself: the median of three, since V8 sizes its young generation by chance
 * (three times 16 MB at most, whatever a program does).
 */
const peak = (file: string, hints: object): number => {
  const runs = [1, 2, 3].map(() => peakOnce(file, hints)).sort((a, b) => a - b);
  return runs[1] ?? NaN;
};

const peakOnce = (file: string, hints: object): number => {
  const script = `
    import { score } from ${JSON.stringify(ENTRY)};
    const hints = ${JSON.stringify(hints)};
    const file = ${JSON.stringify(file)};
    const report = await score({ reference: file, distorted: file, models: [],
      features: ['adm', 'motion', 'vif'], referenceHints: hints, distortedHints: hints });
    console.log(process.resourceUsage().maxRSS, report.frameCount);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const [kilobytes = NaN, frames = NaN] = stdout.split(' ').map(Number);
  if (!(frames > 0)) throw new Error(stderr);
  return kilobytes;
};

describe('peak memory', { timeout: 900_000 }, () => {
  const { path } = scratch();
  const size = { width: 64, height: 48 } as const;
  const clip = rawClip({ ...size, frames: 100, q: 1 });
  const raw = { raw: { ...size, bitDepth: 8, chroma: '420' } };

  const expectFlat = (short: number, long: number): void => {
    console.log(`peak of 1,000 frames ${short} kB, of 10,000 frames ${long} kB`);
    expect(long).toBeLessThanOrEqual(short * 1.1 + 16 * MB);
  };

  it('is flat for raw files', () => {
    const make = (name: string, times: number): string =>
      write(path(name), Buffer.concat(Array.from({ length: times }, () => clip)));
    expectFlat(peak(make('1k.yuv', 10), raw), peak(make('10k.yuv', 100), raw));
  });

  it.skipIf(!has('ffmpeg')).each(['webcodecs', 'ffmpeg'])('is flat for %s', (decoder) => {
    const make = (name: string, seconds: number): string => {
      const source = `testsrc2=s=64x48:r=25:d=${seconds}`;
      ffmpeg('-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', path(name));
      return path(name);
    };
    expectFlat(peak(make('1k.mp4', 40), { decoder }), peak(make('10k.mp4', 400), { decoder }));
  });
});
