// `distill` and `eval`: a small student, trained on points that another student
// labelled, then judged.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelBytes } from '@tinyvmaf/models';
import { unwrap } from '@tinyvmaf/core';
import { has, SHARED, TEACHER } from '@tinyvmaf/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tinyvmaf, tinyvmafIn } from '../support/command.js';
import { distorted, GEOMETRY, ladder } from '../support/corpus.js';
import { scratch, write } from '../support/files.js';

const { path } = scratch();

const RECIPE = {
  format: 'tinyvmaf-recipe',
  version: 1,
  id: 'two',
  title: 'Two centres',
  architecture: { id: 'a5', options: { centres: 2 } },
  target: 'b1',
  teacher: 'vmaf_v0.6.1',
  seed: 1,
  data: { kind: 'synthetic', mixture: { chain: 0.6, box: 0.4 } },
  trainer: {
    id: 'rbf',
    options: {
      starts: { points: 100, orthogonal: 1, spread: 1, iterations: 5 },
      polish: { points: 200, keep: 1, iterations: 10 },
      ridge: 1e-13,
    },
  },
  tier: 'nano',
};
const recipe = write(path('two.json'), JSON.stringify(RECIPE));

beforeEach(() => {
  vi.stubEnv('TINYVMAF_DATA_DIR', path('data'));
  vi.stubEnv('VMAF_MODEL_PATH', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('distill', () => {
  const train = ['distill', '--recipe', recipe, '--imitate', 'a5', '--synthetic'] as const;

  it('trains into a folder, the same bytes each time', async () => {
    const first = await tinyvmaf(...train, '--out', path('run'));
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/model\.onnx: \d+ bytes, SHA-256 [0-9a-f]{64}/);
    expect(first.stdout).toMatch(/Difference from a5 .*\n.*\nwithin the domain +20000/);
    let time = 0;
    const watched = await tinyvmafIn(
      { interactive: true, now: () => (time += 0.25) },
      ...[...train, '--out', path('again'), '--json'],
    );
    expect(watched.stderr).toMatch(
      /step \d+ of \d+, loss [\d.e-]+, [\d.]+ steps\/s, at most \d+:\d\d left/,
    );
    expect(JSON.parse(watched.stdout)).toMatchObject({ recipe: 'two', seed: 1 });
    const files = ['run', 'again'].map((run) => readFileSync(path(`${run}/model.onnx`)));
    expect(files[0]).toEqual(files[1]);
    const added = await tinyvmaf('models', 'add', path('run/model.onnx'), '--name', 'two');
    expect(added.status).toBe(0);
  });

  it('takes another seed for another run only', async () => {
    const other = await tinyvmaf(...train, '--out', path('seed'), '--seed', '2', '--quiet');
    expect(other.status).toBe(0);
    expect((await tinyvmaf(...train, '--out', path('seed'))).status).toBe(1);
  });

  it.each([
    ['nothing to train', ['--out', 'x'], /--arch/],
    ['no folder', ['--recipe', recipe], /--out/],
    [
      'two teachers',
      ['--recipe', recipe, '--out', 'x', '--imitate', 'a5', '--teacher', 'y'],
      /--imitate/,
    ],
    [
      'another architecture',
      ['--recipe', recipe, '--arch', 'a1', '--out', 'x', '--imitate', 'a5'],
      /a5/,
    ],
    ['no such recipe', ['--arch', 'a9', '--out', 'x'], /a5-nano/],
    [
      'no such target',
      ['--recipe', recipe, '--target', 'b9', '--out', 'x', '--imitate', 'a5'],
      /b1/,
    ],
    ['a seed that is none', ['--recipe', recipe, '--seed', '-1', '--out', 'x'], /integer/],
  ])('refuses %s', async (_, words, message) => {
    const { status, stdout, stderr } = await tinyvmaf('distill', ...words);
    expect(stderr).toMatch(message);
    expect([status, stdout, existsSync('x')]).toEqual([1, '', false]);
  });

  it('says how to do without the teacher', async () => {
    const { status, stderr } = await tinyvmaf('distill', '--recipe', recipe, '--out', path('none'));
    expect([status, /teacher install/.test(stderr)]).toEqual([5, true]);
  });
});

describe.skipIf(!has('shared'))('eval', () => {
  const teacher = ['--teacher', TEACHER] as const;
  const rows = Array.from({ length: 40 }, (_, i) => {
    const u = (i + 0.5) / 40;
    return [
      `s${i % 4}`,
      i % 2 === 0 ? 'h264' : 'hevc',
      0.5 + u / 2,
      0.9 * u,
      u,
      u,
      u,
      20 * u,
    ].join();
  });
  const table = write(
    path('rows.csv'),
    `source,codec,adm2,vif_scale0,vif_scale1,vif_scale2,vif_scale3,motion2\n${rows.join('\n')}\n`,
  );

  it('prints the table of a student, by source and by codec', async () => {
    const { status, stdout } = await tinyvmaf('eval', '-m', 'a5', '--table', table, ...teacher);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Difference from vmaf_v0\.6\.1 on 40 frames of 4 sources/);
    expect(stdout).toMatch(/a5 +\d{4} +0\.0000\d/);
    expect(stdout.match(/^s[0-3] +10 /gm)).toHaveLength(4);
    expect(stdout.match(/^(h264|hevc) +20 /gm)).toHaveLength(2);
  });

  it('compares several, as JSON', async () => {
    const file = write(path('file.onnx'), unwrap(modelBytes('a5-nano')));
    const words = ['-m', 'a5', '-m', file, '--table', table, '--json', ...teacher];
    const { students, against } = JSON.parse((await tinyvmaf('eval', ...words)).stdout) as {
      against: { name: string };
      students: { name: string; evaluation: { rmse: number; rows: number } }[];
    };
    expect(against.name).toBe('vmaf_v0.6.1');
    expect(students.map(({ name }) => name)).toEqual(['a5', 'file']);
    const [best, nano] = students.map(({ evaluation }) => evaluation.rmse);
    expect(best).toBeLessThan(nano ?? NaN);
  });

  it('takes the teacher of the student, or the one that is named', async () => {
    const words = ['eval', '-m', 'a5-4k', '--table', table, ...teacher] as const;
    expect((await tinyvmaf(...words)).stdout).toMatch(/Difference from vmaf_4k_v0\.6\.1/);
    expect((await tinyvmaf(...words, '--teacher-model', 'vmaf_v0.6.1')).stdout).toMatch(
      /Difference from vmaf_v0\.6\.1/,
    );
  });

  it('judges others, and says which it leaves out', async () => {
    const peers = join(SHARED, 'peers/lusoris');
    const words = ['-m', 'a5', '--table', table, '--peers', peers, ...teacher];
    const { status, stdout, stderr } = await tinyvmaf('eval', ...words);
    expect(status).toBe(0);
    expect(stdout).toMatch(/vmaf_tiny_v4 +14046/);
    expect(stdout).toMatch(/fr_regressor_v1 +20719/);
    expect(stderr).toMatch(/left out:.*fr_regressor_v3/);
  });

  it('reads a store, for frames and for opinion scores', async () => {
    const root = path('corpus');
    mkdirSync(root);
    const list = [['clip', 'mos']];
    for (const [i, id] of ['one', 'two', 'three'].entries()) {
      ladder(root, id, 2, [4, 16, 48], 7 * i);
      for (const q of [4, 16, 48]) list.push([distorted(id, q), String(5 - Math.log2(q) / 2)]);
    }
    const place = ['--data-root', root] as const;
    const extracted = await tinyvmaf('corpus', 'extract', ...place, ...GEOMETRY, ...teacher, '-q');
    expect([extracted.status, extracted.stderr]).toEqual([0, '']);
    const frames = await tinyvmaf('eval', '-m', 'a5', ...place, ...teacher);
    expect(frames.stdout).toMatch(/on 18 frames of 3 sources/);
    const labels = write(path('mos.csv'), `${list.map((row) => row.join()).join('\n')}\n`);
    const imported = await tinyvmaf(
      ...['corpus', 'import', labels, ...place, '--dataset', 'study', '--column', 'mos'],
      ...['--scale', '1..5', '--evaluation-only', '-q'],
    );
    expect([imported.status, imported.stderr]).toEqual([0, '']);
    const words = ['-m', 'a5', ...place, '--against', 'labels', '--label', 'study/mos', ...teacher];
    const { stdout } = await tinyvmaf('eval', ...words);
    expect(stdout).toMatch(/Agreement with study\/mos on 9 clips/);
    const lines = ['vmaf_v0.6.1', 'a5'].map((name) =>
      stdout.split('\n').find((line) => line.startsWith(name)),
    );
    expect(lines[1]?.slice(20)).toBe(lines[0]?.slice(20));
  });

  it.each([
    ['no student', ['--table', table], 1, /--model/],
    ['a teacher', ['-m', 'vmaf_v0.6.1', '--table', table], 5, /teacher install/],
    ['two places', ['-m', 'a5', '--table', table, '--store', 'x'], 1, /give one/],
    [
      'a label without labels',
      ['-m', 'a5', '--table', table, '--label', 'x'],
      1,
      /--against labels/,
    ],
    ['labels without a name', ['-m', 'a5', '--store', 'x', '--against', 'labels'], 1, /--label/],
    ['no rows', ['-m', 'a5', ...teacher], 1, /VMAF_DATA_ROOT/],
    ['no table', ['-m', 'a5', '--table', path('none.csv'), ...teacher], 7, /none\.csv/],
    ['a table without features', ['-m', 'a5', '--table', recipe, ...teacher], 3, /line 1/],
  ])('refuses %s', async (_, words, status, message) => {
    vi.stubEnv('VMAF_DATA_ROOT', '');
    vi.stubEnv('VMAF_STORE', '');
    const outcome = await tinyvmaf('eval', ...words);
    expect(outcome.stderr).toMatch(message);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
