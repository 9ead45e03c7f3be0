// Every model value of the golden set of the v0.6.1 family, from the golden
// features, compared as bits; then the pooled values.
import { LIBVMAF_POOLS, maximum, mean, harmonicMean, minimum } from '@tinyvmaf/core';
import { goldenCase, goldenNames, has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import {
  createPredictor,
  type Model,
  type Prediction,
  type PredictorOptions,
} from '../src/index.js';
import { teacher } from './teacher.js';

interface Variant extends PredictorOptions {
  readonly version: string;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  'vmaf_v0.6.1': { version: 'vmaf_v0.6.1' },
  'vmaf_v0.6.1_noclip': { version: 'vmaf_v0.6.1', disableClip: true },
  'vmaf_v0.6.1_phone': { version: 'vmaf_v0.6.1', enableTransform: true },
  'vmaf_v0.6.1_phone_noclip': {
    version: 'vmaf_v0.6.1',
    enableTransform: true,
    disableClip: true,
  },
  'vmaf_v0.6.1neg': { version: 'vmaf_v0.6.1neg' },
  'vmaf_4k_v0.6.1': { version: 'vmaf_4k_v0.6.1' },
  'vmaf_float_v0.6.1': { version: 'vmaf_float_v0.6.1' },
  'vmaf_b_v0.6.3': { version: 'vmaf_b_v0.6.3' },
};

type Golden = ReturnType<typeof goldenCase>;

const POOLS = { min: minimum, max: maximum, mean, harmonic_mean: harmonicMean } as const;

/** Golden series of each input of a model, in its order; undefined where the case lacks one. */
const inputSeries = (golden: Golden, model: Model): readonly (readonly number[])[] | undefined => {
  const series = model.inputs.map(({ extractor, output, options }) => {
    const neg = Object.keys(options).length > 0;
    const float = extractor.startsWith('float_');
    const group = `${float ? 'float' : 'integer'}${neg ? '_neg' : ''}`;
    return golden.features[group]?.[`${float ? '' : 'integer_'}${output}${neg ? '_egl_1' : ''}`]
      ?.frames;
  });
  return series.some((one) => one === undefined)
    ? undefined
    : series.map((one) => (one ?? []).map(Number));
};

const counts = { scores: 0, bootstrap: 0, members: 0, pooled: 0, blocks: 0 };

const checkPooled = (series: readonly number[], pooled: Readonly<Record<string, number>>): void => {
  for (const pool of LIBVMAF_POOLS) {
    expect(POOLS[pool](series), pool).toBe(pooled[pool]);
    counts.pooled++;
  }
};

// What the golden files call the four statistics.
const STATISTICS = {
  bagging_score: 'bagging',
  stddev: 'stddev',
  ci_p95_lo: 'ciP95Lo',
  ci_p95_hi: 'ciP95Hi',
} as const;

type StatisticsFrame = Readonly<Record<keyof typeof STATISTICS, number>>;

interface GoldenBootstrap {
  readonly score: {
    readonly frames: readonly StatisticsFrame[];
    readonly pooled: Readonly<Record<string, StatisticsFrame>>;
  };
  readonly members: Readonly<Record<string, { readonly frames: readonly number[] } | number[]>>;
}

const checkBootstrap = (golden: GoldenBootstrap, predictions: readonly Prediction[]): void => {
  for (const [name, member] of Object.entries(STATISTICS) as [
    keyof typeof STATISTICS,
    (typeof STATISTICS)[keyof typeof STATISTICS],
  ][]) {
    const series = predictions.map((one) => one.bootstrap?.[member] ?? NaN);
    expect(series, name).toEqual(golden.score.frames.map((frame) => frame[name]));
    counts.bootstrap += series.length;
    checkPooled(
      series,
      Object.fromEntries(LIBVMAF_POOLS.map((pool) => [pool, golden.score.pooled[pool]![name]])),
    );
  }
  expect(Object.keys(golden.members)).toHaveLength(20);
  Object.values(golden.members).forEach((member, i) => {
    const series = predictions.map((one) => one.bootstrap?.members[i] ?? NaN);
    expect(series, `member ${i + 1}`).toEqual(Array.isArray(member) ? member : member.frames);
    counts.members += series.length;
  });
};

describe.skipIf(!has('shared'))('golden model values', () => {
  const models = new Map<string, Model>();
  const modelNamed = (version: string): Model => {
    const model = models.get(version) ?? teacher(version);
    models.set(version, model);
    return model;
  };

  it.each(has('shared') ? goldenNames() : [])('%s', (name) => {
    const golden = goldenCase(name);
    for (const [block, { version, ...options }] of Object.entries(VARIANTS)) {
      const expected = golden.models[block];
      const model = modelNamed(version);
      const series = inputSeries(golden, model);
      if (expected === undefined || series === undefined) continue;
      const predictor = createPredictor(model, options);
      const predictions = Array.from({ length: golden.format.frames }, (_, frame) =>
        predictor.predict(Float64Array.from(series, (one) => one[frame] ?? NaN)),
      );
      counts.blocks++;
      if (model.kind === 'bootstrap') {
        checkBootstrap(expected as unknown as GoldenBootstrap, predictions);
        continue;
      }
      const scores = predictions.map((one) => one.score);
      expect(scores, block).toEqual(expected['score']?.frames);
      counts.scores += scores.length;
      checkPooled(scores, expected['score']?.pooled as Readonly<Record<string, number>>);
    }
  });

  it('has compared all of them', () => {
    expect(counts).toEqual({
      scores: 1203,
      bootstrap: 680,
      members: 3400,
      pooled: 2192,
      blocks: 401,
    });
  });
});
