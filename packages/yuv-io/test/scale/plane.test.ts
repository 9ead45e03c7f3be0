// Pictures through the scaler: known answers, and what must hold for any.
import { describe, expect, it } from 'vitest';
import { BIT_DEPTHS, type BitDepth } from '@tinyvmaf/core';
import { SCALE_METHODS, type ScaleMethod } from '../../src/scale/method.js';
import { createPlaneScaler } from '../../src/scale/plane.js';
import type { Size } from '../../src/scale/scaler.js';

type Samples = Uint8Array | Uint16Array;

const samples = (depth: BitDepth, count: number): Samples =>
  depth === 8 ? new Uint8Array(count) : new Uint16Array(count);

/** Noise with runs of both ends of the range; the same for the same seed. */
const noise = (depth: BitDepth, count: number, seed: number): Samples => {
  let state = seed;
  return samples(depth, count).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const kind = state >>> 29;
    const top = 2 ** depth - 1;
    return kind === 0 ? 0 : kind === 1 ? top : (state >>> 8) & top;
  });
};

const scale = (
  data: Samples,
  from: Size,
  to: Size,
  method: ScaleMethod,
  depth: BitDepth,
  stride = from.width,
): Samples => {
  const out = samples(depth, to.width * to.height);
  createPlaneScaler(from, to, method, depth).scale({ data, ...from, stride }, out);
  return out;
};

const SIZES: readonly (readonly [Size, Size])[] = [
  [
    { width: 20, height: 12 },
    { width: 40, height: 24 },
  ],
  [
    { width: 33, height: 17 },
    { width: 97, height: 65 },
  ],
  [
    { width: 64, height: 48 },
    { width: 33, height: 21 },
  ],
  [
    { width: 30, height: 1 },
    { width: 61, height: 18 },
  ],
  [
    { width: 1, height: 30 },
    { width: 18, height: 7 },
  ],
  [
    { width: 1, height: 1 },
    { width: 17, height: 17 },
  ],
  [
    { width: 40, height: 30 },
    { width: 1, height: 1 },
  ],
  [
    { width: 2000, height: 2 },
    { width: 3, height: 2 },
  ],
];

const MATRIX = SCALE_METHODS.flatMap((method) => BIT_DEPTHS.map((depth) => ({ method, depth })));

describe.each(MATRIX)('$method at $depth bits', ({ method, depth }) => {
  const top = 2 ** depth - 1;

  it('leaves a picture of that size as it is', () => {
    const size = { width: 21, height: 9 };
    const data = noise(depth, 21 * 9, 5);
    expect(scale(data, size, size, method, depth)).toEqual(data);
  });

  it('keeps flat pictures flat', () => {
    for (const [from, to] of SIZES) {
      for (const value of [0, 1, top >> 1, top - 1, top]) {
        const data = samples(depth, from.width * from.height).fill(value);
        const out = scale(data, from, to, method, depth);
        expect([...new Set(out)], `${value} at ${JSON.stringify(to)}`).toEqual([value]);
      }
    }
  });

  it('reads rows by stride and nothing between them', () => {
    for (const [from, to] of SIZES) {
      const { width, height } = from;
      const data = noise(depth, width * height, 11);
      const stride = width + 3;
      const spread = samples(depth, stride * height).fill(top);
      for (let y = 0; y < height; y++) {
        spread.set(data.subarray(y * width, (y + 1) * width), y * stride);
      }
      expect(scale(spread, from, to, method, depth, stride)).toEqual(
        scale(data, from, to, method, depth),
      );
    }
  });

  it('does the directions one by one', () => {
    // A picture of equal rows has equal rows, those of the first pass, rounded.
    const from = { width: 25, height: 6 };
    const row = noise(depth, 25, 3);
    const data = samples(depth, 25 * 6);
    for (let y = 0; y < 6; y++) data.set(row, y * 25);
    const high = scale(data, from, { width: 60, height: 15 }, method, depth);
    const flat = scale(row, { width: 25, height: 1 }, { width: 60, height: 1 }, method, depth);
    for (let y = 0; y < 15; y++) expect(high.subarray(y * 60, (y + 1) * 60)).toEqual(flat);
  });

  it('depends on samples near by only, and not on frames before', () => {
    const [from, to] = [
      { width: 24, height: 40 },
      { width: 48, height: 80 },
    ];
    const scaler = createPlaneScaler(from, to, method, depth);
    const one = noise(depth, 24 * 40, 1);
    const other = noise(depth, 24 * 40, 2);
    other.set(one.subarray(0, 24 * 20));
    const run = (data: Samples): Samples => {
      const out = samples(depth, 48 * 80);
      scaler.scale({ data, ...from, stride: 24 }, out);
      return out;
    };
    const first = run(one);
    const second = run(other);
    expect(run(one)).toEqual(first);
    // Rows of the upper half, three samples away from where the pictures part.
    expect(second.subarray(0, 48 * 34)).toEqual(first.subarray(0, 48 * 34));
    expect(second).not.toEqual(first);
  });

  it('is the same but for a code value when everything is mirrored', () => {
    const from = { width: 30, height: 2 };
    const data = noise(depth, 60, 21).map((v) => Math.round(top / 4 + v / 2));
    const back = (plane: Samples, width: number): Samples =>
      plane.map((_, i) => plane[i - (i % width) + width - 1 - (i % width)]!);
    const to = { width: 60, height: 2 };
    const there = scale(data, from, to, method, depth);
    const mirrored = back(scale(back(data, 30), from, to, method, depth), 60);
    // Rounding is carried from left to right, and the last bit is cut; at the left and the
    // right edge the outermost weight is treated differently, as in swscale.
    for (let i = 0; i < there.length; i++) {
      if (i % 60 < 6 || i % 60 >= 54) continue;
      expect(Math.abs(there[i]! - mirrored[i]!)).toBeLessThanOrEqual(Math.max(1, top / 4096));
    }
  });
});

describe('bilinear', () => {
  it('twice the size, by hand', () => {
    const from = { width: 3, height: 1 };
    const out = scale(Uint8Array.of(0, 100, 200), from, { width: 6, height: 1 }, 'bilinear', 8);
    expect([...out]).toEqual([0, 25, 75, 125, 175, 200]);
  });

  it('rises where the picture rises, and stays within it', () => {
    for (const to of [18, 50, 97, 300]) {
      const row = noise(16, 40, to).sort();
      const size = { width: 40, height: 1 };
      const out = scale(row, size, { width: to, height: 1 }, 'bilinear', 16);
      for (let x = 1; x < to; x++) expect(out[x]).toBeGreaterThanOrEqual(out[x - 1]!);
      expect(out[0]).toBeGreaterThanOrEqual(row[0]!);
      expect(out[to - 1]).toBeLessThanOrEqual(row[39]!);
    }
  });
});

describe.each(['bicubic', 'lanczos'] as const)('%s', (method) => {
  it.each(BIT_DEPTHS)('overshoots edges at %i bits, and is limited to the range', (depth) => {
    const top = 2 ** depth - 1;
    const edge = (low: number, high: number): Samples => {
      const data = samples(depth, 40).fill(low);
      data.fill(high, 20);
      const size = { width: 40, height: 1 };
      return scale(data, size, { width: 80, height: 1 }, method, depth);
    };
    const whole = [...edge(0, top)];
    expect([Math.min(...whole), Math.max(...whole)]).toEqual([0, top]);
    const half = [...edge(top >> 2, top - (top >> 2))];
    expect(Math.min(...half)).toBeLessThan(top >> 2);
    expect(Math.max(...half)).toBeGreaterThan(top - (top >> 2));
  });
});
