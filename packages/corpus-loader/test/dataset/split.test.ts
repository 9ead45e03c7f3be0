import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '@tinyvmaf/core';
import {
  groupPlace,
  hashSplit,
  kFolds,
  leaveOneSourceOut,
  type Grouped,
} from '../../src/dataset/split.js';

/** Groups of the given sizes, their rows interleaved by `order`. */
const grouped = (sizes: readonly number[], order = 0): Grouped => {
  const group = sizes.flatMap((size, g) => new Array<number>(size).fill(g));
  const rotated = group.map((_, i) => group[(i * 7 + order) % group.length]!);
  const rows = group.length % 7 === 0 ? group : rotated;
  return {
    rows: rows.length,
    group: Int32Array.from(rows),
    groups: sizes.map((_, g) => `source-${g}`),
  };
};

const sizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 25 });
const groupsOf = (data: Grouped, rows: Int32Array): Set<number> =>
  new Set([...rows].map((r) => data.group[r]!));

const expectPartition = (data: Grouped, parts: readonly Int32Array[]): void => {
  const all = parts.flatMap((part) => [...part]);
  expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: data.rows }, (_, i) => i));
  const seen = parts.flatMap((part) => [...groupsOf(data, part)]);
  expect(new Set(seen).size).toBe(seen.length);
  for (const part of parts) expect([...part]).toEqual([...part].sort((a, b) => a - b));
};

describe('hashSplit', () => {
  it('divides rows but never a group', () => {
    fc.assert(
      fc.property(sizes, fc.nat(50), (list, order) => {
        const data = grouped(list, order);
        const parts = unwrap(hashSplit(data, { train: 0.6, validation: 0.2, test: 0.2 }));
        expect(Object.keys(parts)).toEqual(['train', 'validation', 'test']);
        expectPartition(data, Object.values(parts));
      }),
      { seed: 1 },
    );
  });

  it('puts a group where its name says, whoever else is there', () => {
    const few = grouped([3, 3, 3, 3]);
    const many = grouped(new Array<number>(40).fill(2));
    const testOf = (data: Grouped): string[] =>
      [...groupsOf(data, unwrap(hashSplit(data, { train: 0.5, test: 0.5 })).test)].map(
        (g) => data.groups[g]!,
      );
    expect(
      testOf(many)
        .filter((name) => few.groups.includes(name))
        .sort(),
    ).toEqual(testOf(few).sort());
    // Pinned: another salt or hash would move sources of trained models from test to training.
    expect(groupPlace('Bridge')).toBe(PLACE_OF_BRIDGE);
  });

  it('gives parts of about the shares', () => {
    const data = grouped(new Array<number>(4000).fill(1));
    const { train, test } = unwrap(hashSplit(data, { train: 0.9, test: 0.1 }));
    expect(train.length / 4000).toBeGreaterThan(0.88);
    expect(test.length / 4000).toBeGreaterThan(0.08);
  });

  it('takes other salts and edge shares, refuses what is no division', () => {
    const data = grouped([2, 2, 2]);
    expect(unwrap(hashSplit(data, { all: 1, none: 0 })).all).toHaveLength(6);
    expect(unwrap(hashSplit(data, { none: 0, all: 1 })).none).toHaveLength(0);
    expect(groupPlace('Bridge', 'x')).not.toBe(groupPlace('Bridge'));
    for (const shares of [{ a: 0.5, b: 0.4 }, { a: 1.5, b: -0.5 }, { a: NaN }, {}] as Record<
      string,
      number
    >[]) {
      expect(hashSplit(data, shares)).toMatchObject({
        left: { _tag: 'BadArgument', argument: 'shares' },
      });
    }
  });
});

describe('kFolds', () => {
  it('tests every row once, never divides a group, and is balanced', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 8 }), fc.nat(50), (list, k, order) => {
        const data = grouped(list, order);
        const present = list.filter((size) => size > 0);
        const folds = kFolds(data, k);
        if (k > present.length) {
          expect(folds).toMatchObject({ left: { _tag: 'BadArgument', argument: 'k' } });
          return;
        }
        const parts = unwrap(folds);
        expect(parts).toHaveLength(k);
        expectPartition(
          data,
          parts.map(({ test }) => test),
        );
        for (const { train, test } of parts) {
          expectPartition(data, [train, test]);
          expect(test.length).toBeGreaterThan(0);
        }
        const tests = parts.map(({ test }) => test.length);
        expect(Math.max(...tests) - Math.min(...tests)).toBeLessThanOrEqual(Math.max(...present));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('does not depend on the order of rows', () => {
    const folds = (order: number): string[][] => {
      const data = grouped([5, 1, 9, 4, 4, 8, 3], order);
      return unwrap(kFolds(data, 3)).map(({ test }) =>
        [...groupsOf(data, test)].map((g) => data.groups[g]!).sort(),
      );
    };
    expect(folds(5)).toEqual(folds(0));
  });
});

describe('leaveOneSourceOut', () => {
  it('tests every group alone', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const data = grouped(list);
        const present = list.filter((size) => size > 0).length;
        const splits = leaveOneSourceOut(data);
        if (present < 2) {
          expect(splits).toMatchObject({ left: { _tag: 'BadArgument' } });
          return;
        }
        const parts = unwrap(splits);
        expect(parts).toHaveLength(present);
        expectPartition(
          data,
          parts.map(({ test }) => test),
        );
        for (const { name, train, test } of parts) {
          expectPartition(data, [train, test]);
          expect([...groupsOf(data, test)].map((g) => data.groups[g])).toEqual([name]);
        }
      }),
      { seed: 4 },
    );
  });
});

/** First 48 bits of SHA-256 of `tinyvmaf-split/1`, a zero byte and `Bridge`, over 2^48; from Node's crypto. */
const PLACE_OF_BRIDGE = 0.453662184550101;
