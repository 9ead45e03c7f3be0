/**
 * The denominator of ADM: how much visible detail the reference has, as sums
 * of cubes over the crop region of each detail band (spec/adm.md section 8).
 * Sums are taken row by row and shifted per row, so rows cannot be merged.
 */
import type { DetailBands, PerBand } from './bands.js';
import { multiplyShift, WideSum } from './int64.js';
import { ceilLog2, power2, roundingOf } from './powers.js';
import type { CropRegion } from './regions.js';

/** What one band comes to. */
export interface BandSum {
  /** The exact integer sum acc_b. */
  readonly sum: bigint;
  /** The sum brought to the scale of the pooling, a binary32 value. */
  readonly cube: number;
}

/** Sums of the reference's bands at one scale; `weight` holds the CSF weights rf. */
export const denominatorSums = (
  reference: DetailBands,
  weight: PerBand<number>,
  scale: number,
  region: CropRegion,
): PerBand<BandSum> => {
  const band =
    scale === 0
      ? (values: Int32Array, rf: number) => firstSum(values, reference.width, rf, region)
      : (values: Int32Array, rf: number) => upperSum(values, reference.width, rf, scale, region);
  return [band(reference.h, weight[0]), band(reference.v, weight[1]), band(reference.d, weight[2])];
};

/** (f64(sum) / 2^exponent) * rf^3, then binary32. A double holds rf^2 of a binary32 rf exactly. */
const weighted = (total: WideSum, exponent: number, rf: number): BandSum => ({
  sum: total.toBigInt(),
  cube: Math.fround(total.toNumber() * 2 ** -exponent * (rf * rf * rf)),
});

const firstSum = (
  band: Int32Array,
  width: number,
  rf: number,
  { left, top, right, bottom, area }: CropRegion,
): BandSum => {
  // Keeps the total of large pictures within 64 bits: 0 for 1080p, 1 for 2160p.
  const shift = Math.max(0, ceilLog2(area) - 20);
  const add = roundingOf(shift);
  const row = new WideSum();
  const total = new WideSum();
  for (let i = top; i < bottom; i++) {
    row.clear();
    for (let j = i * width + left; j < i * width + right; j++) {
      const magnitude = Math.abs(band[j] as number);
      // Below 2^44.
      row.add(magnitude * magnitude * magnitude);
    }
    total.addShifted(row, add, shift);
  }
  return weighted(total, 18 - shift, rf);
};

/** Shift of the square, and binary exponent of the sum's unit, for scales 1, 2, 3. */
const SQUARE_SHIFT = [0, 31, 30, 31] as const;
const SUM_EXPONENT = [0, 32, 27, 23] as const;

const upperSum = (
  band: Int32Array,
  width: number,
  rf: number,
  scale: number,
  { left, top, right, bottom }: CropRegion,
): BandSum => {
  const squareShift = SQUARE_SHIFT[scale] as number;
  // A full unit, not a half.
  const squareAdd = power2(squareShift);
  const columnShift = ceilLog2(right - left);
  const columnAdd = roundingOf(columnShift);
  const rowShift = ceilLog2(bottom - top);
  const rowAdd = roundingOf(rowShift);
  const row = new WideSum();
  const total = new WideSum();
  for (let i = top; i < bottom; i++) {
    row.clear();
    for (let j = i * width + left; j < i * width + right; j++) {
      const magnitude = Math.abs(band[j] as number);
      const square = multiplyShift(magnitude, magnitude, squareAdd, squareShift);
      row.addProduct(square, magnitude, columnAdd, columnShift);
    }
    total.addShifted(row, rowAdd, rowShift);
  }
  return weighted(total, (SUM_EXPONENT[scale] as number) - rowShift - columnShift, rf);
};
