// Students with opened sources, as a page would use them.
import { unwrap } from '@tinyvmaf/core';
import { a3, createStudent, exportOnnx, registeredStudent } from '@tinyvmaf/models';
import { randomWeights } from '@tinyvmaf/models/testing';
import { rawFile, textureLuma } from '@tinyvmaf/testkit';
import { openVideo } from '@tinyvmaf/yuv-io';
import { describe, expect, it } from 'vitest';
import { score, type ScoreModel, type ScoreRequest } from '../src/index.js';

const FORMAT = { width: 96, height: 64, chroma: '420', bitDepth: 8 } as const;

const open = (q: number) =>
  openVideo(
    new Blob([Uint8Array.from(rawFile([0, 1, 2].map((t) => textureLuma(96, 64, t, 8, q))))]),
    {
      name: `q${q}.yuv`,
      raw: FORMAT,
    },
  );

const a5 = unwrap(registeredStudent('a5'));
const student = (changes: Partial<ScoreModel> = {}): ScoreModel => ({
  name: 'a5',
  label: 'a5',
  student: a5,
  ...changes,
});

const run = async (models: readonly ScoreModel[], features: ScoreRequest['features'] = []) =>
  score({ reference: await open(1), distorted: await open(32), models, features: features ?? [] });

describe('a student', () => {
  it('scores each frame from its six features, as it does by itself', async () => {
    const seen: (readonly string[])[] = [];
    const report = await score({
      reference: await open(1),
      distorted: await open(32),
      models: [student()],
      onFrame: ({ values }) => void seen.push([...values.keys()]),
    });
    const { series, models } = report;
    const six = ['adm2', 'vif_scale0', 'vif_scale1', 'vif_scale2', 'vif_scale3', 'motion2'];
    const columns = six.map((name) => series.column(`integer_${name}`));
    const rows = series.frames.flatMap((_, i) => columns.map((column) => column[i] ?? NaN));
    expect(Array.from(series.column('a5'))).toEqual(Array.from(a5.score(rows)));
    expect(models).toMatchObject([
      { name: 'a5', student: { bytes: a5.bytes, architecture: 'a5@1', teacher: 'vmaf_v0.6.1' } },
    ]);
    expect(series.keys.filter((key) => /aim|adm3/.test(key))).toEqual([]);
    for (const keys of seen) expect(new Set(keys)).toEqual(new Set(series.keys));
  });

  it('shares ADM with what needs AIM', async () => {
    const { series } = await run([student()], [{ name: 'adm' }]);
    expect(series.column('integer_aim')[0]).toBeGreaterThan(0);
    const alone = await run([student()]);
    expect(series.column('a5')).toEqual(alone.series.column('a5'));
  });

  it('takes feature options of its own', async () => {
    const overloads = [
      { extractor: 'adm', option: 'adm_enhn_gain_limit', value: '1' },
      { extractor: 'vif', option: 'vif_enhn_gain_limit', value: '1' },
    ];
    const { series } = await run([student(), student({ name: 'neg', overloads })]);
    expect(series.keys).toContain('integer_adm2_egl_1');
    expect(series.pooled('neg').mean).toBeLessThan(series.pooled('a5').mean);
    await expect(
      run([student({ overloads: [{ extractor: 'cambi', option: 'x', value: '1' }] })]),
    ).rejects.toMatchObject({ code: 'ERR_BAD_ARGUMENT' });
  });

  it('must score frames, and be one', async () => {
    const graph = a3.build({ layers: 1, width: 4, attention: 2 });
    const metadata = { architecture: 'a3', version: 1, tier: 'tiny' } as const;
    const bytes = unwrap(exportOnnx({ graph, weights: randomWeights(graph, 1), metadata }));
    const clip = unwrap(createStudent(bytes));
    await expect(run([student({ student: clip })])).rejects.toThrow('whole clip');
    await expect(run([{ name: 'x', label: 'x', student: {} } as never])).rejects.toMatchObject({
      code: 'ERR_BAD_ARGUMENT',
    });
  });

  it('must have a name of its own', async () => {
    await expect(run([student(), student()])).rejects.toThrow('one model only');
    await expect(run([student({ name: 'integer_adm2' })])).rejects.toThrow('already');
  });
});
