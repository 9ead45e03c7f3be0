import { either as E } from 'fp-ts';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { parseModel } from '../../src/model/index.js';
import { KNOWN_MODELS } from '../../src/known/index.js';
import { SMALL_SVM, smallCollection, smallDict, smallModel, type Json } from '../synthetic.js';
import { messageOf, modelOf, teacher, teacherText } from '../teacher.js';

const PREFIX = 'm.json is not a usable VMAF model: ';

const problem = (text: string): string => {
  const message = messageOf(parseModel(text, 'm.json'));
  expect(message.startsWith(PREFIX), message).toBe(true);
  return message.slice(PREFIX.length, -1);
};

describe('parseModel', () => {
  it('reads a single model', () => {
    const model = modelOf(
      smallModel({
        feature_opts_dicts: [{ adm_enhn_gain_limit: 1.0, debug: true, adm_mode: 'x' }, {}],
        score_transform: {
          p0: 1,
          p1: null,
          knots: [
            [0, 0],
            [50, 60],
          ],
          out_gte_in: 'true',
        },
      }),
    );
    expect(model).toMatchObject({
      kind: 'single',
      inputs: [
        {
          extractor: 'adm',
          output: 'adm2',
          options: { adm_enhn_gain_limit: 1, debug: true, adm_mode: 'x' },
          featureName: 'VMAF_integer_feature_adm2_score',
        },
        { extractor: 'motion', output: 'motion2', options: {} },
      ],
      clip: { min: 0, max: 100 },
      hasTransform: true,
      transformEnabled: false,
    });
    expect(model.members[0]?.transform).toEqual({
      enabled: false,
      p0: 1,
      knots: [
        { x: 0, y: 0 },
        { x: 50, y: 60 },
      ],
      outLteIn: false,
      outGteIn: true,
    });
  });

  it('reads a collection, whatever the order of its members in the file', () => {
    const json = JSON.parse(smallCollection(12)) as Json;
    const backwards = JSON.stringify(Object.fromEntries(Object.entries(json).reverse()));
    const model = modelOf(backwards);
    expect(model.kind).toBe('bootstrap');
    expect(model.members.map((member) => member.svm.rho)).toEqual(
      Array.from({ length: 12 }, (_, i) => -0.25 + i / 1000),
    );
  });

  it('takes float features, no scaling, no clip, members of no meaning', () => {
    const model = modelOf(
      smallModel({
        feature_names: ['VMAF_feature_vif_scale3_score', 'VMAF_feature_adm2_score'],
        norm_type: 'none',
        slopes: undefined,
        intercepts: undefined,
        score_clip: null,
        feature_dict: { anything: [1] },
      }),
    );
    expect(model.inputs.map(({ extractor, output }) => [extractor, output])).toEqual([
      ['float_vif', 'vif_scale3'],
      ['float_adm', 'adm2'],
    ]);
    expect(model.clip).toBeUndefined();
    expect(model.members[0]?.scaling).toBeUndefined();
  });

  it('passes option numbers through binary32 and six digits, as libvmaf does', () => {
    const options = (value: number) =>
      modelOf(smallModel({ feature_opts_dicts: [{ o: value }, {}] })).inputs[0]?.options['o'];
    expect(options(1.2)).toBe(1.2);
    expect(options(0.123456789)).toBe(0.123457);
    expect(options(1080)).toBe(1080);
    expect(options(16777217)).toBe(16777200);
  });

  it.each<[string, Json, string]>([
    [
      'a text among the slopes',
      { slopes: [0.01, 2, 'x'] },
      'model_dict.slopes.2: expected a finite number, got "x"',
    ],
    [
      'missing slopes',
      { slopes: undefined },
      'model_dict.slopes: has no numbers, the score and 2 features need 3',
    ],
    [
      'too few intercepts',
      { intercepts: [1, 2] },
      'model_dict.intercepts: has 2 numbers, the score and 2 features need 3',
    ],
    ['a score slope of 0', { slopes: [0, 1, 1] }, 'model_dict.slopes.0: must not be 0'],
    ['no features', { feature_names: [] }, 'model_dict.feature_names: is empty'],
    [
      'a feature twice',
      { feature_names: Array(2).fill('VMAF_integer_feature_adm2_score') },
      'model_dict.feature_names: has VMAF_integer_feature_adm2_score twice',
    ],
    [
      'a wrong norm',
      { norm_type: 'clip_0to1' },
      'model_dict.norm_type: expected "linear_rescale" or "none", got "clip_0to1"',
    ],
    [
      'a wrong type',
      { model_type: 'SKLEARN' },
      'model_dict.model_type: must be LIBSVMNUSVR here, got "SKLEARN"',
    ],
    [
      'a clip of three numbers',
      { score_clip: [0, 50, 100] },
      'model_dict.score_clip: expected two finite numbers, got an array of 3',
    ],
    [
      'a clip upside down',
      { score_clip: [100, 0] },
      'model_dict.score_clip: has its minimum 100 above its maximum 0',
    ],
    [
      'options for one feature of two',
      { feature_opts_dicts: [{}] },
      'model_dict.feature_opts_dicts: has 1 entries for 2 features',
    ],
    [
      'an option object',
      { feature_opts_dicts: [{ a: {} }, {}] },
      'model_dict.feature_opts_dicts.0.a: expected a finite number or boolean or string, got an object',
    ],
    [
      'an option name',
      { feature_opts_dicts: [{}, { 'Bad Name': 1 }] },
      'model_dict.feature_opts_dicts.1: has no usable option "Bad Name": "1"',
    ],
    [
      'an option beyond binary32',
      { feature_opts_dicts: [{}, { a: 1e300 }] },
      'model_dict.feature_opts_dicts.1: has no usable option "a": "1e+300"',
    ],
    [
      'a flag as boolean',
      { score_transform: { out_gte_in: true } },
      'model_dict.score_transform.out_gte_in: expected "true" or "false", got true',
    ],
    [
      'one knot',
      { score_transform: { knots: [[0, 0]] } },
      'model_dict.score_transform.knots: has 1 knots, needs at least 2',
    ],
    [
      'knots at one x',
      {
        score_transform: {
          knots: [
            [0, 0],
            [0, 1],
          ],
        },
      },
      'model_dict.score_transform.knots: x must ascend, got 0 after 0',
    ],
    [
      'falling knots',
      {
        score_transform: {
          knots: [
            [0, 1],
            [1, 0],
          ],
        },
      },
      'model_dict.score_transform.knots: y must not descend, got 0 after 1',
    ],
    [
      'a damaged support vector',
      { model: SMALL_SVM.replace('2:0.75', '2:0,75') },
      'model_dict.model line 9: the value of index 2 must be a decimal number, got "0,75"',
    ],
    [
      'a foreign feature',
      { feature_names: ['Cambi_feature_cambi_score', 'x'] },
      'model_dict.feature_names: needs features that tinyvmaf does not compute for models: cambi, "x"',
    ],
    [
      'chroma correction',
      { chroma_correction_parameter: 120 },
      'model_dict.chroma_correction_parameter: asks for the chroma correction of v1 models, which tinyvmaf does not have',
    ],
  ])('refuses %s', (_, changes, expected) => {
    expect(problem(smallModel(changes))).toBe(expected);
  });

  it('tells infinite numbers from finite ones', () => {
    expect(problem(smallModel().replace('"slopes":[0.01', '"slopes":[1e999'))).toBe(
      'model_dict.slopes.0: expected a finite number, got Infinity',
    );
  });

  it('names several problems at once', () => {
    expect(problem(smallModel({ slopes: 1, model: 2 }))).toBe(
      'model_dict.model: expected string, got 2; model_dict.slopes: expected an array, got 1',
    );
  });

  it.each([
    ['', 'the file: is empty'],
    [' \n', 'the file: is empty'],
    ['[]', 'the file: is JSON, but not an object'],
    ['null', 'the file: is JSON, but not an object'],
    [
      '{}',
      'the file: has neither a member model_dict nor members "0", "1", ... without gaps (found nothing)',
    ],
    [
      '{"1":{}}',
      'the file: has neither a member model_dict nor members "0", "1", ... without gaps (found "1")',
    ],
    ['{"0":{}}', 'the file: is a collection of 1, needs 2 to 1000 members'],
    [
      '{"__proto__":{"model_dict":{}}}',
      'the file: has neither a member model_dict nor members "0", "1", ... without gaps (found "__proto__")',
    ],
    ['{"model_dict":3}', 'model_dict: expected an object, got 3'],
  ])('refuses the text %j', (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it('quotes what is not JSON', () => {
    expect(problem('svm_type nu_svr')).toMatch(/^the file: is not JSON \(SyntaxError/);
  });

  it('refuses members that differ from member 0', () => {
    const text = smallCollection(4, (dict, i) =>
      i === 2 ? { ...dict, feature_opts_dicts: [{ adm_enhn_gain_limit: 1 }, {}] } : dict,
    );
    expect(problem(text)).toBe(
      '2.model_dict.feature_names: differs from that of member 0 in names, order or options',
    );
  });

  it('names the member of a damaged collection', () => {
    const text = smallCollection(4, (dict, i) => (i === 3 ? { ...dict, slopes: ['x'] } : dict));
    expect(problem(text)).toBe('3.model_dict.slopes.0: expected a finite number, got "x"');
    expect(problem(smallCollection(3, (dict) => ({ ...dict, model_type: 'LIBSVMNUSVR' })))).toBe(
      '0.model_dict.model_type: must be BOOTSTRAP_LIBSVMNUSVR or RESIDUEBOOTSTRAP_LIBSVMNUSVR here, got "LIBSVMNUSVR"',
    );
    expect(problem(JSON.stringify({ 0: { model_dict: smallDict() }, 1: null }))).toMatch(/^0\./);
  });

  describe('text made to do harm', () => {
    const timed = (text: string): string => {
      const start = performance.now();
      const message = problem(text);
      // Milliseconds in practice; the bound only tells from hanging.
      expect(performance.now() - start).toBeLessThan(5000);
      return message;
    };

    it('nested deeply', () => {
      expect(timed('['.repeat(1_000_000))).toBe('the file: is nested deeper than 16 levels');
      expect(timed('{"a":'.repeat(1_000_000))).toBe('the file: is nested deeper than 16 levels');
    });

    it('huge', () => {
      expect(timed(' '.repeat(100_000_000) + '{')).toBe(
        'the file: has 100000001 characters, a model has at most 16777216',
      );
    });

    it('of many values', () => {
      expect(timed(`{"model_dict":[${'{},'.repeat(5_000_000)}{}]}`)).toBe(
        'the file: holds more than 200000 values',
      );
      const members = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [i, {}]));
      expect(timed(JSON.stringify(members))).toBe(
        'the file: is a collection of 1001, needs 2 to 1000 members',
      );
    });

    it('of many wrong values', () => {
      const slopes = Array.from({ length: 190_000 }, () => 'x');
      expect(timed(smallModel({ slopes }))).toMatch(/^model_dict\.slopes\.0: expected/);
    });

    it('with brackets and quotes inside strings', () => {
      const model = modelOf(smallModel({ note: `${'[{'.repeat(50)}\\"\\\\` }));
      expect(model.kind).toBe('single');
    });

    it('with a feature name made for backtracking', () => {
      const name = `A${'_feature_'.repeat(800_000)}`;
      expect(timed(smallModel({ feature_names: [name, name] }))).toMatch(/does not compute/);
    });

    it('with names of prototypes', () => {
      const text = `{"model_dict":{"__proto__":{"slopes":[1]},"constructor":1,"feature_opts_dicts":[{"__proto__":1},{}],${JSON.stringify(smallDict()).slice(1)}}`;
      expect(problem(text)).toMatch(/has no usable option "__proto__"/);
      expect(({} as Json)['slopes']).toBeUndefined();
    });
  });
});

describe.skipIf(!has('shared'))("Netflix's files", () => {
  it.each(KNOWN_MODELS.filter((model) => model.supported))('$version is read', (known) => {
    const model = teacher(known.version);
    expect(model.kind).toBe(known.version.includes('_b_') ? 'bootstrap' : 'single');
    expect(model.members).toHaveLength(model.kind === 'bootstrap' ? 21 : 1);
    expect(model.inputs.map((input) => input.output)).toEqual([
      'adm2',
      'motion2',
      'vif_scale0',
      'vif_scale1',
      'vif_scale2',
      'vif_scale3',
    ]);
    expect(model.inputs.every(({ extractor }) => extractor.startsWith('float_'))).toBe(
      known.family === 'float',
    );
    expect(model.clip).toEqual({ min: 0, max: 100 });
    expect(model.transformEnabled).toBe(false);
    expect(model.hasTransform).toBe(known.height === 1080);
  });

  it('vmaf_v0.6.1 has the numbers that the specification prints', () => {
    const member = teacher('vmaf_v0.6.1').members[0]!;
    expect(member.svm).toMatchObject({ count: 211, gamma: 0.04, rho: -1.33133, width: 6 });
    expect(member.scaling?.slopes[0]).toBe(0.012020766332648465);
    expect(teacher('vmaf_4k_v0.6.1').members[0]?.svm).toMatchObject({ count: 262, rho: -2.30449 });
  });

  it.each(KNOWN_MODELS.filter((model) => !model.supported))('$version is refused', (known) => {
    const result = parseModel(teacherText(known.file), known.file);
    expect(messageOf(result)).toBe(
      `${known.file} is not a usable VMAF model: model_dict.feature_names: needs features that tinyvmaf does not compute for models: ${known.missing.join(', ')}.`,
    );
    expect(E.isLeft(result)).toBe(true);
  });
});
