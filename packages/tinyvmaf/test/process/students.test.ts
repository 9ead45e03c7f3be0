// Students in the bundled command, which carries those of the package and
// leaves training outside.
import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { G, rawClip, scratch, write } from '../support/files.js';
import { linearModel, WEIGHTS } from '../support/linear-model.js';
import { shell } from '../support/process.js';

describe('the bundled command', () => {
  const { path, folder } = scratch();
  const pair = [
    write(path('a.yuv'), rawClip({ q: 1 })),
    write(path('b.yuv'), rawClip({ q: 32 })),
    ...G,
  ].join(' ');
  mkdirSync(path('ext'));
  mkdirSync(path('elsewhere'));
  write(path('ext/m.onnx'), linearModel('m.onnx.data'));
  write(path('ext/m.onnx.data'), WEIGHTS);
  const env = { TINYVMAF_DATA_DIR: path('data'), VMAF_MODEL_PATH: '' };

  it('scores with nothing else installed', async () => {
    const { status, stdout, stderr } = await shell(`$T score ${pair}`, { cwd: folder, env });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^a5: 68\.7245\d\d\n$/)]);
    expect(stderr).toMatch(/^warning: a5 scored/);
  });

  it.each([
    ['.', 'ext/m.onnx'],
    ['ext', 'm.onnx'],
    ['elsewhere', '../ext/m.onnx'],
  ])('from %s finds the weights beside %s', async (from, model) => {
    const line = `$T score ${pair} --model ${model}`;
    const { status, stdout } = await shell(line, { cwd: path(from), env });
    expect([status, stdout]).toEqual([0, `${model}: 84.549517\n`]);
  });

  it('finds the recipes of the trainer', async () => {
    const line = '$T distill --arch a5-nano --out run';
    const { status, stderr } = await shell(line, { cwd: folder, env });
    // Far enough to have read the recipe: it is the teacher that is not there.
    expect([status, stderr]).toEqual([5, expect.stringMatching(/vmaf_v0\.6\.1.*teacher install/)]);
  });
});
