/**
 * The numerator of ADM: how much visible detail is left once masking is taken
 * off, as sums of cubes over the crop region of each detail band (spec/adm.md
 * section 9.3). Sums are taken row by row and shifted per row.
 */
import type { DetailBands, PerBand } from './bands.js';
import type { BandSum } from './denominator.js';
import { multiplyShift, WideSum } from './int64.js';
import { ceilLog2, power2, roundingOf } from './powers.js';
import type { CropRegion } from './regions.js';

/** Sums of the bands of one scale above the masking threshold. */
export const numeratorSums = (
  signal: DetailBands,
  factor: PerBand<number>,
  threshold: Int32Array,
  scale: number,
  region: CropRegion,
): PerBand<BandSum> => {
  if (scale > 0) {
    return [
      upperSum(signal, signal.h, factor[0], threshold, scale, region),
      upperSum(signal, signal.v, factor[1], threshold, scale, region),
      upperSum(signal, signal.d, factor[2], threshold, scale, region),
    ];
  }
  return [
    firstSum(signal, signal.h, factor[0], threshold, FIRST_HV, region),
    firstSum(signal, signal.v, factor[1], threshold, FIRST_HV, region),
    firstSum(signal, signal.d, factor[2], threshold, FIRST_D, region),
  ];
};

/** Fixed-point scales of one band at scale 0. */
interface FirstScaling {
  /** From the threshold's unit to the band's: a factor of 2 to this. */
  readonly thresholdShift: number;
  readonly squareShift: number;
  /** The column shift is the width's binary logarithm less this. */
  readonly columnBits: number;
  /** Binary exponent of the sum's unit. */
  readonly exponent: number;
}

const FIRST_HV: FirstScaling = {
  thresholdShift: 10,
  squareShift: 29,
  columnBits: 4,
  exponent: 52,
};
const FIRST_D: FirstScaling = { thresholdShift: 12, squareShift: 30, columnBits: 3, exponent: 57 };

const firstSum = (
  { width, height }: DetailBands,
  band: Int32Array,
  factor: number,
  threshold: Int32Array,
  scaling: FirstScaling,
  { left, top, right, bottom }: CropRegion,
): BandSum => {
  const { squareShift, exponent } = scaling;
  const thresholdUnit = power2(scaling.thresholdShift);
  const squareAdd = roundingOf(squareShift);
  // Sizes of the whole band here, not of the crop; 0 or more from width 9 on.
  const columnShift = ceilLog2(width) - scaling.columnBits;
  const columnAdd = roundingOf(columnShift);
  const rowShift = ceilLog2(height);
  const rowAdd = roundingOf(rowShift);
  const row = new WideSum();
  const total = new WideSum();
  for (let i = top; i < bottom; i++) {
    row.clear();
    for (let j = i * width + left; j < i * width + right; j++) {
      const masked =
        Math.abs(factor * (band[j] as number)) - (threshold[j] as number) * thresholdUnit;
      if (masked <= 0) continue;
      const square = multiplyShift(masked, masked, squareAdd, squareShift);
      row.addProduct(square, masked, columnAdd, columnShift);
    }
    total.addShifted(row, rowAdd, rowShift);
  }
  return {
    sum: total.toBigInt(),
    cube: Math.fround(total.toNumber() * 2 ** -(exponent - columnShift - rowShift)),
  };
};

/** Binary exponent of the sum's unit for scales 1, 2, 3. */
const SUM_EXPONENT = [0, 45, 39, 36] as const;

const upperSum = (
  { width, height }: DetailBands,
  band: Int32Array,
  factor: number,
  threshold: Int32Array,
  scale: number,
  { left, top, right, bottom }: CropRegion,
): BandSum => {
  const columnShift = ceilLog2(width);
  const columnAdd = roundingOf(columnShift);
  const rowShift = ceilLog2(height);
  const rowAdd = roundingOf(rowShift);
  const row = new WideSum();
  const total = new WideSum();
  for (let i = top; i < bottom; i++) {
    row.clear();
    for (let j = i * width + left; j < i * width + right; j++) {
      const visible = Math.abs(multiplyShift(factor, band[j] as number, 2 ** 27, 28));
      const masked = visible - (threshold[j] as number);
      if (masked <= 0) continue;
      const square = multiplyShift(masked, masked, 2 ** 29, 30);
      row.addProduct(square, masked, columnAdd, columnShift);
    }
    total.addShifted(row, rowAdd, rowShift);
  }
  // To binary32 directly, then an exact division.
  const exponent = (SUM_EXPONENT[scale] as number) - columnShift - rowShift;
  return { sum: total.toBigInt(), cube: total.toFloat32() * 2 ** -exponent };
};
