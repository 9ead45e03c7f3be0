// CSF on the masker and the threshold, against spec/adm.md sections 9.1 and 9.2
// in big integers, band by band and neighbour by neighbour.
import { describe, expect, it } from 'vitest';
import { createDetailBands, type DetailBands } from '../../src/adm/bands.js';
import { createMaskingPlanes, maskingThreshold } from '../../src/adm/masking.js';
import { cropRegion, type CropRegion } from '../../src/adm/regions.js';
import { abs, int16 } from './exact.js';
import { bandList, randomBands } from './random-bands.js';

interface Weighted {
  readonly spread: number;
  readonly centre: number;
}

const SCALE0 = [
  { n: 15n, add: 16384n },
  { n: 15n, add: 16384n },
  { n: 17n, add: 65535n },
] as const;

const weigh = (value: number, factor: number, band: 0 | 1 | 2, scale: number): Weighted => {
  const product = BigInt(factor) * BigInt(value);
  if (scale === 0) {
    const { n, add } = SCALE0[band];
    const csf = abs(int16((product + add) >> n));
    return {
      spread: Number(int16((4369n * csf + 2048n) >> 12n)),
      centre: Number(int16((8738n * csf + 2048n) >> 12n)),
    };
  }
  const csf = abs((product + (1n << 27n)) >> 28n);
  return {
    spread: Number((143165577n * csf - (1n << 31n)) >> 32n),
    centre: Number((286331153n * csf - (1n << 31n)) >> 32n),
  };
};

const FACTORS = {
  first: [36453, 36453, 49417],
  upper: [196165808, 196165808, 134487184],
} as const;

const whole = (width: number, height: number): CropRegion => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
  area: width * height,
});

const threshold = (masker: DetailBands, scale: number, region: CropRegion): Int32Array => {
  const planes = createMaskingPlanes(masker.width * masker.height);
  const factors = scale === 0 ? FACTORS.first : FACTORS.upper;
  maskingThreshold(masker, factors, scale === 0, region, planes);
  return planes.threshold;
};

const reference = (masker: DetailBands, scale: number, i: number, j: number): number => {
  const { width, height } = masker;
  const factors = scale === 0 ? FACTORS.first : FACTORS.upper;
  let sum = 0;
  bandList(masker).forEach((band, b) => {
    const at = (row: number, column: number): Weighted => {
      const y = row < 0 ? 1 : row === height ? height - 1 : row;
      const x = column < 0 ? 1 : column === width ? width - 1 : column;
      return weigh(band[y * width + x]!, factors[b]!, b as 0 | 1 | 2, scale);
    };
    sum += at(i, j).centre;
    for (let di = -1; di <= 1; di++) {
      for (let dj = -1; dj <= 1; dj++) if (di !== 0 || dj !== 0) sum += at(i + di, j + dj).spread;
    }
  });
  return sum;
};

describe.each([
  { scale: 0, bits: 14 },
  { scale: 1, bits: 30 },
])('the threshold of scale $scale', ({ scale, bits }) => {
  it.each([
    [2, 2],
    [3, 5],
    [9, 4],
    [21, 13],
  ])('equals the text over a whole band of %dx%d, borders included', (width, height) => {
    const masker = randomBands(width, height, bits, 0x5eee0 + width);
    const actual = threshold(masker, scale, whole(width, height));
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        expect([i, j, actual[i * width + j]]).toEqual([i, j, reference(masker, scale, i, j)]);
      }
    }
  });

  it('looks at real values in the margin around the crop region', () => {
    const masker = randomBands(40, 30, bits, 0x5eee1);
    const region = cropRegion(40, 30);
    const actual = threshold(masker, scale, region);
    expect(region.left).toBeGreaterThan(0);
    for (let i = region.top; i < region.bottom; i++) {
      for (let j = region.left; j < region.right; j++) {
        expect(actual[i * 40 + j]).toBe(reference(masker, scale, i, j));
      }
    }
  });
});

describe('the peculiarities kept from libvmaf', () => {
  const single = (band: 'h' | 'v' | 'd', value: number): DetailBands => {
    const masker = createDetailBands(5, 5);
    masker[band][12] = value;
    return masker;
  };

  it('wraps a strong centre of scale 0 to a negative number', () => {
    // |csf| is 15359 just below and 15360 at the limit.
    const fits = Math.floor((15359 * 32768) / 36453);
    const below = threshold(single('h', fits), 0, whole(5, 5))[12]!;
    const above = threshold(single('h', fits + 1), 0, whole(5, 5))[12]!;
    expect([below > 32000, above < -32000]).toEqual([true, true]);
  });

  it('rounds the diagonal band of scale 0 with 65535', () => {
    // An even factor can meet the tie: 2 * 32768 = 65536 is half of 2^17.
    const planes = createMaskingPlanes(25);
    maskingThreshold(single('d', 32768), [36453, 36453, 2], true, whole(5, 5), planes);
    expect(planes.centre[12]).toBe(0);
    maskingThreshold(single('d', 32769), [36453, 36453, 2], true, whole(5, 5), planes);
    expect(planes.centre[12]).toBe(2);
  });

  it('gives -1 for every zero of scales 1..3', () => {
    const nothing = threshold(createDetailBands(5, 5), 1, whole(5, 5));
    // Three bands, one centre and eight neighbours each.
    expect([...nothing]).toEqual(new Array(25).fill(-27));
  });
});
