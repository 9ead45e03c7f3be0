// cases.md A8: a log that cannot be written is refused before the work, and
// standard output carries what was asked for and nothing else.
import { linkSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { meanOf, tinyvmaf, type Log } from '../support/command.js';
import { BASE_MEAN, G, rawClip, scratch, T, write } from '../support/files.js';
import { shell } from '../support/process.js';

describe.skipIf(!has('shared'))('A8 output', () => {
  const { path, folder } = scratch();
  const files = [write(path('a.yuv'), rawClip({ q: 1 })), write(path('b.yuv'), rawClip({ q: 32 }))];
  const env = { TEACHER, A: files[0] ?? '', B: files[1] ?? '' };
  const line = `$T score --teacher "$TEACHER" "$A" "$B" ${G.join(' ')}`;

  it.each([
    ['a folder that is not there', 'nodir/x.json'],
    ['a file system that takes no files', '/proc/x.json'],
    ['a folder', '.'],
    ['a folder by its slash', 'nofile/'],
    ['a full device', '/dev/full'],
  ])('refuses %s and names it', async (_name, target) => {
    const { status, stdout, stderr } = await tinyvmaf(...T, ...files, ...G, '-o', target);
    expect([status, stdout]).toEqual([7, '']);
    expect(stderr).toContain(target);
    expect(stderr).not.toMatch(/\.tmp/);
  });

  it('writes a log in one piece and leaves nothing beside it', async () => {
    const target = path('log.json');
    const { status, stdout } = await tinyvmaf(...T, ...files, ...G, '-o', target);
    expect([status, stdout]).toEqual([0, 'vmaf_v0.6.1: 68.724514\n']);
    expect(meanOf(JSON.parse(readFileSync(target, 'utf8')) as Log)).toBe(BASE_MEAN);
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it.each(['a', 'link', 'hard'])('does not replace an input by its log, named %s', async (name) => {
    const bytes = rawClip({ q: 1 });
    const target = write(path('input-a'), bytes);
    if (name === 'link') symlinkSync(target, path('input-link'));
    if (name === 'hard') linkSync(target, path('input-hard'));
    const output = path(`input-${name}`);
    const { status, stdout, stderr } = await tinyvmaf(...T, target, target, ...G, '-o', output);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/--output must not be an input/);
    expect(readFileSync(target)).toEqual(Buffer.from(bytes));
  });

  it('does not replace a model file', async () => {
    const model = write(path('m.json'), readFileSync(`${TEACHER}/vmaf_v0.6.1.json`));
    const { status } = await tinyvmaf(...T, ...files, ...G, '-m', `path=${model}`, '-o', model);
    expect(status).toBe(1);
  });

  it('writes through a link', async () => {
    const target = write(path('real.json'), 'old');
    symlinkSync(target, path('link.json'));
    await tinyvmaf(...T, ...files, ...G, '-o', path('link.json'));
    expect(meanOf(JSON.parse(readFileSync(target, 'utf8')) as Log)).toBe(BASE_MEAN);
    expect(lstatSync(path('link.json')).isSymbolicLink()).toBe(true);
  });

  it('keeps an old log where the run fails', async () => {
    const keep = write(path('keep.json'), 'old');
    const cut = write(path('bt.yuv'), rawClip({ q: 32 }).subarray(0, 20_000));
    const { status } = await tinyvmaf(...T, files[0] ?? '', cut, ...G, '-o', keep);
    expect(status).toBe(3);
    expect(readFileSync(keep, 'utf8')).toBe('old');
  });

  it('gives a pipe the log alone', async () => {
    const { stdout } = await shell(`${line} --json --quiet -o /dev/stdout`, { env });
    expect(meanOf(JSON.parse(stdout) as Log)).toBe(BASE_MEAN);
  });

  it('shows the score in redirected output', async () => {
    const target = path('all.txt');
    await shell(`${line} > "$OUT" 2>&1`, { env: { ...env, OUT: target } });
    expect(readFileSync(target, 'utf8')).toContain('68.724514');
  });

  it('stops in silence when the reader goes away', async () => {
    const { stdout, stderr, status } = await shell(`set -o pipefail; ${line} --ndjson | head -1`, {
      env,
    });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).not.toMatch(/at .*:\d+|Error/);
    expect([0, 141]).toContain(status);
  });
});
