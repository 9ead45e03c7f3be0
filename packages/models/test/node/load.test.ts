// Weights outside the model's file: moved, renamed, cut short, or somewhere
// that no model may point to.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@tinyvmaf/core';
import { a3, a5, exportOnnx, type LayerGraph } from '@tinyvmaf/models';
import { loadStudent, loadStudentTE, openOnnxRuntime, weighModel } from '@tinyvmaf/models/node';
import { randomFrames, randomWeights } from '@tinyvmaf/models/testing';
import { either as E } from 'fp-ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { externalBytes, linearBytes, WEIGHT_BYTES } from '../onnx/make.js';

let folder = '';
const at = (...parts: string[]): string => join(folder, ...parts);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinyvmaf-onnx-'));
  mkdirSync(at('ext'));
  mkdirSync(at('moved'));
  mkdirSync(at('sub', 'inner'), { recursive: true });
  writeFileSync(at('ok.onnx'), linearBytes());
  writeFileSync(at('ext', 'm.onnx'), externalBytes('m.onnx.data'));
  writeFileSync(at('ext', 'm.onnx.data'), WEIGHT_BYTES);
  writeFileSync(at('moved', 'm.onnx'), externalBytes('m.onnx.data'));
  writeFileSync(at('stale.onnx'), externalBytes('old_name.bin'));
  writeFileSync(at('stale.onnx.data'), WEIGHT_BYTES);
  writeFileSync(at('trav.onnx'), externalBytes('../../etc/hostname'));
  writeFileSync(at('short.onnx'), externalBytes('short.data'));
  writeFileSync(at('short.data'), WEIGHT_BYTES.subarray(0, 8));
  writeFileSync(at('sub', 'inner', 'w.bin'), WEIGHT_BYTES);
  writeFileSync(at('sub', 'm.onnx'), externalBytes('inner/w.bin'));
  writeFileSync(at('text.onnx'), 'this is no model');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FRAME = Float64Array.of(0.9, 0, 0, 0, 0, 0);

const error = async (path: string): Promise<unknown> => {
  const result = await loadStudentTE(path)();
  return E.isLeft(result) ? result.left : undefined;
};

describe('loadStudent', () => {
  it('reads one file', async () => {
    expect((await loadStudent(at('ok.onnx'))).score(FRAME)[0]).toBe(82);
  });

  it('reads weights beside the model, from any working directory, and counts them', async () => {
    const path = at('ext', 'm.onnx');
    const student = await loadStudent(path);
    expect(student.score(FRAME)[0]).toBe(82);
    const size = externalBytes('m.onnx.data').length;
    expect(student.bytes).toBe(size + 24);
    expect(await weighModel(path)).toEqual({
      bytes: size + 24,
      files: [
        { path, bytes: size },
        { path: at('ext', 'm.onnx.data'), bytes: 24 },
      ],
    });
    expect((await loadStudent(at('sub', 'm.onnx'))).score(FRAME)[0]).toBe(82);
  });

  it('names the file that was looked for', async () => {
    for (const [model, looked] of [
      [at('moved', 'm.onnx'), at('moved', 'm.onnx.data')],
      [at('stale.onnx'), at('old_name.bin')],
    ] as const) {
      expect(await error(model)).toMatchObject({
        _tag: 'ModelFormat',
        source: model,
        problem: `its weights were looked for in ${looked}, and there is no such file`,
      });
    }
  });

  it('says how much is missing', async () => {
    expect(await error(at('short.onnx'))).toMatchObject({
      _tag: 'ModelFormat',
      problem: '"W" needs 24 bytes of "short.data", 8 are there',
    });
  });

  it('reads nothing outside the folder', async () => {
    expect(await error(at('trav.onnx'))).toMatchObject({
      _tag: 'PathOutsideRoot',
      path: '../../etc/hostname',
      root: folder,
    });
    for (const location of ['/etc/hostname', '..\\w', 'C:w.bin', '..', 'a\0b']) {
      writeFileSync(at('escape.onnx'), externalBytes(location));
      expect(await error(at('escape.onnx')), location).toMatchObject({ _tag: 'PathOutsideRoot' });
    }
    writeFileSync(at('ext', 'link.onnx'), externalBytes('link.bin'));
    symlinkSync(at('stale.onnx.data'), at('ext', 'link.bin'));
    expect(await error(at('ext', 'link.onnx'))).toMatchObject({
      _tag: 'PathOutsideRoot',
      path: 'link.bin',
    });
  });

  it('refuses what is no file or no model', async () => {
    expect(await error(at('none.onnx'))).toMatchObject({ _tag: 'Io', errno: 'ENOENT' });
    expect(await error(at('ext'))).toMatchObject({ _tag: 'Io' });
    expect(await error(at('text.onnx'))).toMatchObject({ _tag: 'ModelFormat' });
    await expect(loadStudent(at('text.onnx'))).rejects.toMatchObject({ code: 'ERR_MODEL_FORMAT' });
  });
});

describe('openOnnxRuntime', () => {
  const write = (name: string, graph: LayerGraph): string => {
    const metadata = { architecture: name, version: 1, tier: 'nano' } as const;
    const bytes = unwrap(exportOnnx({ graph, weights: randomWeights(graph, 1), metadata }));
    writeFileSync(at(`${name}.onnx`), bytes);
    return at(`${name}.onnx`);
  };

  it('scores frames as plain TypeScript does', async () => {
    const path = write('a5', a5.build({ centres: 5 }));
    const [plain, session] = [await loadStudent(path), await openOnnxRuntime(path)];
    const frames = randomFrames(100, 3);
    expect(await session.score(frames)).toEqual(plain.score(frames));
    expect(await session.score([])).toEqual(new Float32Array(0));
    await expect(session.score([1])).rejects.toThrow('6 numbers per frame');
    await expect(session.score([NaN, 0, 0, 0, 0, 0])).rejects.toThrow('finite');
    await session.release();
  });

  it('scores clips, and models with weights beside them', async () => {
    const path = write('a3', a3.build({ layers: 1, width: 4, attention: 2 }));
    const session = await openOnnxRuntime(path);
    const frames = randomFrames(9, 3);
    expect(session.input).toBe('clip');
    expect(await session.score(frames)).toEqual((await loadStudent(path)).score(frames));
    await expect(session.score(frames, [1])).rejects.toThrow('one number per frame, 9');
    const outside = await openOnnxRuntime(at('ext', 'm.onnx'));
    expect(Array.from(await outside.score(FRAME))).toEqual([82]);
  });

  it('never hands a damaged file to the runtime', async () => {
    await expect(openOnnxRuntime(at('trav.onnx'))).rejects.toMatchObject({
      code: 'ERR_PATH_OUTSIDE_ROOT',
    });
  });
});
