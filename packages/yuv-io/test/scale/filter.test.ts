// Filters as such: sums, order, ranges, and weights that can be worked out by hand.
import { describe, expect, it } from 'vitest';
import { scaleFilter, type ScaleFilter } from '../../src/scale/filter.js';
import { SCALE_METHODS } from '../../src/scale/method.js';

const weightsOf = ({ taps, weights }: ScaleFilter, i: number): number[] => [
  ...weights.subarray(i * taps, (i + 1) * taps),
];

const SIDES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 64, 100, 255, 1080];

describe.each(SCALE_METHODS)('%s filters', (method) => {
  it.each([
    { bits: 14, align: 4 },
    { bits: 12, align: 2 },
  ])('keep their promises at $bits bits', ({ bits, align }) => {
    const broken: string[] = [];
    for (const from of SIDES) {
      for (const to of SIDES) {
        const filter = scaleFilter({ from, to, method, bits, align });
        let before = 0;
        for (let i = 0; i < to; i++) {
          const first = filter.first[i]!;
          const weights = weightsOf(filter, i);
          const positive = weights.reduce((sum, w) => sum + Math.max(w, 0), 0);
          const negative = weights.reduce((sum, w) => sum + Math.min(w, 0), 0);
          const kept =
            positive + negative === 2 ** bits &&
            // What the 32-bit sums of both passes rest on.
            positive < 1.5 * 2 ** bits &&
            first >= before &&
            first + filter.taps <= from;
          if (!kept) broken.push(`${from} to ${to}, filter ${i}: ${first}, ${weights.join(' ')}`);
          before = first;
        }
      }
    }
    expect(broken).toEqual([]);
  });

  it('take each sample as it is at equal size', () => {
    const filter = scaleFilter({ from: 5, to: 5, method, bits: 14, align: 4 });
    expect([filter.taps, ...filter.first, ...filter.weights]).toEqual([
      1,
      ...[0, 1, 2, 3, 4],
      ...[16384, 16384, 16384, 16384, 16384],
    ]);
  });
});

describe('filters by hand', () => {
  it('bilinear, twice as many: a quarter and three quarters', () => {
    const filter = scaleFilter({ from: 4, to: 8, method: 'bilinear', bits: 14, align: 4 });
    const [q, t] = [4096, 12288];
    expect(filter.taps).toBe(2);
    expect([...filter.first]).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
    expect([...filter.weights]).toEqual([16384, 0, t, q, q, t, t, q, q, t, t, q, q, t, 0, 16384]);
  });

  it('bilinear, half as many: a tent over four samples', () => {
    const filter = scaleFilter({ from: 16, to: 8, method: 'bilinear', bits: 12, align: 2 });
    // Distances 3/4, 1/4, 1/4, 3/4 of a wanted sample.
    expect(weightsOf(filter, 3)).toEqual([512, 1536, 1536, 512]);
    expect(filter.first[3]).toBe(5);
  });

  it('bicubic at a quarter: the cubic with B = 0 and C = 0.6', () => {
    const filter = scaleFilter({ from: 32, to: 64, method: 'bicubic', bits: 14, align: 4 });
    const c = 0.6;
    const near = (d: number): number => (2 - c) * d ** 3 - (3 - c) * d ** 2 + 1;
    const far = (d: number): number => -c * d ** 3 + 5 * c * d ** 2 - 8 * c * d + 4 * c;
    const exact = [far(1.25), near(0.25), near(0.75), far(1.75)].map((w) => w * 16384);
    // Wanted sample 31 lies a quarter right of sample 15.
    expect(filter.first[31]).toBe(14);
    weightsOf(filter, 31).forEach((weight, i) => {
      expect(Math.abs(weight - exact[i]!)).toBeLessThan(1);
    });
  });

  it('lanczos at a quarter: six weights of the windowed sinc', () => {
    const filter = scaleFilter({ from: 32, to: 64, method: 'lanczos', bits: 14, align: 4 });
    const sinc = (x: number): number => Math.sin(Math.PI * x) / (Math.PI * x);
    const raw = [-2, -1, 0, 1, 2, 3].map((n) => sinc(n - 0.25) * sinc((n - 0.25) / 3));
    const total = raw.reduce((a, b) => a + b, 0);
    expect(filter.first[31]).toBe(13);
    weightsOf(filter, 31).forEach((weight, i) => {
      expect(Math.abs(weight - (raw[i]! / total) * 16384)).toBeLessThan(1);
    });
  });
});
