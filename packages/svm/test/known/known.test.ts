import { createHash } from 'node:crypto';
import { has } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSION, KNOWN_MODELS, knownByHash, knownModel } from '../../src/known/index.js';
import { teacherText } from '../teacher.js';

describe('KNOWN_MODELS', () => {
  it('has nine models that can be evaluated and eight that cannot', () => {
    expect(KNOWN_MODELS.filter((model) => model.supported)).toHaveLength(9);
    expect(KNOWN_MODELS.filter((model) => !model.supported)).toHaveLength(8);
    expect(KNOWN_MODELS[0]?.version).toBe(DEFAULT_VERSION);
  });

  it('has no name and no hash twice', () => {
    for (const key of ['version', 'file', 'sha256', 'description'] as const) {
      expect(new Set(KNOWN_MODELS.map((model) => model[key])).size).toBe(KNOWN_MODELS.length);
    }
  });

  it('finds by name and by hash', () => {
    const model = knownModel('vmaf_4k_v0.6.1');
    expect(model?.height).toBe(2160);
    expect(knownByHash(model?.sha256 ?? '')).toBe(model);
    expect(knownModel('nonesuch')).toBeUndefined();
    expect(knownByHash('00')).toBeUndefined();
  });

  it.skipIf(!has('shared')).each(KNOWN_MODELS)("pins Netflix's $file", ({ file, sha256 }) => {
    expect(createHash('sha256').update(teacherText(file)).digest('hex')).toBe(sha256);
  });
});
