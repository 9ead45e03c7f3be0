import { describe, expect, test } from 'vitest';
import { encodeSize, referenceSize } from '../../src/ladder/geometry.js';

const target = { width: 960, height: 540 };

describe('sizes of a ladder', () => {
  test.each([
    ['larger sources take the target', { width: 1920, height: 1080 }, target],
    ['portrait ones are cropped inside', { width: 720, height: 1280 }, { width: 720, height: 404 }],
    ['smaller ones keep what fits', { width: 480, height: 270 }, { width: 480, height: 270 }],
    ['odd ones get even sides', { width: 481, height: 273 }, { width: 480, height: 270 }],
  ])('%s', (_title, source, expected) => {
    expect(referenceSize(source, target, false)).toEqual(expected);
    expect(referenceSize(source, target, true)).toEqual(target);
  });

  test.each([
    ['1/1', { width: 960, height: 540 }],
    ['2/3', { width: 640, height: 360 }],
    ['1/2', { width: 480, height: 270 }],
    ['1/3', { width: 320, height: 180 }],
    ['1/4', { width: 238, height: 134 }],
    [288, { width: 512, height: 288 }],
    [540, { width: 960, height: 540 }],
    [720, undefined],
  ] as const)('an encode of height %s', (height, expected) => {
    expect(encodeSize(target, height)).toEqual(expected);
  });
});
