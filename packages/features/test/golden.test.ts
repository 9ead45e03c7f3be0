// The golden set (libvmaf 3.2.0, portable path, 17 digits) through the public
// extractor on every backend, compared as bits. Cases of 1920x1080 and more are in
// golden-large.test.ts, which runs beside this file.
import { goldenCase, goldenJson, has, type GoldenSeries } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { compareCase, compareSeries, covered, type Comparison } from './support/compare.js';
import { BACKENDS, casesOf, definedSeries, extractCase, isLarge } from './support/golden.js';

const debug = true;

/** The features of VMAF v1 that a case holds, with its options in their names. */
const v1Features = (name: string): Readonly<Record<string, GoldenSeries>> => {
  const models: Readonly<Record<string, object>> = goldenCase(name).models;
  const v1: { readonly features?: Readonly<Record<string, GoldenSeries>> } | undefined =
    models['vmaf_v1.0.16_3d0h'];
  return v1?.features ?? {};
};
const EXACT = 33;
const VIF = 16;

describe.skipIf(!has('shared')).each(BACKENDS)('on backend %s', (backend) => {
  describe('cases of 33 samples and more', () => {
    const names = casesOf((side) => side >= EXACT);
    const here = names.filter((name) => !isLarge(name));
    const all: Comparison[] = [];

    it('are 51', () => {
      expect([names.length, here.length]).toEqual([51, 42]);
    });

    it.each(here)('%s', async (name) => {
      const comparison = await compareCase(name, backend);
      expect(comparison.differences).toEqual([]);
      all.push(comparison);
    });

    it('were compared whole', () => {
      expect(covered(all)).toEqual({
        cases: 42,
        series: 2940,
        frameValues: 10710,
        pooledValues: 11760,
      });
    });
  });

  describe('smaller cases', () => {
    const names = casesOf((side) => side < EXACT);
    const all: Comparison[] = [];

    it.each(names)('VIF and motion of %s', async (name) => {
      const golden = goldenCase(name);
      const takesVif = Math.min(golden.format.width, golden.format.height) >= VIF;
      const spatial = [
        { name: 'vif', options: { debug } },
        { name: 'vif', options: { debug, egl: 1 } },
      ] as const;
      const actual = await extractCase(
        golden,
        [...(takesVif ? spatial : []), { name: 'motion', options: { debug } }],
        { backend },
      );
      const expected = definedSeries(golden).filter(([key]) =>
        takesVif ? /vif|motion/.test(key) : key.includes('motion'),
      );
      const comparison = compareSeries(expected, actual);
      expect(comparison.differences).toEqual([]);
      all.push(comparison);
    });

    it('were compared whole', () => {
      expect(covered(all)).toEqual({
        cases: 14,
        series: 326,
        frameValues: 910,
        pooledValues: 1304,
      });
    });
  });

  describe('motion capped at 18, as VMAF v1 asks for it', () => {
    const capped = (name: string): readonly (readonly [string, GoldenSeries])[] =>
      Object.entries(v1Features(name)).filter(([key]) => /motion.*_mmxv_18$/.test(key));
    const names = casesOf((_, name) => capped(name).length > 0 && !isLarge(name));
    const all: Comparison[] = [];

    it.each(names)('%s', async (name) => {
      const actual = await extractCase(
        goldenCase(name),
        [{ name: 'motion', options: { motion_max_val: 18, debug } }],
        { backend },
      );
      const comparison = compareSeries(capped(name), actual);
      expect(comparison.differences).toEqual([]);
      all.push(comparison);
    });

    it('was compared whole', () => {
      expect(covered(all)).toEqual({ cases: 15, series: 45, frameValues: 111, pooledValues: 180 });
    });
  });

  describe('motion of releases 2.1 to 3.1', () => {
    interface Compat {
      cases: Record<string, Record<string, Pick<GoldenSeries, 'frames'>>>;
    }
    const cases = has('shared') ? (goldenJson('compat-3.1.json') as Compat).cases : {};
    const all: Comparison[] = [];

    it.each(Object.keys(cases))('%s', async (name) => {
      const actual = await extractCase(goldenCase(name), [{ name: 'motion' }], {
        compat: 'libvmaf-3.1',
        backend,
      });
      const expected = Object.entries(cases[name] ?? {}).filter(([key]) => key !== 'vmaf');
      expect([...actual.keys()].sort()).toEqual(expected.map(([key]) => key).sort());
      const comparison = compareSeries(expected, actual);
      expect(comparison.differences).toEqual([]);
      all.push(comparison);
    });

    it('was compared whole', () => {
      expect(covered(all)).toEqual({ cases: 33, series: 66, frameValues: 272, pooledValues: 0 });
    });
  });

  describe("keys in the order of the tool's logs", () => {
    interface Log {
      frames: { metrics: Record<string, number> }[];
    }
    const adm = { name: 'adm' } as const;
    const vif = { name: 'vif' } as const;
    const motion = { name: 'motion' } as const;
    const neg = { egl: 1 };

    it.each([
      ['src01_v061', [adm, motion, vif]],
      ['src01_feature_only', [vif, motion, adm]],
      ['src01_neg_named', [{ ...adm, options: neg }, motion, { ...vif, options: neg }]],
      [
        'src01_two_models',
        [adm, motion, vif, { ...adm, options: neg }, motion, { ...vif, options: neg }],
      ],
    ] as const)('%s', async (log, extractors) => {
      const frames = (goldenJson(`logs/${log}.json`) as Log).frames;
      const actual = await extractCase(goldenCase('src01_576x324_8b'), extractors, { backend });
      const scores = new Set(['vmaf', 'neg', 'a', 'b']);
      expect([...actual.keys()]).toEqual(
        Object.keys(frames[0]?.metrics ?? {}).filter((key) => !scores.has(key)),
      );
      for (const [key, values] of actual) {
        expect(values.map((value) => value.toFixed(6))).toEqual(
          frames.map(({ metrics }) => metrics[key]?.toFixed(6)),
        );
      }
    });

    it('src01_subsample2', async () => {
      const golden = goldenCase('src01_160x90_8b_48f');
      const frames = (goldenJson('logs/src01_subsample2.json') as Log).frames;
      const actual = await extractCase(golden, [adm, motion, vif], { subsample: 2, backend });
      // The log ends after 9 frames; its last motion2 follows the end-of-clip rule.
      for (const [key, values] of actual) {
        expect(values.slice(0, 4).map((value) => value.toFixed(6))).toEqual(
          frames.slice(0, 4).map(({ metrics }) => metrics[key]?.toFixed(6)),
        );
      }
    });
  });
});
