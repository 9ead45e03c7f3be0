// Students through `score`: by name, by file, beside the teacher, and in its place.
import { readFileSync } from 'node:fs';
import { unwrap } from '@tinyvmaf/core';
import {
  a3,
  a5,
  exportOnnx,
  modelBytes,
  registeredModels,
  type StudentMetadata,
} from '@tinyvmaf/models';
import { randomWeights } from '@tinyvmaf/models/testing';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf, type Log } from '../support/command.js';
import { BASE, BASE_MEAN, G, rawClip, scratch, write } from '../support/files.js';

const { path } = scratch();
const clips = [write(path('a.yuv'), rawClip({ q: 1 })), write(path('b.yuv'), rawClip({ q: 32 }))];
const pair = ['score', ...clips, ...G] as const;

beforeEach(() => {
  vi.stubEnv('TINYVMAF_DATA_DIR', path('data'));
  vi.stubEnv('VMAF_MODEL_PATH', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

interface ExtendedLog extends Log {
  readonly tinyvmaf: {
    readonly models: readonly {
      readonly name: string;
      readonly label: string;
      readonly student?: Readonly<Record<string, unknown>>;
    }[];
    readonly warnings: readonly { readonly code: string; readonly message: string }[];
  };
}

const extended = async (...words: readonly string[]): Promise<ExtendedLog> =>
  logOf(await tinyvmaf(...pair, '--json', '--extended', ...words)) as ExtendedLog;

const registered = registeredModels().find(({ id }) => id === 'a5');
const { sha256, bytes } = registered ?? {};

describe('without the teacher', () => {
  it('the default student scores, and says so everywhere', async () => {
    const { status, stdout, stderr } = await tinyvmaf(...pair);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^a5: 68\.7245\d\d\n$/);
    expect(stderr).toMatch(/^warning: a5 scored, our student of Netflix's vmaf_v0\.6\.1/);
    expect(stderr).toMatch(/at most \S+ points off.*tinyvmaf teacher install/);
    const log = await extended();
    for (const [i, score] of BASE.entries()) {
      expect(Math.abs((scoresOf(log, 'a5')[i] ?? NaN) - score)).toBeLessThan(5e-4);
    }
    expect(log.pooled_metrics['vmaf']).toBeUndefined();
    expect(log.tinyvmaf.models).toMatchObject([
      {
        name: 'a5',
        label: 'a5',
        student: { sha256, bytes, architecture: 'a5@1', teacher: 'vmaf_v0.6.1' },
      },
    ]);
    expect(log.tinyvmaf.warnings.map(({ code }) => code)).toEqual(['student-instead-of-teacher']);
    const lines = (await tinyvmaf(...pair, '--ndjson')).stdout.trim().split('\n');
    expect(lines.at(-1)).toContain('"code":"student-instead-of-teacher"');
    expect(lines[1]).toContain('"a5":65.27');
  });

  it('nothing stands in for a model that was named', async () => {
    for (const model of ['version=vmaf_v0.6.1', 'vmaf_v0.6.1', 'v0.6.1', 'vmaf_4k_v0.6.1']) {
      const { status, stdout, stderr } = await tinyvmaf(...pair, '--model', model);
      expect([status, stdout]).toEqual([5, '']);
      expect(stderr).toMatch(/is not on this machine .*tinyvmaf teacher install/);
    }
  });

  it('nothing stands in where --teacher leads nowhere', async () => {
    const { status, stderr } = await tinyvmaf(...pair, '--teacher', path('nowhere'));
    expect(status).toBe(5);
    expect(stderr).toMatch(/nothing is there/);
  });

  it('says which students there are where a name is unknown', async () => {
    const { status, stderr } = await tinyvmaf(...pair, '--model', 'a9');
    expect(status).toBe(5);
    expect(stderr).toMatch(/Students are a5, a5-nano/);
  });
});

describe('by name and by file', () => {
  it('scores with several at once, each under its own name', async () => {
    const file = write(path('copy of a5.onnx'), unwrap(modelBytes('a5')));
    const models = ['a5', 'a5-nano', 'version=a5:name=x', 'default:name=vmaf', file];
    const log = await extended(...models.flatMap((model) => ['-m', model]));
    const [first = []] = [scoresOf(log, 'a5')];
    for (const key of ['x', 'vmaf', 'copy_of_a5']) expect(scoresOf(log, key)).toEqual(first);
    expect(Math.abs(meanOf(log, 'a5-nano') - BASE_MEAN)).toBeLessThan(0.01);
    expect(log.tinyvmaf.models[4]).toMatchObject({ label: file, student: { file, sha256 } });
    expect(log.tinyvmaf.warnings).toEqual([]);
    const twice = await tinyvmaf(...pair, '-m', 'a5', '-m', 'default');
    expect([twice.status, twice.stderr.includes('name=KEY')]).toEqual([1, true]);
  });

  it('computes the six features and no others', async () => {
    const log = logOf(await tinyvmaf(...pair, '--json', '-m', 'a5'));
    const keys = Object.keys(log.frames[0]?.metrics ?? {});
    expect(keys).toContain('integer_adm2');
    expect(keys.filter((key) => /aim|adm3/.test(key))).toEqual([]);
    const line = (await tinyvmaf(...pair, '--ndjson', '-m', 'a5')).stdout;
    expect(line).not.toMatch(/aim|adm3/);
    const asked = logOf(await tinyvmaf(...pair, '--json', '-m', 'a5', '--feature', 'adm'));
    expect(asked.frames[0]?.metrics['integer_aim']).toBeGreaterThan(0);
  });

  it('writes every format', async () => {
    for (const [format, words] of [
      ['--xml', / a5="65\.27.*<metric name="a5" /s],
      ['--csv', /,a5,\n0,.*65\.27/],
      ['--sub', /a5: 65\.27/],
    ] as const) {
      expect((await tinyvmaf(...pair, format, '-m', 'a5')).stdout).toMatch(words);
    }
    const target = path('log.xml');
    await tinyvmaf(...pair, '-m', 'a5', '-o', target);
    expect(readFileSync(target, 'utf8')).toContain(' a5="65.27');
  });

  it('takes the options of its teacher', async () => {
    const phone = logOf(await tinyvmaf(...pair, '--json', '-m', 'a5:enable_transform'));
    expect(Math.abs(meanOf(phone, 'a5') - 86.997448)).toBeLessThan(1e-3);
    const neg = 'a5:adm.adm_enhn_gain_limit=1.0:vif.vif_enhn_gain_limit=1.0';
    expect(
      Math.abs(meanOf(logOf(await tinyvmaf(...pair, '--json', '-m', neg)), 'a5') - 66.43083),
    ).toBeLessThan(1e-3);
    const same = ['score', clips[0] ?? '', clips[0] ?? '', ...G, '--json'] as const;
    const top = scoresOf(logOf(await tinyvmaf(...same, '-m', 'a5')), 'a5');
    const open = scoresOf(logOf(await tinyvmaf(...same, '-m', 'a5:disable_clip')), 'a5');
    expect(Math.max(...top)).toBe(100);
    expect(Math.max(...open)).toBeGreaterThan(100);
    const stray = await tinyvmaf(...pair, '-m', 'a5-4k:enable_transform');
    expect([stray.status, stray.stderr.includes('students of vmaf_v0.6.1 only')]).toEqual([
      1,
      true,
    ]);
  });

  it('refuses models of clips and files that are none', async () => {
    const graph = a3.build({ layers: 1, width: 4, attention: 2 });
    const metadata = { architecture: 'a3', version: 1, tier: 'tiny' } as const;
    const clip = write(
      path('clip.onnx'),
      unwrap(exportOnnx({ graph, weights: randomWeights(graph, 1), metadata })),
    );
    const refused = await tinyvmaf(...pair, '-m', clip);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/one score to a whole clip/);
    const text = await tinyvmaf(...pair, '-m', write(path('text.onnx'), 'no model'));
    expect([text.status, text.stdout]).toEqual([5, '']);
    expect((await tinyvmaf(...pair, '-m', path('none.onnx'))).status).toBe(7);
  });

  it('warns where a feature is outside the range of training', async () => {
    const graph = a5.build({ centres: 2 });
    const metadata: Omit<StudentMetadata, 'probe'> = {
      architecture: 'a5',
      version: 1,
      tier: 'nano',
      range: { low: [0.95, 0, 0, 0, 0, 0], high: [1, 1, 1, 1, 1, 30] },
    };
    const file = write(
      path('narrow.onnx'),
      unwrap(exportOnnx({ graph, weights: randomWeights(graph, 1), metadata })),
    );
    const { stderr } = await tinyvmaf(...pair, '-m', file);
    expect(stderr).toMatch(
      /integer_adm2 is outside 0\.95 to 1, which .*narrow\.onnx was trained on, in 3 frames \(0\.92\d+ in frame 2\)/,
    );
  });

  it('knows for which pictures its teacher was made', async () => {
    const { stderr } = await tinyvmaf(...pair, '-m', 'a5-4k');
    expect(stderr).toMatch(/a5-4k imitates vmaf_4k_v0\.6\.1, which is not made for 96x64/);
  });
});

describe.skipIf(!has('shared'))('with the teacher', () => {
  it('the teacher scores where it is found', async () => {
    const { stdout, stderr } = await tinyvmaf(...pair, '--teacher', TEACHER);
    expect([stdout, stderr]).toEqual(['vmaf_v0.6.1: 68.724514\n', '']);
    vi.stubEnv('VMAF_MODEL_PATH', TEACHER);
    expect((await tinyvmaf(...pair)).stdout).toBe('vmaf_v0.6.1: 68.724514\n');
  });

  it('both score side by side, from one ADM', async () => {
    const words = ['-m', 'version=vmaf_v0.6.1', '-m', 'a5'];
    const log = logOf(await tinyvmaf(...pair, '--json', '--teacher', TEACHER, ...words));
    expect(scoresOf(log)).toEqual([...BASE]);
    expect(log.frames[0]?.metrics['integer_aim']).toBeGreaterThan(0);
    for (const [i, score] of scoresOf(log, 'a5').entries()) {
      expect(Math.abs(score - (BASE[i] ?? NaN))).toBeLessThan(5e-4);
    }
    // The pooled rows of several videos.
    const ladder = await tinyvmaf(
      ...pair.slice(0, 3),
      clips[0] ?? '',
      ...G,
      ...words,
      '--teacher',
      TEACHER,
    );
    expect(ladder.stdout).toMatch(/^b +vmaf +68\.724514/m);
    expect(ladder.stdout).toMatch(/^b +a5 +68\.7245/m);
  });
});
