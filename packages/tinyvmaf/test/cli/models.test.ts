// `models` beyond the list: show, verify and add.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { unwrap } from '@tinyvmaf/core';
import { modelBytes, registeredModels } from '@tinyvmaf/models';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logOf, meanOf, tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, write } from '../support/files.js';
import { linearModel, WEIGHTS } from '../support/linear-model.js';

const { path } = scratch();
const clips = [write(path('a.yuv'), rawClip({ q: 1 })), write(path('b.yuv'), rawClip({ q: 32 }))];
const linear = write(path('Linear.onnx'), linearModel());
mkdirSync(path('ext'));
const ext = write(path('ext/m.onnx'), linearModel('m.onnx.data'));
write(path('ext/m.onnx.data'), WEIGHTS);
const a5 = registeredModels().find(({ id }) => id === 'a5');

beforeEach(() => {
  vi.stubEnv('TINYVMAF_DATA_DIR', path('data'));
  vi.stubEnv('VMAF_MODEL_PATH', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('models show', () => {
  it('says all of a student', async () => {
    const { status, stdout } = await tinyvmaf('models', 'show', 'a5');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`sha256 +${a5?.sha256 ?? '?'}`));
    for (const words of [
      /architecture +a5@1/,
      /teacher +vmaf_v0\.6\.1/,
      /bytes +\d{4}\n/,
      /adm2.*\[/,
      /Limits:\n {2}imitates/,
      /random points far outside +5000/,
    ]) {
      expect(stdout).toMatch(words);
    }
    const json = JSON.parse((await tinyvmaf('models', 'show', 'a5', '--json')).stdout) as {
      readonly measurements: unknown;
    };
    expect(json.measurements).toEqual(a5?.measurements);
  });

  it('counts the weights beside a file', async () => {
    const { stdout } = await tinyvmaf('models', 'show', ext, '--json');
    const size = readFileSync(ext).length;
    expect(JSON.parse(stdout)).toMatchObject({ bytes: size + 24, file: ext, input: 'frame' });
  });

  it('shows what is published although it is not here', async () => {
    const { status, stdout } = await tinyvmaf('models', 'show', 'v0.6.1');
    expect([status, /state +not installed/.test(stdout)]).toEqual([0, true]);
    expect((await tinyvmaf('models', 'show', 'nonesuch')).status).toBe(5);
  });

  it.skipIf(!has('shared'))('shows a teacher', async () => {
    const { stdout } = await tinyvmaf('models', 'show', 'vmaf_b_v0.6.3', '--teacher', TEACHER);
    expect(stdout).toMatch(/kind +bootstrap/);
  });
});

describe('models verify', () => {
  it('checks all that is here', async () => {
    const { status, stdout } = await tinyvmaf('models', 'verify');
    expect(status).toBe(0);
    expect(stdout).toContain(`a5: ok, ${a5?.bytes} bytes`);
  });

  it('fails with the reason of one, and counts several', async () => {
    const moved = write(path('moved.onnx'), linearModel('gone.data'));
    const one = await tinyvmaf('models', 'verify', moved);
    expect(one.status).toBe(5);
    expect(one.stderr).toContain(path('gone.data'));
    const several = await tinyvmaf('models', 'verify', 'a5', moved, linear);
    expect(several.status).toBe(8);
    expect(several.stderr).toMatch(/1 of 3 models failed/);
    expect(several.stdout.split('\n').map((line) => /: (ok|FAILED),/.exec(line)?.[1])).toEqual([
      ...['ok', 'FAILED', 'ok'],
      undefined,
    ]);
    expect((await tinyvmaf('models', 'verify', 'vmaf_v0.6.1')).status).toBe(5);
  });
});

describe('models add', () => {
  it('keeps a student under a name, which then scores', async () => {
    const { status, stdout } = await tinyvmaf('models', 'add', linear);
    expect([status, stdout.startsWith(`linear: ${path('data/students/linear.onnx')}`)]).toEqual([
      0,
      true,
    ]);
    const score = ['score', ...clips, ...G, '--json', '--model', 'linear'] as const;
    expect(meanOf(logOf(await tinyvmaf(...score)), 'linear')).toBeCloseTo(84.549493, 4);
    expect((await tinyvmaf('models')).stdout).toMatch(/linear +added, \d+ bytes/);
    expect((await tinyvmaf('models', 'verify')).stdout).toMatch(/^linear: ok/m);
    expect((await tinyvmaf('models', 'add', linear)).status).toBe(0);
    const other = await tinyvmaf(
      'models',
      'add',
      write(path('x.onnx'), unwrap(modelBytes('a5'))),
      '--name',
      'linear',
    );
    expect([other.status, other.stderr.includes('another file')]).toEqual([1, true]);

    appendFileSync(path('data/students/linear.onnx'), Uint8Array.of(0x7a, 0));
    const changed = await tinyvmaf(...score);
    expect(changed.status).toBe(5);
    expect(changed.stderr).toMatch(/SHA-256/);
    expect((await tinyvmaf('models', 'verify')).status).toBe(8);
    write(path('data/students/linear.json'), '{"format":"tinyvmaf-student","version":9}');
    expect((await tinyvmaf(...score)).status).toBe(3);
  });

  it.each([
    ['weights elsewhere', [ext], 5, /must hold its weights itself/],
    ['a name that is taken', [linear, '--name', 'a5'], 1, /--name/],
    ['a name of Netflix', [linear, '--name', 'vmaf_v0.6.1'], 1, /--name/],
    ['a name that leads elsewhere', [linear, '--name', '../x'], 1, /lower-case/],
    ['no model', [write(path('text.onnx'), 'text')], 5, /not a usable/],
    ['no file', [path('none.onnx')], 7, /none\.onnx/],
  ])('refuses %s', async (_, words, status, message) => {
    const outcome = await tinyvmaf('models', 'add', ...words);
    expect(outcome.stderr).toMatch(message);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
