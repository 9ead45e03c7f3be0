// cases.md A6: the grammar of --model, and never another model in silence.
import { has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, T, write } from '../support/files.js';

describe.skipIf(!has('shared'))('A6 --model', () => {
  const { path } = scratch();
  const files = [write(path('a.yuv'), rawClip({ q: 1 })), write(path('b.yuv'), rawClip({ q: 32 }))];
  const run = (...specs: readonly string[]) =>
    tinyvmaf(...T, ...files, ...G, ...specs.flatMap((spec) => ['--model', spec]));

  it('takes two models under two names', async () => {
    const log = logOf(await run('version=vmaf_v0.6.1:name=a', 'version=vmaf_v0.6.1neg:name=b'));
    expect([meanOf(log, 'a'), meanOf(log, 'b')]).toEqual([68.724514, 66.43083]);
    expect(scoresOf(log, 'b')[0]).toBe(62.508195);
  });

  it('refuses two models under one name', async () => {
    const { status, stderr } = await run('version=vmaf_v0.6.1', 'version=vmaf_v0.6.1neg');
    expect(status).toBe(1);
    expect(stderr).toMatch(/name=/);
  });

  it.each([
    ['version=vmaf_v0.6.1:enable_transform', 86.997448],
    ['version=vmaf_v0.6.1:enable_transform=true', 86.997448],
    ['version=vmaf_v0.6.1:adm.adm_enhn_gain_limit=1.0:vif.vif_enhn_gain_limit=1.0', 66.43083],
    ['version=vmaf_4k_v0.6.1', 81.348889],
    [`path=${TEACHER}/vmaf_4k_v0.6.1.json`, 81.348889],
    ['vmaf_v0.6.1', 68.724514],
  ])('%s gives %d', async (spec, mean) => {
    expect(meanOf(logOf(await run(spec)))).toBe(mean);
  });

  it('evaluates a bootstrap collection', async () => {
    const log = logOf(await run('version=vmaf_b_v0.6.3'));
    const means = ['vmaf', 'vmaf_bagging', 'vmaf_stddev', 'vmaf_ci_p95_lo', 'vmaf_ci_p95_hi'];
    expect(means.map((key) => meanOf(log, key))).toEqual([
      67.981359, 67.420414, 2.223056, 63.948668, 71.56595,
    ]);
  });

  it.each([
    ['version=vmaf_v0.6.1:enable_transform=True', 1, /true/],
    ['version=nonesuch', 5, /vmaf_v0\.6\.1/],
    ['version=/some/file.json', 1, /path=/],
    ['name=foo', 1, /version=/],
    ['', 1, /version=/],
    ['version=vmaf_v0.6.1:pool=harmonic_mean', 1, /pool/],
    ['model_path=x', 1, /model_path/],
    [`path=${TEACHER}/vmaf_v1.0.16/vmaf_v1.0.16_3d0h.json`, 5, /cambi/],
    [`path=${TEACHER}/vmaf_v1.0.16/vmaf_v1.0.16_3d0h_2160.json`, 5, /cambi/],
  ])('%s is refused with status %d', async (spec, status, message) => {
    const outcome = await run(spec);
    expect(outcome.stderr).toMatch(message);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
