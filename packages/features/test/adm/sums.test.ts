// Denominator and numerator sums against spec/adm.md sections 8 and 9.3 in big
// integers, far beyond the magnitudes of real pictures.
import { describe, expect, it } from 'vitest';
import { createDetailBands } from '../../src/adm/bands.js';
import { denominatorSums, type BandSum } from '../../src/adm/denominator.js';
import { numeratorSums } from '../../src/adm/numerator.js';
import { cropRegion, type CropRegion } from '../../src/adm/regions.js';
import { abs, ceilLog2, createShaped, float32OfBigInt, half } from './exact.js';
import { bandList, randomBands } from './random-bands.js';

type Value = (band: number, index: number) => bigint;

const rowSums = (
  width: number,
  { left, top, right, bottom }: CropRegion,
  shift: bigint,
  value: (index: number) => bigint,
): bigint => {
  let total = 0n;
  for (let i = top; i < bottom; i++) {
    let row = 0n;
    for (let j = left; j < right; j++) row += value(i * width + j);
    total += (row + half(shift)) >> shift;
  }
  return total;
};

const SIZES = [
  [9, 9],
  [16, 12],
  [33, 20],
  [65, 40],
] as const;

describe('denominator sums', () => {
  const weight = [0.017381537705659866, 0.017381537705659866, 0.005890687] as const;
  const rf = weight.map((w) => Math.fround(w));
  const weights = [rf[0]!, rf[1]!, rf[2]!] as const;

  it.each(SIZES)('of scale 0 in %dx%d', (width, height) => {
    const bands = randomBands(width, height, 14, 0x5eee2 + width);
    const region = cropRegion(width, height);
    const sums = denominatorSums(bands, weights, 0, region);
    bandList(bands).forEach((band, b) => {
      const exact = rowSums(width, region, 0n, (i) => abs(BigInt(band[i]!)) ** 3n);
      expect(sums[b]!.sum).toBe(exact);
      const x = weights[b]!;
      expect(sums[b]!.cube).toBe(Math.fround((Number(exact) / 2 ** 18) * (x * x * x)));
    });
  });

  it('of scale 0 shift each row when the crop region passes 2^20 positions', () => {
    const [width, height] = [1290, 1270] as const;
    const bands = createDetailBands(width, height);
    const shaped = createShaped(0x5eee3);
    for (let i = 0; i < width * height; i += 3) bands.h[i] = shaped(14);
    for (let i = 0; i < width * height; i += width + 1) bands.d[i] = 2 * (i % 5000) + 1;
    const region = cropRegion(width, height);
    expect(region.area).toBeGreaterThan(2 ** 20);
    const sums = denominatorSums(bands, weights, 0, region);
    bandList(bands).forEach((band, b) => {
      const exact = rowSums(width, region, 1n, (i) => abs(BigInt(band[i]!)) ** 3n);
      expect(sums[b]!.sum).toBe(exact);
      const x = weights[b]!;
      expect(sums[b]!.cube).toBe(Math.fround((Number(exact) / 2 ** 17) * (x * x * x)));
    });
  });

  it.each([
    [2 ** 20, 0],
    [2 ** 20 + 1, 1],
    [2 ** 21, 1],
    [2 ** 21 + 1, 2],
    [2 ** 24, 4],
  ])('of scale 0 with %d positions shift by %d', (area, shift) => {
    const bands = createDetailBands(3, 2);
    bands.h.set([3, 0, 0, 1, 1, 1]);
    const region = { left: 0, top: 0, right: 3, bottom: 2, area };
    const round = half(BigInt(shift));
    const exact = ((27n + round) >> BigInt(shift)) + ((3n + round) >> BigInt(shift));
    expect(denominatorSums(bands, weights, 0, region)[0].sum).toBe(exact);
  });

  it.each([1, 2, 3] as const)('of scale %d', (scale) => {
    const squareShift = BigInt([31, 30, 31][scale - 1]!);
    const exponent = [32, 27, 23][scale - 1]!;
    for (const [width, height] of SIZES) {
      const bands = randomBands(width, height, 30, 0x5eee4 + width);
      const region = cropRegion(width, height);
      const c1 = ceilLog2(region.right - region.left);
      const c2 = ceilLog2(region.bottom - region.top);
      const sums = denominatorSums(bands, weights, scale, region);
      bandList(bands).forEach((band, b) => {
        const exact = rowSums(width, region, c2, (i) => {
          const o = abs(BigInt(band[i]!));
          return (((o * o + (1n << squareShift)) >> squareShift) * o + half(c1)) >> c1;
        });
        expect(sums[b]!.sum).toBe(exact);
        const x = weights[b]!;
        const unit = 2 ** (exponent - Number(c1) - Number(c2));
        expect(sums[b]!.cube).toBe(Math.fround((Number(exact) / unit) * (x * x * x)));
      });
    }
  });
});

describe('numerator sums', () => {
  const factors = [36453, 36453, 49417] as const;
  const upperFactors = [196165808, 196165808, 134487184] as const;

  const thresholds = (samples: number, bits: number): Int32Array => {
    const shaped = createShaped(0x5eee5);
    return Int32Array.from({ length: samples }, () => shaped(bits));
  };

  it.each(SIZES)('of scale 0 in %dx%d, negative thresholds included', (width, height) => {
    const bands = randomBands(width, height, 14, 0x5eee6 + width);
    const threshold = thresholds(width * height, 16);
    const region = cropRegion(width, height);
    const sums = numeratorSums(bands, factors, threshold, 0, region);
    bandList(bands).forEach((band, b) => {
      const diagonal = b === 2;
      const p = diagonal ? 30n : 29n;
      const c = ceilLog2(width) - (diagonal ? 3n : 4n);
      const rs = ceilLog2(height);
      const value: Value = (_, i) => {
        const signal = abs(BigInt(factors[b]!) * BigInt(band[i]!));
        const x = signal - BigInt(threshold[i]!) * (diagonal ? 4096n : 1024n);
        return x < 0n ? 0n : (((x * x + half(p)) >> p) * x + half(c)) >> c;
      };
      const exact = rowSums(width, region, rs, (i) => value(b, i));
      expect(sums[b]!.sum).toBe(exact);
      const exponent = (diagonal ? 57 : 52) - Number(c) - Number(rs);
      expect(sums[b]!.cube).toBe(Math.fround(Number(exact) / 2 ** exponent));
    });
  });

  it.each([1, 2, 3] as const)('of scale %d', (scale) => {
    for (const [width, height] of SIZES) {
      const bands = randomBands(width, height, 30, 0x5eee7 + width);
      const threshold = thresholds(width * height, 28);
      const region = cropRegion(width, height);
      const c = ceilLog2(width);
      const rs = ceilLog2(height);
      const exponent = [45, 39, 36][scale - 1]! - Number(c) - Number(rs);
      const sums = numeratorSums(bands, upperFactors, threshold, scale, region);
      bandList(bands).forEach((band, b) => {
        const exact = rowSums(width, region, rs, (i) => {
          const signal = (BigInt(upperFactors[b]!) * BigInt(band[i]!) + (1n << 27n)) >> 28n;
          const x = abs(signal) - BigInt(threshold[i]!);
          return x < 0n ? 0n : (((x * x + (1n << 29n)) >> 30n) * x + half(c)) >> c;
        });
        expect(sums[b]!.sum).toBe(exact);
        expect(sums[b]!.cube).toBe(float32OfBigInt(exact) / 2 ** exponent);
      });
    }
  });

  it('of scales 1..3 become binary32 with one rounding', () => {
    const found = sumNearTie();
    expect(Math.fround(Number(found.sum))).not.toBe(float32OfBigInt(found.sum));
    expect(found.cube).toBe(float32OfBigInt(found.sum) / 2 ** (45 - 4));
  });
});

/**
 * One row of 16 coefficients whose sum is just above a tie of binary32: a
 * large cube first, then ever smaller ones, each the largest that still fits.
 */
const sumNearTie = (): BandSum => {
  const width = 16;
  const unitFactor = [2 ** 28, 2 ** 28, 2 ** 28] as const;
  const cubeOf = (x: number): bigint =>
    (((BigInt(x) * BigInt(x) + (1n << 29n)) >> 30n) * BigInt(x) + 8n) >> 4n;
  const largestBelow = (target: bigint): number => {
    let [low, high] = [0, 2 ** 31 - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (cubeOf(middle) <= target) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  // From 2^56 to 2^57 the unit of binary32 is 2^33 and that of a double 2^4.
  const tie = 2n ** 56n + 2n ** 32n;
  for (let above = 1n; above < 8n; above++) {
    const signal = createDetailBands(width, 1);
    let rest = tie + above;
    for (let j = 0; j < width && rest > 0n; j++) {
      // Coefficients of 23171..40132 give 1448..2508; keep what is left reachable.
      const small = rest >= 1448n && rest <= 2508n;
      const x = small ? Number(rest) * 16 : largestBelow(rest - 1448n);
      signal.h[j] = x;
      rest -= cubeOf(x);
    }
    if (rest === 0n) {
      const region = { left: 0, top: 0, right: width, bottom: 1, area: width };
      return numeratorSums(signal, unitFactor, new Int32Array(width), 1, region)[0];
    }
  }
  throw new Error('no sum next to the tie found');
};
