import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { errorMessage, TinyVmafException } from '@tinyvmaf/core';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL_SPEC, parseModelSpec, type ModelSpec } from '../../src/index.js';
import {
  loadModelSpec,
  loadModelSpecTE,
  locateModel,
  locateModelTE,
  verifyTeacher,
  type FindOptions,
} from '../../src/node/index.js';
import { smallModel } from '../synthetic.js';
import { messageOf, TEACHER, teacherText } from '../teacher.js';
import { bareMachine, folder, put } from './folder.js';

const spec = (text: string): ModelSpec => {
  const result = parseModelSpec(text);
  if (E.isLeft(result)) throw new Error(errorMessage(result.left));
  return result.right;
};

/** Options under which nothing is found but what the test puts there. */
const nowhere = (changes: FindOptions = {}): FindOptions => ({
  dataDir: folder(),
  machine: bareMachine(),
  ...changes,
});

const environment = (path: string): FindOptions =>
  nowhere({ machine: bareMachine({ env: { VMAF_MODEL_PATH: path } }) });

const loadMessage = async (text: string, options: FindOptions): Promise<string> =>
  messageOf(await loadModelSpecTE(spec(text), options)());

describe('locateModel', () => {
  it('looks in teacher, environment, data and system folders, in this order', async () => {
    const [teacher, env, data, system] = [folder(), folder(), folder(), folder()];
    const options: FindOptions = {
      teacher,
      dataDir: data,
      machine: bareMachine({
        env: { VMAF_MODEL_PATH: env },
        systemFolders: [join(system, 'no'), system],
      }),
    };
    const place = async (): Promise<string> => (await locateModel('mine', options)).place;
    put(join(system, 'mine.json'), '1');
    const { teacher: _, ...without } = options;
    expect((await locateModel('mine', without)).place).toBe('system');
    put(join(data, 'models/mine.json'), '2');
    expect((await locateModel('mine', without)).place).toBe('data');
    put(join(env, 'mine.json'), '3');
    expect((await locateModel('mine', without)).place).toBe('environment');
    put(join(teacher, 'mine.json'), '4');
    expect(await place()).toBe('teacher');
    expect(new TextDecoder().decode((await locateModel('mine', options)).bytes)).toBe('4');
  });

  it('takes a file from teacher and environment only if it is the version', async () => {
    const file = put(join(folder(), 'mine.json'), smallModel());
    expect((await locateModel('mine', nowhere({ teacher: file }))).place).toBe('teacher');
    expect((await locateModel('mine', environment(file))).place).toBe('environment');
    expect(messageOf(await locateModelTE('other', nowhere({ teacher: file }))())).toBe(
      `Model "other" is not ${file}. Name a file with --model path=FILE, or the folder that holds the model.`,
    );
    expect(messageOf(await locateModelTE('other', environment(file))())).toMatch(
      /^Model "other" is not known, and there is no file of that name \(looked in .*mine\.json, .*models and libvmaf's folders\)\. Known are vmaf_v0\.6\.1, /,
    );
  });

  it('says that a teacher named is not there', async () => {
    const missing = join(folder(), 'none');
    expect(messageOf(await locateModelTE('vmaf_v0.6.1', nowhere({ teacher: missing }))())).toMatch(
      /cannot come from .*none: nothing is there/,
    );
  });

  it('never leaves its folders', async () => {
    for (const version of ['../x', '/etc/passwd', 'a/b', '', '..', '.hidden']) {
      expect(messageOf(await locateModelTE(version, nowhere())())).toMatch(/^version must be/);
    }
  });
});

describe('loadModelSpec', () => {
  it('says how to install a known model that is missing, and never takes another', async () => {
    const dataDir = folder();
    put(join(dataDir, 'models/vmaf_v0.6.1neg.json'), smallModel());
    const message = await loadMessage('vmaf_v0.6.1', nowhere({ dataDir }));
    expect(message).toBe(
      `Model "vmaf_v0.6.1" is not on this machine (looked in ${join(dataDir, 'models')} and libvmaf's folders). Install it: tinyvmaf teacher install`,
    );
    await expect(loadModelSpec(DEFAULT_MODEL_SPEC, nowhere())).rejects.toThrow(TinyVmafException);
  });

  it('lists the known names for an unknown one', async () => {
    const message = await loadMessage('version=nonesuch', nowhere());
    expect(message).toMatch(/"nonesuch" is not known/);
    expect(message).toMatch(/vmaf_v0\.6\.1neg.*vmaf_float_b_v0\.6\.3; for a file use path=FILE/);
  });

  it('says what the v1 models lack', async () => {
    expect(await loadMessage('version=vmaf_v1.0.16_3d0h', nowhere())).toBe(
      'vmaf_v1.0.16_3d0h is not a usable VMAF model: feature_names: needs features that tinyvmaf does not compute for models: cambi, speed_chroma_uv, adm3, motion3. Use one of vmaf_v0.6.1, vmaf_v0.6.1neg, vmaf_4k_v0.6.1, vmaf_4k_v0.6.1neg, vmaf_b_v0.6.3.',
    );
  });

  it('loads a file with overloads', async () => {
    const file = put(join(folder(), 'my: model.json'), smallModel());
    const loaded = await loadModelSpec(
      spec(`path=${file.replaceAll(':', '\\:')}:adm.x=2`),
      nowhere(),
    );
    expect(loaded).toMatchObject({ path: file, place: 'path', warnings: [] });
    expect(loaded.known).toBeUndefined();
    expect(loaded.model.inputs[0]?.options).toEqual({ x: 2 });
    expect(loaded.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect('bytes' in loaded).toBe(false);
  });

  it('refuses what is no model', async () => {
    const dir = folder();
    const message = (content: string | Uint8Array): Promise<string> =>
      loadMessage(`path=${put(join(dir, 'x.json'), content)}`, nowhere());
    expect(await message('')).toMatch(/x\.json is not a usable VMAF model: the file: is empty/);
    expect(await message(Uint8Array.of(0x7b, 0xff, 0xfe))).toMatch(/is not UTF-8 text/);
    expect(await message(new Uint8Array(17 * 1024 * 1024))).toMatch(
      /it has 17825792 bytes, a model at most 16777216/,
    );
    expect(await message(`\ufeff${smallModel()}`)).toBe('no error');
    mkdirSync(join(dir, 'folder.json'));
    expect(await loadMessage(`path=${join(dir, 'folder.json')}`, nowhere())).toMatch(
      /it is a folder, not a file/,
    );
    expect(await loadMessage(`path=${join(dir, 'none.json')}`, nowhere())).toMatch(
      /none\.json: there is no such file\.$/,
    );
    expect(await loadMessage(`path=${join(dir, 'x.json', 'y')}`, nowhere())).toMatch(
      /a part of the path is not a directory/,
    );
  });

  it('warns of a file that is not the published one, and refuses it in the data folder', async () => {
    const dir = folder();
    put(join(dir, 'vmaf_v0.6.1.json'), smallModel());
    const loaded = await loadModelSpec(DEFAULT_MODEL_SPEC, environment(dir));
    expect(loaded.warnings).toHaveLength(1);
    expect(loaded.warnings[0]).toMatch(
      /is not the published vmaf_v0\.6\.1: SHA-256 should be 5950/,
    );
    const dataDir = folder();
    put(join(dataDir, 'models/vmaf_v0.6.1.json'), smallModel());
    expect(await loadMessage('vmaf_v0.6.1', nowhere({ dataDir }))).toMatch(
      /is not the expected file: SHA-256 should be 5950.*, is /,
    );
  });
});

describe.skipIf(!has('shared'))("with Netflix's files", () => {
  it('finds and loads each supported version, and NEG through overloads', async () => {
    const options = nowhere({ teacher: TEACHER });
    const neg = await loadModelSpec(spec('vmaf_v0.6.1neg'), options);
    expect(neg.known?.version).toBe('vmaf_v0.6.1neg');
    expect(neg.warnings).toEqual([]);
    const made = await loadModelSpec(
      spec('vmaf_v0.6.1:adm.adm_enhn_gain_limit=1.0:vif.vif_enhn_gain_limit=1.0'),
      options,
    );
    expect(made.model).toEqual({ ...neg.model, source: made.path });
  });

  it('knows a renamed file by its content', async () => {
    const file = put(join(folder(), 'renamed.json'), teacherText('vmaf_4k_v0.6.1.json'));
    const loaded = await loadModelSpec(spec('vmaf_4k_v0.6.1'), nowhere({ teacher: file }));
    expect(loaded.known?.height).toBe(2160);
    expect((await loadModelSpec(spec(file), nowhere())).known?.version).toBe('vmaf_4k_v0.6.1');
  });

  it('refuses v1 files by path', async () => {
    const path = join(TEACHER, 'vmaf_v1.0.16/vmaf_v1.0.16_3d0h_2160.json');
    expect(await loadMessage(`path=${path}`, nowhere())).toMatch(
      /cambi, speed_chroma_uv, adm3, motion3/,
    );
  });

  it('tells the state of every known model', async () => {
    const data = folder();
    put(join(data, 'models/vmaf_v0.6.1.json'), teacherText('vmaf_v0.6.1.json'));
    put(join(data, 'models/vmaf_v0.6.1neg.json'), 'x');
    mkdirSync(join(data, 'models/vmaf_b_v0.6.3.json'));
    const states = await verifyTeacher(nowhere({ dataDir: data }));
    const of = (version: string): string | undefined =>
      states.find((one) => one.model.version === version)?.state;
    expect(states).toHaveLength(17);
    expect(of('vmaf_v0.6.1')).toBe('ok');
    expect(of('vmaf_v0.6.1neg')).toBe('differs');
    expect(of('vmaf_b_v0.6.3')).toBe('unreadable');
    expect(of('vmaf_4k_v0.6.1')).toBe('missing');
    const whole = await verifyTeacher(nowhere({ teacher: TEACHER }));
    expect(whole.every((one) => one.state === 'ok')).toBe(true);
  });
});
