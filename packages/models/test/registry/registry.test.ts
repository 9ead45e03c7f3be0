import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage, unwrap } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN,
  decodeRegistry,
  findModel,
  modelBytes,
  registeredModels,
  registeredStudent,
  REGISTRY_VERSION,
  studentFor,
} from '../../src/index.js';

const PACKAGE = resolve(import.meta.dirname, '../..');
const json = JSON.parse(readFileSync(resolve(PACKAGE, 'registry.json'), 'utf8')) as {
  models: object[];
};

describe('the registry', () => {
  it('is the same in registry.json and in the sources', () => {
    expect(unwrap(decodeRegistry(json, 'registry.json')).models).toEqual(registeredModels());
    expect(json.models).toEqual(registeredModels());
  });

  it('names every file, and no other', () => {
    expect(readdirSync(resolve(PACKAGE, 'files')).sort()).toEqual(
      registeredModels()
        .map(({ file }) => file.replace('files/', ''))
        .sort(),
    );
  });

  it('names another version, and models twice', () => {
    const messages = [
      { ...json, version: REGISTRY_VERSION + 1 },
      { ...json, models: [...json.models, json.models[0]] },
      { ...json, models: [{ ...json.models[0], sha256: 'abc' }] },
      'x',
    ].map((value) => {
      const result = decodeRegistry(value, 'r.json');
      return E.isLeft(result) ? errorMessage(result.left) : 'no error';
    });
    expect(messages[0]).toContain('version');
    expect(messages[1]).toBe('r.json, models: has a5 twice.');
    expect(messages[2]).toContain('64 hexadecimal digits');
    expect(messages[3]).toContain('an object');
  });

  it('finds the student of a teacher', () => {
    expect(studentFor('vmaf_v0.6.1')?.id).toBe('a5');
    expect(studentFor('vmaf_v0.6.1neg')?.id).toBe('a5');
    expect(studentFor('vmaf_4k_v0.6.1')?.id).toBe('a5-4k');
    expect(studentFor('vmaf_b_v0.6.3')).toBe(undefined);
  });

  it('says which models there are', () => {
    const left = findModel('a9');
    expect(E.isLeft(left) && errorMessage(left.left)).toBe(
      'Model "a9" is not a student of this package. There are a5, a5-nano, a5-4k, a1, a2.',
    );
    expect(E.isLeft(modelBytes('a9'))).toBe(true);
  });
});

describe.each(registeredModels())('$id', (entry) => {
  const bytes = unwrap(modelBytes(entry.id));
  const student = unwrap(registeredStudent(entry.id));

  it('has the bytes that are pinned', () => {
    expect(new Uint8Array(readFileSync(resolve(PACKAGE, entry.file)))).toEqual(bytes);
    expect(bytes.length).toBe(entry.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
  });

  it('keeps to its budget and says the same of itself', () => {
    const budget = BUILT_IN.get(entry.architecture.id)?.budget;
    expect(budget?.onnxBytes).toBeGreaterThan(0);
    expect(bytes.length).toBeLessThan(budget?.onnxBytes ?? 0);
    expect(student.metadata).toMatchObject({
      architecture: entry.architecture.id,
      version: entry.architecture.version,
      tier: entry.tier,
      teacher: entry.teacher.sha256.slice(0, 16),
    });
    expect(student.metadata?.range?.low).toHaveLength(6);
  });

  it('computes its probe, and is refused where it does not', () => {
    const { features, score } = student.metadata!.probe!;
    expect(student.score(features)[0]).toBe(score);
  });

  it('names limits and figures of real video', () => {
    expect(entry.limits.length).toBeGreaterThan(1);
    expect(entry.measurements[0]?.sources).toBeGreaterThanOrEqual(10);
    // A perceptron is for comparison and for further training: nobody gets one unnamed.
    const [rmse, worst] = entry.architecture.id === 'a5' ? [1e-3, 2e-3] : [0.08, 0.15];
    expect(entry.measurements[0]!.rmse).toBeLessThanOrEqual(rmse);
    expect(entry.measurements[0]!.worst!.rmse).toBeLessThanOrEqual(worst);
  });
});

it('nano is below 1000 bytes, the default below 2500', () => {
  expect(unwrap(findModel('a5-nano')).bytes).toBeLessThan(1000);
  expect(unwrap(findModel('a5')).bytes).toBeLessThan(2500);
  expect(unwrap(findModel('a5-4k')).bytes).toBeLessThan(2500);
});
