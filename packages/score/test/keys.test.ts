// Keys of results, and the remark on identical pictures, with a small model of our own making.
import { unwrap } from '@tinyvmaf/core';
import { parseModel } from '@tinyvmaf/svm';
import { lumaSource, textureLuma } from '@tinyvmaf/testkit';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { score, scoreTE, type ScoreModel, type ScoreReport } from '../src/index.js';

/** Gain limits as in the NEG model give the features' keys a suffix. */
const text = (
  options: Readonly<Record<string, number>>,
  feature = 'integer_feature_adm2',
): string =>
  JSON.stringify({
    model_dict: {
      model_type: 'LIBSVMNUSVR',
      feature_names: [`VMAF_${feature}_score`, 'VMAF_integer_feature_motion2_score'],
      feature_opts_dicts: [options, {}],
      norm_type: 'none',
      model: 'svm_type nu_svr\nkernel_type rbf\ngamma 0.5\ntotal_sv 1\nrho 0\nSV\n1 1:1\n',
    },
  });

const model = (name: string, json = text({})): ScoreModel => ({
  name,
  label: 'small',
  model: unwrap(parseModel(json, 'small.json')),
});

const clip = (quantiser: number) =>
  lumaSource(
    'clip',
    Array.from({ length: 2 }, (_, t) => textureLuma(48, 40, t, 8, quantiser)),
  );

const request = (models: readonly ScoreModel[], quantiser = 32) => ({
  reference: clip(1),
  distorted: clip(quantiser),
  models,
});

const codes = ({ warnings }: ScoreReport): readonly string[] => warnings.map(({ code }) => code);

describe('keys of results', () => {
  it('are those of the features, then the names of the models', async () => {
    const { series } = await score(request([model('a'), model('b')]));
    expect(series.keys.slice(-2)).toEqual(['a', 'b']);
    expect(new Set(series.keys).size).toBe(series.keys.length);
  });

  it.each([
    [['integer_adm2'], 'integer_adm2'],
    [['a', 'a'], 'a'],
  ])('refuse models named %j', async (names, value) => {
    const result = await scoreTE(request(names.map((name) => model(name))))();
    expect(E.isLeft(result) && result.left).toMatchObject({ _tag: 'BadArgument', value });
  });

  it('refuse a model on float features as a model', async () => {
    const float = model('f', text({}, 'feature_adm2'));
    const result = await scoreTE(request([float]))();
    expect(E.isLeft(result) && result.left).toMatchObject({
      _tag: 'ModelFormat',
      source: 'small',
      problem: expect.stringContaining('float_adm') as unknown,
    });
  });
});

describe('identical-below-100', () => {
  const neg = text({ adm_enhn_gain_limit: 1 });

  it.each([
    ['plain', text({})],
    ['with options', neg],
  ])('is said of identical pictures, %s', async (_name, json) => {
    expect(codes(await score(request([model('m', json)], 1)))).toContain('identical-below-100');
  });

  it.each([
    ['plain', text({})],
    ['with options', neg],
  ])('is not said of different pictures, %s', async (_name, json) => {
    expect(codes(await score(request([model('m', json)])))).not.toContain('identical-below-100');
  });
});
