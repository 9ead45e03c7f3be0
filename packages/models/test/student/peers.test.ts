// Models that others publish, with onnxruntime as the judge.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@tinyvmaf/core';
import { createStudent } from '@tinyvmaf/models';
import { loadStudent, weighModel } from '@tinyvmaf/models/node';
import { randomFrames } from '@tinyvmaf/models/testing';
import { has, SHARED } from '@tinyvmaf/testkit';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

const FOLDER = join(SHARED, 'peers/lusoris');

/** Files with the largest difference to onnxruntime in binary32 arithmetic, points. */
const PEERS: readonly (readonly [string, number])[] = [
  ['vmaf_tiny_v2', 1e-4],
  ['vmaf_tiny_v3', 1e-4],
  ['vmaf_tiny_v3.int8', 1e-4],
  ['vmaf_tiny_v4', 1e-4],
  ['vmaf_tiny_v4.int8', 1e-4],
  ['fr_regressor_v1', 2e-4],
];

describe.skipIf(!has('shared'))('peers', () => {
  it.each(PEERS)('%s scores as in onnxruntime', async (name, tolerance) => {
    const path = join(FOLDER, `${name}.onnx`);
    const frames = randomFrames(500, 1);
    const student = await loadStudent(path);
    const session = await ort.InferenceSession.create(path, { logSeverityLevel: 3 });
    const results = await session.run({ features: new ort.Tensor('float32', frames, [500, 6]) });
    const theirs = results[session.outputNames[0]!]!.data as Float32Array;
    const scores = student.score(frames);
    scores.forEach((score, i) => expect(Math.abs(score - theirs[i]!)).toBeLessThan(tolerance));
  });

  it('weigh what all their files weigh', async () => {
    const { bytes, files } = await weighModel(join(FOLDER, 'fr_regressor_v1.onnx'));
    expect([bytes, files.length]).toEqual([20_719, 2]);
    expect((await weighModel(join(FOLDER, 'vmaf_tiny_v2.onnx'))).bytes).toBe(2446);
  });

  it('that want something else are refused by name', () => {
    const bytes = readFileSync(join(FOLDER, 'fr_regressor_v3.onnx'));
    expect(() => unwrap(createStudent(bytes))).toThrow('codec_block');
  });

  it('whose file of weights has another name now is refused', async () => {
    await expect(loadStudent(join(FOLDER, 'vmaf_tiny_v1_medium.onnx'))).rejects.toMatchObject({
      code: 'ERR_MODEL_FORMAT',
    });
  });
});
