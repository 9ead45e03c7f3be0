import { either as E } from 'fp-ts';
import { TinyVmafException } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { createPredictor, type PredictorOptions } from '../../src/index.js';
import { piecewiseLinear } from '../../src/predict/transform.js';
import { SMALL_SVM, smallCollection, smallModel, smallRaw, type Json } from '../synthetic.js';
import { messageOf, modelOf, teacher } from '../teacher.js';

const score = (changes: Json, adm2: number, motion2: number, options: PredictorOptions = {}) =>
  createPredictor(modelOf(smallModel(changes)), options).predict(Float64Array.of(adm2, motion2))
    .score;

const free: Json = { score_clip: null };

describe('createPredictor', () => {
  it('evaluates scaling, kernel and rho', () => {
    for (const [adm2, motion2] of [
      [0.9, 3],
      [0.5, 0],
      [1, 20],
    ] as const) {
      expect(score(free, adm2, motion2)).toBeCloseTo(smallRaw(adm2, motion2), 9);
    }
  });

  it('clips, unless told not to', () => {
    const raw = smallRaw(0.9, 3);
    expect(raw).toBeGreaterThan(60);
    expect(score({ score_clip: [0, 60] }, 0.9, 3)).toBe(60);
    expect(score({ score_clip: [300, 400] }, 0.9, 3)).toBe(300);
    expect(score({ score_clip: [0, 60] }, 0.9, 3, { disableClip: true })).toBeCloseTo(raw, 9);
  });

  it('takes features as they are where there is no scaling', () => {
    const none = { ...free, norm_type: 'none' };
    const direct = smallRaw(0.75, 10) * 0.01 - 0.3;
    expect(score(none, 2 * 0.75 - 1, 0.05 * 10 + 0.01)).toBeCloseTo(direct, 12);
  });

  it('transforms where the file says so, or where it is asked for', () => {
    const transform = { p0: 1, p1: 0.5, p2: 0.001 };
    const raw = score(free, 0.9, 3);
    const expected = 1 + 0.5 * raw + 0.001 * raw * raw;
    const enabled = { ...free, score_transform: { ...transform, enabled: true } };
    expect(score({ ...free, score_transform: transform }, 0.9, 3)).toBe(raw);
    expect(score(enabled, 0.9, 3)).toBe(expected);
    expect(score({ ...free, score_transform: transform }, 0.9, 3, { enableTransform: true })).toBe(
      expected,
    );
    expect(score(free, 0.9, 3, { enableTransform: true })).toBe(raw);
  });

  it('leaves the score alone where no coefficient is given', () => {
    const raw = score(free, 0.9, 3);
    expect(score({ ...free, score_transform: { enabled: true, p0: null } }, 0.9, 3)).toBe(raw);
    expect(score({ ...free, score_transform: { enabled: true, p0: 7 } }, 0.9, 3)).toBe(7);
  });

  it('limits the transformed score by the raw one', () => {
    const raw = score(free, 0.9, 3);
    const limited = (p0: number, flags: Json): number =>
      score({ ...free, score_transform: { enabled: true, p0, p1: 1, ...flags } }, 0.9, 3);
    expect(limited(5, { out_lte_in: 'true' })).toBe(raw);
    expect(limited(-5, { out_lte_in: 'true' })).toBe(-5 + raw);
    expect(limited(5, { out_gte_in: 'true' })).toBe(5 + raw);
    expect(limited(-5, { out_gte_in: 'true' })).toBe(raw);
    expect(limited(-5, { out_gte_in: 'false', out_lte_in: 'false' })).toBe(-5 + raw);
  });

  it('bends the transformed score at knots', () => {
    const raw = score(free, 0.9, 3);
    const knots = [
      [raw - 10, 20],
      [raw, 40],
      [raw + 10, 40],
    ];
    const bent = (p0: number): number =>
      score({ ...free, score_transform: { enabled: true, p0, p1: 1, knots } }, 0.9, 3);
    expect(bent(-5)).toBeCloseTo(30, 9);
    expect(bent(5)).toBe(40);
  });

  it('gives no number for features that are none', () => {
    const predictor = createPredictor(modelOf(smallModel()));
    for (const bad of [NaN, Infinity, -Infinity]) {
      const result = predictor.predictEither(Float64Array.of(0.9, bad));
      expect(messageOf(result)).toBe(`features.1 (motion2) must be a finite number, got "${bad}".`);
      expect(() => predictor.predict(Float64Array.of(0.9, bad))).toThrow(TinyVmafException);
    }
    expect(messageOf(predictor.predictEither(Float64Array.of(1, 2, 3)))).toBe(
      'features must hold the 2 inputs of the model, got "3 numbers".',
    );
  });

  it('gives no number where the model overflows', () => {
    const huge = { ...free, slopes: [1e-308, 1, 1], model: SMALL_SVM.replace('-0.25', '-1e300') };
    const result = createPredictor(modelOf(smallModel(huge))).predictEither(Float64Array.of(1, 1));
    expect(messageOf(result)).toMatch(/the prediction: is not a finite number/);
    // A large feature is far from every support vector: its terms vanish.
    const far = createPredictor(modelOf(smallModel(free))).predictEither(Float64Array.of(1e200, 1));
    expect(E.isRight(far) && far.right.score).toBe((0.25 + 0.3) / 0.01);
  });
});

describe('a bootstrap collection', () => {
  const transform = { p0: 2, p1: 1.1 };
  const model = (clip: unknown = null) =>
    modelOf(
      smallCollection(5, (dict) => ({ ...dict, score_clip: clip, score_transform: transform })),
    );
  const features = Float64Array.of(0.9, 3);
  const raws = [0, 1, 2, 3, 4].map((i) => smallRaw(0.9, 3, -0.25 + i / 1000));

  it('has the main score, the members and their statistics', () => {
    const { score: main, bootstrap } = createPredictor(model()).predict(features);
    expect(main).toBeCloseTo(raws[0]!, 9);
    const z = raws.slice(1);
    const mean = (z[0]! + z[1]! + z[2]! + z[3]!) / 4;
    bootstrap?.members.forEach((one, i) => expect(one).toBeCloseTo(z[i]!, 9));
    expect(bootstrap?.members).toHaveLength(4);
    expect(bootstrap?.bagging).toBeCloseTo(mean, 9);
    // Members fall by 0.1 each: spread of four equidistant values, population form.
    expect(bootstrap?.stddev).toBeCloseTo(0.1 * Math.sqrt(1.25), 6);
    expect(bootstrap?.ciP95Lo).toBeCloseTo(z[3]! + 0.1 * 0.075, 6);
    expect(bootstrap?.ciP95Hi).toBeCloseTo(z[0]! - 0.1 * 0.075, 6);
  });

  it('transforms every value and scales the spread by the slope', () => {
    const plain = createPredictor(model()).predict(features).bootstrap!;
    const view = createPredictor(model(), { enableTransform: true }).predict(features).bootstrap!;
    expect(view.bagging).toBeCloseTo(2 + 1.1 * plain.bagging, 9);
    expect(view.ciP95Lo).toBeCloseTo(2 + 1.1 * plain.ciP95Lo, 9);
    expect(view.stddev).toBeCloseTo(1.1 * plain.stddev, 6);
    expect(view.members[2]).toBeCloseTo(2 + 1.1 * plain.members[2]!, 9);
  });

  it('has no spread beyond the clip', () => {
    const { score: main, bootstrap } = createPredictor(model([0, 10])).predict(features);
    expect(main).toBe(10);
    expect(bootstrap).toMatchObject({ bagging: 10, stddev: 0, ciP95Lo: 10, ciP95Hi: 10 });
    const open = createPredictor(model([0, 10]), { disableClip: true }).predict(features);
    expect(open.bootstrap?.bagging).toBeGreaterThan(60);
  });
});

describe('piecewiseLinear', () => {
  const knots = [
    { x: 0, y: 10 },
    { x: 10, y: 10 },
    { x: 20, y: 30 },
    { x: 30, y: 35 },
  ];

  it.each([
    [-5, 10],
    [0, 10],
    [5, 10],
    [10, 10],
    [15, 20],
    [20, 30],
    [25, 32.5],
    [40, 40],
  ])('at %d gives %d', (x, y) => {
    expect(piecewiseLinear(knots, x)).toBeCloseTo(y, 12);
  });

  it('continues the first segment below', () => {
    expect(
      piecewiseLinear(
        [
          { x: 0, y: 1 },
          { x: 2, y: 5 },
        ],
        -1,
      ),
    ).toBe(-1);
    expect(
      piecewiseLinear(
        [
          { x: 1, y: 1 },
          { x: 2, y: 5 },
        ],
        0,
      ),
    ).toBe(-3);
  });
});

describe.skipIf(!has('shared'))('models without golden values', () => {
  it.each([
    ['vmaf_4k_v0.6.1neg', 'vmaf_4k_v0.6.1'],
    ['vmaf_float_v0.6.1neg', 'vmaf_v0.6.1neg'],
    ['vmaf_float_4k_v0.6.1', 'vmaf_4k_v0.6.1'],
    ['vmaf_float_b_v0.6.3', 'vmaf_b_v0.6.3'],
  ])('%s scores as its twin %s', (version, twin) => {
    const features = Float64Array.of(0.95, 4, 0.5, 0.85, 0.9, 0.93);
    expect(createPredictor(teacher(version)).predict(features)).toEqual(
      createPredictor(teacher(twin)).predict(features),
    );
  });
});
