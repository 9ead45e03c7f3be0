// cases.md A9: names are bytes, not a language; pipes are read once, in any order.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { meanOf, scoresOf, type Log } from '../support/command.js';
import { BASE, BASE_MEAN, G, rawClip, scratch, write, y4mClip } from '../support/files.js';
import { shell } from '../support/process.js';

describe.skipIf(!has('shared'))('A9 awkward names and pipes', () => {
  const { path, folder } = scratch();
  const a = write(path('a.yuv'), rawClip({ q: 1 }));
  const b = write(path('b32.yuv'), rawClip({ q: 32 }));
  const odd = join(folder, "we ird [x] 100%41 'q'");
  mkdirSync(odd);
  write(join(odd, 'ref:1,\\é%20.yuv'), rawClip({ q: 1 }));
  write(join(odd, '-d is=2.yuv'), rawClip({ q: 32 }));
  write(join(odd, '测试.yuv'), rawClip({ q: 32 }));
  const env = { TEACHER, A: a, B: b };
  const T = `$T score --teacher "$TEACHER" --json ${G.join(' ')}`;

  it('takes them as they are', async () => {
    const ended = await shell(`${T} -o "out %s é:1.json" 'ref:1,\\é%20.yuv' -- '-d is=2.yuv'`, {
      env,
      cwd: odd,
    });
    expect(ended.stderr).toBe('');
    const log = JSON.parse(readFileSync(join(odd, 'out %s é:1.json'), 'utf8')) as Log;
    expect(scoresOf(log)).toEqual(BASE);
  });

  it('takes them as options too', async () => {
    const { stdout } = await shell(`${T} --reference 'ref:1,\\é%20.yuv' --distorted='测试.yuv'`, {
      env,
      cwd: odd,
    });
    expect(scoresOf(JSON.parse(stdout) as Log)).toEqual(BASE);
  });

  it.each([
    ['reference first', '(cat "$A" >f1; cat "$B" >f2) &'],
    ['at the same time', '(cat "$A" >f1 & cat "$B" >f2) &'],
    ['distorted first', '(cat "$B" >f2 & sleep 0.3; cat "$A" >f1) &'],
  ])('reads two named pipes, written %s', async (_name, writers) => {
    const line = `rm -f f1 f2; mkfifo f1 f2; ${writers} ${T} f1 f2`;
    const { stdout, stderr } = await shell(line, { env, cwd: folder });
    expect(stderr).toContain('68.724514');
    expect(meanOf(JSON.parse(stdout) as Log)).toBe(BASE_MEAN);
  });

  it('reads Y4M from named pipes', async () => {
    const files = {
      A: write(path('a.y4m'), y4mClip({ q: 1 })),
      B: write(path('b.y4m'), y4mClip({ q: 32 })),
    };
    const line = `rm -f f1 f2; mkfifo f1 f2; (cat "$A" >f1 & cat "$B" >f2) & $T score --teacher "$TEACHER" --json f1 f2`;
    const { stdout } = await shell(line, { env: { ...env, ...files }, cwd: folder });
    expect(meanOf(JSON.parse(stdout) as Log)).toBe(BASE_MEAN);
  });

  it.each(['-', '/dev/stdin'])('reads standard input as %s', async (name) => {
    const { stdout } = await shell(`cat "$A" | ${T} ${name} "$B"`, { env });
    expect(meanOf(JSON.parse(stdout) as Log)).toBe(BASE_MEAN);
  });
});
