// Standard input in a process of its own (case A9): pipes, sockets, files,
// nothing at all, and a process that must end although its pipe is silent.
import { spawn, spawnSync } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawFile, y4mFile } from '@tinyvmaf/testkit';
import { SMALL, textures } from '../support.js';
import { bundleNode, outcomeOf, type Bundle } from './child.js';

const lumas = textures(5);
const raw = rawFile(lumas);
const y4m = y4mFile(lumas);
const whole = {
  frames: 5,
  sum: lumas.reduce((sum, { data }) => sum + [...data].reduce((a, b) => a + b, 0), 0),
};

const READ = `
import { openVideo } from './entry.js';
const { INPUT = '-', HINTS = '{}', WAIT, AGAIN } = process.env;
const signal = WAIT === undefined ? undefined : AbortSignal.timeout(Number(WAIT));
try {
  const source = await openVideo(INPUT, JSON.parse(HINTS), signal);
  let frames = 0;
  let sum = 0;
  for await (const frame of source.frames(signal)) {
    frames += 1;
    for (const sample of frame.luma.data) sum += sample;
  }
  await source.close();
  console.log(JSON.stringify({ frames, sum }));
  if (AGAIN !== undefined) await openVideo(INPUT);
} catch (thrown) {
  console.log(JSON.stringify({ code: thrown.code, message: thrown.message }));
}
`;

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleNode();
});
afterAll(() => {
  bundle.remove();
});

const read = async (
  env: Record<string, string>,
  stdin: 'pipe' | 'ignore' | number,
  bytes?: Uint8Array,
): Promise<unknown> => {
  const child = bundle.run(READ, {
    env: { ...process.env, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  if (bytes !== undefined) child.stdin?.end(bytes);
  const { stdout, stderr, status } = await outcomeOf(child);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  return JSON.parse(lines[lines.length - 1] ?? '');
};

const HINTS = JSON.stringify({ raw: SMALL });

describe('standard input', { timeout: 60000 }, () => {
  it.each(['-', '/dev/stdin'])('is read under the name %s', async (INPUT) => {
    expect(await read({ INPUT }, 'pipe', y4m)).toEqual(whole);
    expect(await read({ INPUT, HINTS }, 'pipe', raw)).toEqual(whole);
  });

  it('may be a file', async () => {
    const path = join(bundle.dir, 'in.yuv');
    writeFileSync(path, raw);
    expect(await read({ HINTS }, openSync(path, 'r'))).toEqual(whole);
  });

  it('is empty, cut or of another kind', async () => {
    expect(await read({ HINTS }, 'ignore')).toMatchObject({ code: 'ERR_NO_FRAMES' });
    expect(await read({}, 'ignore')).toMatchObject({ code: 'ERR_NO_FRAMES' });
    expect(await read({ HINTS }, 'pipe', raw.subarray(0, 30000))).toMatchObject({
      code: 'ERR_TRUNCATED_FRAME',
    });
    expect(await read({}, 'pipe', raw)).toMatchObject({ code: 'ERR_UNSUPPORTED_FORMAT' });
  });

  it('can be taken once', async () => {
    expect(await read({ AGAIN: '1' }, 'pipe', y4m)).toMatchObject({
      code: 'ERR_IO',
      message: expect.stringContaining('only once'),
    });
  });

  it('does not keep a process that gave up waiting', async () => {
    expect(await read({ WAIT: '200' }, 'pipe')).toMatchObject({ code: 'ERR_CANCELLED' });
    expect(await read({ WAIT: '200', HINTS }, 'pipe')).toMatchObject({ code: 'ERR_CANCELLED' });
  });
});

describe.skipIf(process.platform === 'win32')(
  'other inputs of a process',
  { timeout: 60000 },
  () => {
    it('does not keep a process whose named pipe has no writer', async () => {
      const INPUT = join(bundle.dir, 'silent');
      spawnSync('mkfifo', [INPUT]);
      expect(await read({ INPUT, WAIT: '200' }, 'ignore')).toMatchObject({ code: 'ERR_CANCELLED' });
      const exit = bundle.run(
        `import { openVideo } from './entry.js';
       void openVideo(process.env.INPUT).catch(() => undefined);
       setTimeout(() => process.exit(3), 100);`,
        { env: { ...process.env, INPUT }, stdio: 'ignore' },
      );
      expect((await outcomeOf(exit)).status).toBe(3);
    });

    it('reads process substitution', async () => {
      const path = join(bundle.dir, 'sub.y4m');
      writeFileSync(path, y4m);
      const script = join(bundle.dir, 'sub.js');
      writeFileSync(script, READ);
      const child = spawn(
        'bash',
        ['-c', 'INPUT=/dev/fd/9 "$2" "$3" 9< <(cat "$1")', 'bash', path, process.execPath, script],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const { stdout } = await outcomeOf(child);
      expect(JSON.parse(stdout)).toEqual(whole);
    });

    it('uses no more memory for a long video than for a short one', async () => {
      const code = (frames: number): string => `
      import { openVideo } from './entry.js';
      const hints = { raw: { width: 320, height: 240, bitDepth: 10, chroma: '420' }, limit: ${frames} };
      const source = await openVideo('/dev/zero', hints);
      let n = 0;
      for await (const frame of source.frames()) n += 1;
      await source.close();
      console.log(n, process.resourceUsage().maxRSS);`;
      const peak = async (frames: number): Promise<number> => {
        const child = bundle.run(code(frames), { stdio: ['ignore', 'pipe', 'inherit'] });
        const [count, kilobytes] = (await outcomeOf(child)).stdout.split(' ').map(Number);
        expect(count).toBe(frames);
        return kilobytes ?? NaN;
      };
      const [short, long] = [await peak(300), await peak(3000)];
      expect(long).toBeLessThan(short * 1.1 + 16 * 1024);
    });
  },
);
