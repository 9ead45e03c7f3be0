import { either as E } from 'fp-ts';
import { exitStatus } from '@tinyvmaf/core';
import fc from 'fast-check';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import {
  applyOverloads,
  checkUniqueNames,
  DEFAULT_MODEL_SPEC,
  parseModelSpec,
  type ModelSpec,
} from '../../src/spec/index.js';
import { smallModel } from '../synthetic.js';
import { messageOf, modelOf, teacher } from '../teacher.js';

const spec = (changes: Partial<ModelSpec>): ModelSpec => ({
  ...DEFAULT_MODEL_SPEC,
  named: changes.name !== undefined,
  ...changes,
});
const parsed = (text: string): ModelSpec => {
  const result = parseModelSpec(text);
  if (E.isLeft(result)) throw new Error(messageOf(result));
  return result.right;
};

describe('parseModelSpec', () => {
  it.each<[string, Partial<ModelSpec>]>([
    ['version=vmaf_v0.6.1', {}],
    ['vmaf_v0.6.1', {}],
    ['v0.6.1', {}],
    ['version=vmaf_v0.6.1neg:name=b', { source: { version: 'vmaf_v0.6.1neg' }, name: 'b' }],
    ['name=b:version=vmaf_v0.6.1neg', { source: { version: 'vmaf_v0.6.1neg' }, name: 'b' }],
    ['version=vmaf_v0.6.1:enable_transform', { enableTransform: true }],
    ['version=vmaf_v0.6.1:enable_transform=true', { enableTransform: true }],
    ['version=vmaf_v0.6.1:enable_transform=false', {}],
    ['vmaf_v0.6.1:disable_clip', { disableClip: true }],
    ['version=nonesuch', { source: { version: 'nonesuch' } }],
    ['path=dir/my.json', { source: { path: 'dir/my.json' } }],
    ['path=no-ending', { source: { path: 'no-ending' } }],
    ['dir/my.json', { source: { path: 'dir/my.json' } }],
    ['my model.JSON:name=x', { source: { path: 'my model.JSON' }, name: 'x' }],
    ['dir/my.onnx:name=a', { source: { path: 'dir/my.onnx' }, name: 'a' }],
    ['version=vmaf_v0.6.1:name=vmaf', { named: true }],
    ['path=C:\\models\\x.json', { source: { path: 'C:\\models\\x.json' } }],
    ['path=c:/models/x.json:name=y', { source: { path: 'c:/models/x.json' }, name: 'y' }],
    [
      'C:\\models\\x.json:disable_clip',
      { source: { path: 'C:\\models\\x.json' }, disableClip: true },
    ],
    ['path=/a\\:b/x.json', { source: { path: '/a:b/x.json' } }],
    ['path=/a=b/x.json', { source: { path: '/a=b/x.json' } }],
    ['version=vmaf_v0.6.1:name=käse', { name: 'käse' }],
    [
      'version=vmaf_v0.6.1:adm.adm_enhn_gain_limit=1.0:vif.vif_enhn_gain_limit=1.0',
      {
        overloads: [
          { extractor: 'adm', option: 'adm_enhn_gain_limit', value: '1.0' },
          { extractor: 'vif', option: 'vif_enhn_gain_limit', value: '1.0' },
        ],
      },
    ],
  ])('reads %s', (text, changes) => {
    expect(parsed(text)).toEqual(spec(changes));
  });

  it.each([
    ['', /must not be empty/],
    ['  ', /must not be empty/],
    ['name=foo', /must say which model/],
    ['enable_transform', /must say which model/],
    ['version=vmaf_v0.6.1:pool=harmonic_mean', /unknown part "pool=harmonic_mean"/],
    ['model_path=x', /unknown part "model_path=x"/],
    ['version=vmaf_v0.6.1:enable_transform=True', /=true or =false \(small letters\)/],
    ['version=vmaf_v0.6.1:enable_transform=', /=true or =false/],
    ['version=vmaf_v0.6.1:disable_clip=1', /=true or =false/],
    ['version=vmaf_v0.6.1:Enable_Transform', /unknown part/],
    ['version=/some/file.json', /use path= for a file/],
    ['version=file.json', /use path= for a file/],
    ['version=file.onnx', /use path= for a file/],
    ['version=', /needs the name/],
    ['version', /needs the name/],
    ['path=', /needs the name of a model file/],
    ['path', /needs the name of a model file/],
    ['path=a\0b', /needs the name of a model file/],
    ['version=a b', /letters, digits/],
    ['version=vmaf_v0.6.1:version=x', /more than one model/],
    ['version=vmaf_v0.6.1:path=x.json', /more than one model/],
    ['vmaf_v0.6.1:vmaf_v0.6.1neg', /unknown part "vmaf_v0.6.1neg"/],
    ['version=vmaf_v0.6.1:name=', /name= takes/],
    ['version=vmaf_v0.6.1:name=a"b', /name= takes/],
    ['version=vmaf_v0.6.1:name=a,b', /name= takes/],
    ['version=vmaf_v0.6.1:name=a:name=b', /name= twice/],
    ['version=vmaf_v0.6.1:enable_transform:enable_transform=false', /enable_transform twice/],
    ['version=vmaf_v0.6.1:', /unknown part ""/],
    [':version=vmaf_v0.6.1', /takes letters, digits|needs the name/],
    ['version=vmaf_v0.6.1:adm.adm_enhn_gain_limit', /needs =VALUE/],
    ['version=vmaf_v0.6.1:adm.x=', /needs =VALUE/],
    ['version=vmaf_v0.6.1:adm.x=1:adm.x=2', /adm.x twice/],
    ['version=vmaf_v0.6.1:.x=1', /unknown part/],
    ['models/', /takes FILE.json or FILE.onnx, or path=FILE/],
    ['x.onnx/y', /takes FILE.json or FILE.onnx, or path=FILE/],
  ])('refuses %j', (text, expected) => {
    const result = parseModelSpec(text);
    expect(messageOf(result)).toMatch(expected);
    expect(E.isLeft(result) && result.left._tag).toBe('BadArgument');
    expect(E.isLeft(result) && exitStatus(result.left)).toBe(1);
  });

  it('takes any text without harm', () => {
    const pieces = [
      'version=',
      'path=',
      'name=',
      ':',
      '\\:',
      '=',
      'adm.x=',
      'C:\\',
      'vmaf_v0.6.1',
      '.json',
      '"',
      '\0',
      'é',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => {
        const result = parseModelSpec(one);
        return E.isRight(result) || result.left._tag === 'BadArgument';
      }),
      { numRuns: 3000, seed: 5 },
    );
  });
});

describe('checkUniqueNames', () => {
  it('refuses two models under one name', () => {
    const two = [parsed('version=vmaf_v0.6.1'), parsed('version=vmaf_v0.6.1neg')];
    expect(messageOf(checkUniqueNames(two))).toBe(
      '--model names must differ: add name=KEY to each of several models, got "vmaf".',
    );
    const named = [parsed('version=vmaf_v0.6.1'), parsed('version=vmaf_v0.6.1neg:name=neg')];
    expect(checkUniqueNames(named)).toEqual(E.right(named));
  });
});

describe('applyOverloads', () => {
  const model = modelOf(smallModel({ feature_opts_dicts: [{ kept: 3 }, {}] }));

  it('sets options on the inputs of an extractor', () => {
    const overloads = parsed('x:adm.a=1e-1:adm.b=true:adm.c=text:motion.d=false').overloads;
    const result = applyOverloads(model, overloads);
    expect(E.isRight(result) && result.right.inputs.map((input) => input.options)).toEqual([
      { kept: 3, a: 0.1, b: true, c: 'text' },
      { d: false },
    ]);
    expect(model.inputs[0]?.options).toEqual({ kept: 3 });
  });

  it('refuses extractors that the model does not use', () => {
    expect(messageOf(applyOverloads(model, parsed('x:vif.a=1').overloads))).toBe(
      '--model options of this model are those of adm, motion, got "vif.a=1".',
    );
  });

  it.skipIf(!has('shared'))('makes the NEG model of the ordinary one', () => {
    const { overloads } = parsed(
      'version=vmaf_v0.6.1:adm.adm_enhn_gain_limit=1.0:vif.vif_enhn_gain_limit=1.0',
    );
    const made = applyOverloads(teacher('vmaf_v0.6.1'), overloads);
    const neg = teacher('vmaf_v0.6.1neg');
    expect(made).toEqual(E.right({ ...neg, source: 'vmaf_v0.6.1.json' }));
  });
});
