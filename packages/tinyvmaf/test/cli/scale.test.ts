// `--scale`: rungs smaller than their reference, as files and as the command sees them.
import { has, rawFile, y4mFile } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, scoresOf, tinyvmaf } from '../support/command.js';
import { ffmpeg } from '../support/encode.js';
import { clipFrames, scratch, T, write } from '../support/files.js';

interface Extended {
  readonly tinyvmaf: { readonly distorted: { readonly scaled?: unknown } };
}

const REFERENCE = { width: 192, height: 128, q: 1 } as const;
const RUNG = { width: 96, height: 64, q: 32 } as const;

const { path } = scratch();
const reference = write(path('ref.y4m'), y4mFile(clipFrames(REFERENCE)));
const rung = write(path('rung.y4m'), y4mFile(clipFrames(RUNG)));
const deep = write(path('deep.y4m'), y4mFile(clipFrames({ ...RUNG, bitDepth: 10 })));

describe('sizes that differ', () => {
  it('are an error that names the option', async () => {
    const { status, stdout, stderr } = await tinyvmaf('features', reference, rung);
    expect([status, stdout]).toEqual([4, '']);
    expect(stderr).toContain('192x128');
    expect(stderr).toContain('96x64');
    expect(stderr).toContain('--scale bicubic');
  });

  it('are scaled on request, the same in any number of threads', async () => {
    const run = (...words: string[]) =>
      tinyvmaf('features', reference, rung, '--scale', 'bicubic', ...words);
    const alone = await run('--threads', '0');
    expect(alone.status).toBe(0);
    expect(alone.stdout.split('\n')).toHaveLength(5);
    expect((await run('--threads', '2')).stdout).toBe(alone.stdout);
  });

  it('differ by method', async () => {
    const tables = await Promise.all(
      ['bicubic', 'lanczos', 'bilinear'].map((method) =>
        tinyvmaf('features', reference, rung, '--scale', method),
      ),
    );
    expect(new Set(tables.map(({ stdout }) => stdout)).size).toBe(3);
  });

  it('stay an error where the depth differs too', async () => {
    const { status, stderr } = await tinyvmaf('features', reference, deep, '--scale', 'lanczos');
    expect(status).toBe(4);
    expect(stderr).toContain('96x64 10-bit');
    expect(stderr).toContain('the size alone');
  });

  it('need a method that exists', async () => {
    const { status, stderr } = await tinyvmaf('features', reference, rung, '--scale', 'nearest');
    expect(status).toBe(1);
    expect(stderr).toContain('bicubic, lanczos, bilinear');
  });

  it('are noted in the log', async () => {
    const outcome = await tinyvmaf(
      ...['features', reference, rung, '--scale', 'lanczos', '--json', '--extended'],
    );
    const log = JSON.parse(outcome.stdout) as Extended;
    expect(log.tinyvmaf.distorted.scaled).toEqual({ width: 96, height: 64, method: 'lanczos' });
  });

  it('draw a warning where the picture is stretched', async () => {
    const square = write(path('square.y4m'), y4mFile(clipFrames({ ...RUNG, width: 64 })));
    const { status, stderr } = await tinyvmaf('features', reference, square, '--scale', 'bicubic');
    expect(status).toBe(0);
    expect(stderr).toContain('stretched');
  });
});

it('leaves videos of equal size alone', async () => {
  const same = write(path('same.y4m'), y4mFile(clipFrames({ ...REFERENCE, q: 32 })));
  const plain = await tinyvmaf('features', reference, same);
  const scaled = await tinyvmaf('features', reference, same, '--scale', 'bicubic');
  expect(scaled).toEqual(plain);
});

describe.skipIf(!has('shared', 'ffmpeg'))('against what ffmpeg scales', () => {
  const raw = write(path('rung.yuv'), rawFile(clipFrames(RUNG)));
  const small = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '96x64', '-i', raw];

  it.each(['bicubic', 'lanczos', 'bilinear'])('%s: equal scores', async (method) => {
    const scaled = path(`${method}.y4m`);
    ffmpeg(...small, '-vf', `scale=192:128:flags=${method}+accurate_rnd`, scaled);
    const theirs = scoresOf(logOf(await tinyvmaf(...T, reference, scaled)));
    const ours = scoresOf(logOf(await tinyvmaf(...T, reference, rung, '--scale', method)));
    expect(ours).toHaveLength(3);
    expect(ours).toEqual(theirs);
  });

  it('a ladder of mp4 files of several sizes', async () => {
    const whole = write(path('whole.yuv'), rawFile(clipFrames(REFERENCE)));
    const from = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '192x128', '-i', whole];
    const rungs = ['192x128', '128x86', '96x64'].map((size) => {
      const file = path(`${size}.mp4`);
      ffmpeg(...from, '-s', size, '-c:v', 'libx264', '-crf', '20', file);
      return file;
    });
    const scores = await Promise.all(
      rungs.map(async (file) => {
        const outcome = await tinyvmaf(...T, reference, file, '--scale', 'bicubic');
        return scoresOf(logOf(outcome)).reduce((sum, score) => sum + score / 3, 0);
      }),
    );
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    const together = await tinyvmaf('features', reference, ...rungs, '--scale', 'bicubic');
    expect(together.status).toBe(0);
    for (const size of ['192x128', '128x86', '96x64']) {
      expect(together.stdout).toContain(size);
    }
  });
});
