import { describe, expect, test } from 'vitest';
import { createRandom } from '@tinyvmaf/core';
import { idOfFile, isSafeId, labelOf, safeId } from '../../src/ladder/names.js';

describe('ids', () => {
  test.each([
    ['Park Joy.mp4', 'Park-Joy'],
    ['-v.mp4', 'v'],
    ['..mp4', 'source-'],
    ['a/b/c.d.mkv', 'c.d'],
    ['naïve 日本.mov', 'naïve-日本'],
    ['%03d?.mp4', '03d'],
    ['line\nbreak.mp4', 'line-break'],
    ['noending', 'noending'],
  ])('%j gives %s', (name, expected) => {
    expect(idOfFile(name).startsWith(expected)).toBe(true);
    if (!expected.endsWith('-')) expect(idOfFile(name)).toBe(expected);
  });

  test('an id made of anything is safe, and made the same way each time', () => {
    const random = createRandom(9);
    for (let i = 0; i < 2000; i++) {
      const text = Array.from({ length: random.below(120) }, () =>
        String.fromCodePoint(random.below(4) === 0 ? random.below(0x3000) : random.below(128)),
      ).join('');
      const id = safeId(text);
      expect(isSafeId(id), JSON.stringify(text)).toBe(true);
      expect(safeId(text)).toBe(id);
    }
  });

  test('names too long are cut, and stay different', () => {
    const [a, b] = ['x', 'y'].map((end) => safeId(`${'ü'.repeat(300)}${end}`));
    expect(isSafeId(a!)).toBe(true);
    expect(a).not.toBe(b);
  });

  test.each(['', '.', '..', '-x', ' x', 'a/b', 'a\\b', 'a:b', 'a*', 'a\0', 'a\n', 'x'.repeat(161)])(
    '%j is no id',
    (id) => {
      expect(isSafeId(id)).toBe(false);
    },
  );
});

describe('labels', () => {
  test('5, 10, ... or 95, 90, ..., and never 0 or above 99', () => {
    expect([0, 1, 2].map((rank) => labelOf(rank, 12, 'best-low'))).toEqual([5, 10, 15]);
    expect([0, 1, 2].map((rank) => labelOf(rank, 12, 'best-high'))).toEqual([95, 90, 85]);
    expect(labelOf(23, 24, 'best-low')).toBe(96);
    for (let count = 1; count <= 99; count++) {
      for (const order of ['best-low', 'best-high'] as const) {
        const labels = Array.from({ length: count }, (_, rank) => labelOf(rank, count, order));
        expect(new Set(labels).size).toBe(count);
        expect(labels.every((label) => label >= 1 && label <= 99)).toBe(true);
      }
    }
  });
});
