// cases.md A13: models with weights outside the file, stale names, path escapes.
import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { logOf, meanOf, scoresOf, tinyvmaf } from '../support/command.js';
import { G, rawClip, scratch, write } from '../support/files.js';
import { linearModel, WEIGHTS } from '../support/linear-model.js';

describe('A13 models with outside weights', () => {
  const { path } = scratch();
  mkdirSync(path('ext'));
  mkdirSync(path('moved'));
  const clips = [write(path('a.yuv'), rawClip({ q: 1 })), write(path('b.yuv'), rawClip({ q: 32 }))];
  const models = {
    ok: write(path('ok.onnx'), linearModel()),
    ext: write(path('ext/m.onnx'), linearModel('m.onnx.data')),
    moved: write(path('moved/m.onnx'), linearModel('m.onnx.data')),
    stale: write(path('stale.onnx'), linearModel('old_name.bin')),
    trav: write(path('trav.onnx'), linearModel('../../etc/hostname')),
    short: write(path('short.onnx'), linearModel('short.data')),
  };
  write(path('ext/m.onnx.data'), WEIGHTS);
  write(path('stale.onnx.data'), WEIGHTS);
  write(path('short.data'), WEIGHTS.subarray(0, 8));

  const score = (model: string, ...words: readonly string[]) =>
    tinyvmaf('score', ...clips, ...G, '--json', '--model', model, ...words);

  it.each([
    ['one file', models.ok, 'ok'],
    ['a path from here', relative(process.cwd(), models.ok), 'ok'],
    ['weights beside the model', models.ext, 'm'],
    ['libvmaf’s spelling', `path=${models.ok}:name=linear`, 'linear'],
  ])('scores with %s', async (_, model, key) => {
    const log = logOf(await score(model));
    for (const [i, expected] of [84.95056, 84.70832, 83.9896].entries()) {
      expect(Math.abs((scoresOf(log, key)[i] ?? NaN) - expected)).toBeLessThan(1e-4);
    }
    expect(Math.abs(meanOf(log, key) - 84.549493)).toBeLessThan(1e-4);
  });

  it.each([
    ['moved', models.moved, 5, path('moved/m.onnx.data')],
    ['stale', models.stale, 5, path('old_name.bin')],
    ['short', models.short, 5, 'needs 24 bytes of "short.data", 8 are there'],
    ['trav', models.trav, 3, 'outside'],
  ])('refuses %s', async (_, model, status, words) => {
    const outcome = await score(model);
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
