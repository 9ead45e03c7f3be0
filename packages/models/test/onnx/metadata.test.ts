import { FEATURES } from '@tinyvmaf/core';
import {
  float32Text,
  metadataEntries,
  parseMetadata,
  type StudentMetadata,
} from '@tinyvmaf/models';
import { randomFrames } from '@tinyvmaf/models/testing';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';

const whole: StudentMetadata = {
  architecture: 'acme/my-arch',
  version: 12,
  tier: 'small',
  teacher: '0123456789abcdef',
  range: { low: [0.1, 0, 0, 0, 0, 0], high: [1.2, 1, 1, 1, 1, 35.5] },
  probe: { features: [0.9, 0.5, 0.7, 0.8, 0.85, 4], score: Math.fround(63.217) },
};

describe('metadata', () => {
  it('reads as it was written', () => {
    expect(parseMetadata(metadataEntries(whole), 'x')).toEqual(E.right(whole));
    const { architecture, version, tier } = whole;
    expect(parseMetadata(metadataEntries({ architecture, version, tier }), 'x')).toEqual(
      E.right({ architecture, version, tier }),
    );
  });

  it('of others is none', () => {
    expect(parseMetadata(new Map([['probe', 'x']]), 'x')).toEqual(E.right(undefined));
  });

  it.each([
    ['arch', 'a5'],
    ['arch', 'A5@1'],
    ['arch', 'a5@0'],
    ['features', [...FEATURES].reverse().join()],
    ['tier', 'huge'],
    ['teacher', '0123'],
    ['range', '0:1'],
    ['range', 'a:b,0:1,0:1,0:1,0:1,0:1'],
    ['probe', '1,2,3,4,5,6'],
    ['probe', '1,2,3,4,5,6:x'],
    ['probe', `${'1'.repeat(100_000)},2,3,4,5,6:7`],
  ])('with %s %s is refused', (key, value) => {
    const entries = new Map(metadataEntries(whole)).set(key, value);
    expect(parseMetadata(entries, 'm.onnx')).toMatchObject({
      left: { _tag: 'ModelFormat', source: 'm.onnx', path: `metadata_props.${key}` },
    });
  });
});

describe('float32Text', () => {
  it('is short and reads back as the same number', () => {
    expect([0, 100, Math.fround(0.1), Math.fround(63.217)].map(float32Text)).toEqual([
      '0',
      '100',
      '0.1',
      '63.217',
    ]);
    for (const value of randomFrames(500, 1)) {
      const text = float32Text(value);
      expect(Math.fround(Number(text))).toBe(value);
      expect(text.length).toBeLessThan(14);
    }
  });
});
