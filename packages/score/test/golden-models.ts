// Scores one golden case with every model of the integer family in one pass and
// compares frames and pooled values as bits.
import {
  goldenChroma,
  goldenLuma,
  goldenNumber,
  lumaSource,
  TEACHER,
  type GoldenBootstrap,
  type GoldenCase,
  type GoldenModel,
} from '@tinyvmaf/testkit';
import { expect } from 'vitest';
import type { ScoreReport } from '../src/index.js';
import { score } from '../src/node/index.js';

/** Golden name of a model against the spec that gives it and the key its scores get. */
const MODELS = [
  ['vmaf_v0.6.1', 'version=vmaf_v0.6.1:name=plain', 'plain'],
  ['vmaf_v0.6.1_noclip', 'version=vmaf_v0.6.1:disable_clip:name=noclip', 'noclip'],
  ['vmaf_v0.6.1_phone', 'version=vmaf_v0.6.1:enable_transform:name=phone', 'phone'],
  [
    'vmaf_v0.6.1_phone_noclip',
    'version=vmaf_v0.6.1:enable_transform:disable_clip:name=both',
    'both',
  ],
  ['vmaf_v0.6.1neg', 'version=vmaf_v0.6.1neg:name=neg', 'neg'],
  ['vmaf_4k_v0.6.1', 'version=vmaf_4k_v0.6.1:name=uhd', 'uhd'],
  ['vmaf_b_v0.6.3', 'version=vmaf_b_v0.6.3:name=boot', 'boot'],
] as const;

/** Both sides at least 33 pixels: libvmaf's own values are defined. */
export const isComparable = ({ format }: GoldenCase): boolean =>
  format.width >= 33 && format.height >= 33;

/** Too large for the quick tests. */
export const isLarge = ({ format }: GoldenCase): boolean =>
  format.width * format.height > 640 * 360;

const POOLS = ['min', 'max', 'mean', 'harmonic_mean'] as const;

/** Compares a column and its pooled values with a golden model; gives the number of values. */
const expectSeries = (
  report: ScoreReport,
  key: string,
  { frames, pooled }: GoldenModel['score'],
  pick: (value: number | GoldenBootstrap) => number,
): number => {
  expect([...report.series.column(key)], key).toEqual(frames.map(pick));
  const actual = report.series.pooled(key);
  for (const method of POOLS) expect(actual[method], `${key} ${method}`).toBe(pick(pooled[method]));
  return frames.length + POOLS.length;
};

/** Statistic of a bootstrap collection against the key's suffix. */
const BOOTSTRAP = [
  ['bagging_score', '_bagging'],
  ['stddev', '_stddev'],
  ['ci_p95_lo', '_ci_p95_lo'],
  ['ci_p95_hi', '_ci_p95_hi'],
] as const;

/** Scores a case and compares everything its models say; fails where nothing was compared. */
export const checkModels = async (golden: GoldenCase): Promise<void> => {
  const chroma = goldenChroma(golden);
  const report = await score({
    reference: lumaSource('ref', goldenLuma(golden, 'ref'), { chroma }),
    distorted: lumaSource('dis', goldenLuma(golden, 'dis'), { chroma }),
    models: MODELS.map(([, spec]) => spec),
    teacher: TEACHER,
  });
  let compared = 0;
  for (const [name, , key] of MODELS) {
    const model = golden.models[name];
    if (model === undefined) continue;
    // A collection's file holds the statistics, not member 0.
    const series = name === 'vmaf_b_v0.6.3' ? BOOTSTRAP : ([[undefined, '']] as const);
    for (const [statistic, suffix] of series) {
      compared += expectSeries(report, `${key}${suffix}`, model.score, (value) =>
        typeof value === 'object' ? value[statistic ?? 'bagging_score'] : goldenNumber(value),
      );
    }
    Object.values(model.members ?? {}).forEach((scores, i) => {
      const member = `${key}_${String(i + 1).padStart(4, '0')}`;
      expect([...report.series.column(member)], member).toEqual(scores);
      compared += scores.length;
    });
  }
  expect(compared).toBeGreaterThan(0);
};
