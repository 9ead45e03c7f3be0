// `corpus extract` as a process: Ctrl-C, and two at a time.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { GEOMETRY, ladder } from '../support/corpus.js';
import { ffmpeg } from '../support/encode.js';
import { scratch } from '../support/files.js';
import { shell } from '../support/process.js';

const { path } = scratch();

const corpus = (name: string): string => {
  mkdirSync(path(name));
  return path(name);
};

const EXTRACT = `$T corpus extract --data-root "$ROOT" ${GEOMETRY.join(' ')} -n`;

describe('an interrupted extraction', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 on %s and is taken up again',
    async (signal) => {
      const root = corpus(signal);
      // Long enough that no machine finishes it before the signal.
      ladder(root, 'a', 40, [8, 12]);
      ladder(root, 'b', 400, [8, 12, 16, 20, 24, 32], 500);
      const env = { ROOT: root };
      const stopped = await shell(`exec ${EXTRACT} --ndjson`, {
        env,
        onStart: (kill) => {
          const timer = setInterval(() => {
            // The first source is recorded: the second is under way.
            if (!existsSync(join(root, '.tinyvmaf/clips'))) return;
            clearInterval(timer);
            kill(signal);
          }, 20);
        },
      });
      expect(stopped.status).toBe(130);
      expect(stopped.stderr).toMatch(/cancelled/);
      expect(stopped.stdout).not.toContain('summary');
      const again = await shell(`${EXTRACT} --json`, { env });
      expect(again.status).toBe(0);
      const summary = JSON.parse(again.stdout) as Record<string, number>;
      expect(summary).toMatchObject({ computed: 6, cached: 2 });
      expect(summary.frames).toBeLessThanOrEqual(2400);
      const left = readdirSync(join(root, '.tinyvmaf'), { recursive: true, encoding: 'utf8' });
      expect(left.filter((name) => name.includes('.partial'))).toEqual([]);
    },
  );

  it.skipIf(!has('ffmpeg'))('leaves no decoder behind', async () => {
    const root = corpus('decoders');
    for (const side of ['refs', 'dists']) mkdirSync(join(root, side));
    const encode = (name: string, crf: number): void => {
      ffmpeg(
        ...['-f', 'lavfi', '-i', 'testsrc2=s=640x360:d=20', '-c:v', 'libx264', '-crf', `${crf}`],
        ...['-preset', 'ultrafast', '-pix_fmt', 'yuv420p', join(root, name)],
      );
    };
    encode('refs/bars.mp4', 10);
    encode('dists/bars_30.mp4', 30);
    const { status } = await shell(`exec $T corpus extract --data-root "$ROOT" -n`, {
      env: { ROOT: root },
      onStart: (kill) => {
        setTimeout(() => {
          kill('SIGINT');
        }, 1500);
      },
    });
    expect(status).toBe(130);
    const { stdout } = await shell('ps -eo args');
    expect(stdout.split('\n').filter((line) => line.includes('bars_30.mp4'))).toEqual([]);
  });
});

describe('two extractions of one corpus into one store', () => {
  it('do no harm to each other', async () => {
    const root = corpus('two');
    ladder(root, 'a', 40, [8, 32]);
    ladder(root, 'b', 35, [8, 32], 100);
    ladder(root, 'c', 3, [8, 32], 200);
    const env = { ROOT: root };
    const both = await Promise.all([shell(EXTRACT, { env }), shell(EXTRACT, { env })]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    const table = await shell(`$T corpus export --data-root "$ROOT"`, { env });
    const alone = await shell(
      `${EXTRACT} --store "$ROOT/other" -q && $T corpus export --store "$ROOT/other"`,
      { env },
    );
    expect(table.stdout).toBe(alone.stdout);
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(1 + 2 * (40 + 35 + 3));
  });
});
