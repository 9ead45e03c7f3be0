/**
 * From the kernel's integer sums to the features, in the same steps as the
 * plain kernel (spec/adm.md sections 8 to 11).
 */
import type { AdmResult } from '../adm/adm.js';
import type { PerBand } from '../adm/bands.js';
import { combineScales, noiseFloor, poolBands, type PerScale } from '../adm/combine.js';
import type { CsfScale } from '../adm/csf.js';
import type { BandSum } from '../adm/denominator.js';
import { int64ToFloat32 } from '../adm/float32.js';
import type { AdmOptions } from '../adm/options.js';
import type { ScaleLayout } from './adm-layout.js';

/** One pooled value of one scale and the sums behind it. */
export interface Pooled {
  readonly value: number;
  readonly sums: PerBand<bigint>;
}

const NO_SUMS: PerBand<bigint> = [0n, 0n, 0n];

/** A part that was not computed. */
export const NOTHING: Pooled = { value: 0, sums: NO_SUMS };

/** What libvmaf puts in place of a skipped denominator. */
export const SKIPPED_DENOMINATOR: Pooled = { value: Math.fround(1e-10), sums: NO_SUMS };

/** Binary exponents of the sums' units before the shifts: denominator, numerator of h and v, of d. */
const EXPONENTS = [
  { den: 18, hv: 52, d: 57 },
  { den: 32, hv: 45, d: 45 },
  { den: 27, hv: 39, d: 39 },
  { den: 23, hv: 36, d: 36 },
] as const;

/** The denominator of scale `s`. */
export const denominatorOf = (
  s: 0 | 1 | 2 | 3,
  { shifts, region }: ScaleLayout,
  { weight }: CsfScale,
  sums: PerBand<bigint>,
  { noiseWeight }: AdmOptions,
): Pooled => {
  const unit = 2 ** -(EXPONENTS[s].den - shifts.den - shifts.denRow);
  const cube = (sum: bigint, rf: number): BandSum => ({
    sum,
    cube: Math.fround(Number(sum) * unit * (rf * rf * rf)),
  });
  const [h, v, d] = sums;
  const bands = [cube(h, weight[0]), cube(v, weight[1]), cube(d, weight[2])] as const;
  return { value: poolBands(bands, noiseFloor(region.area, noiseWeight)), sums };
};

/** The numerator of scale `s`, or its AIM with a noise weight of 0. */
export const numeratorOf = (
  s: 0 | 1 | 2 | 3,
  { shifts, region }: ScaleLayout,
  sums: PerBand<bigint>,
  noiseWeight: number,
): Pooled => {
  const unitHv = 2 ** -(EXPONENTS[s].hv - shifts.hv - shifts.row);
  const unitD = 2 ** -(EXPONENTS[s].d - shifts.d - shifts.row);
  // Scale 0 divides in binary64 and rounds to binary32 at the end, the others at once.
  const cube = (sum: bigint, unit: number): BandSum => ({
    sum,
    cube: s === 0 ? Math.fround(Number(sum) * unit) : toFloat32(sum) * unit,
  });
  const [h, v, d] = sums;
  const bands = [cube(h, unitHv), cube(v, unitHv), cube(d, unitD)] as const;
  return { value: poolBands(bands, noiseFloor(region.area, noiseWeight)), sums };
};

const toFloat32 = (sum: bigint): number =>
  int64ToFloat32(Number(sum >> 32n), Number(sum & 0xffffffffn));

/** The result of one comparison. */
export const resultOf = (
  pixels: number,
  den: PerScale<Pooled>,
  num: PerScale<Pooled>,
  aim: PerScale<Pooled>,
  options: AdmOptions,
): AdmResult => {
  const scaleNum = valuesOf(num);
  const scaleDen = valuesOf(den);
  return {
    ...combineScales(pixels, scaleNum, scaleDen, valuesOf(aim), options),
    scaleNum,
    scaleDen,
    sums: { den: sumsOf(den), num: sumsOf(num), aim: sumsOf(aim) },
  };
};

const valuesOf = ([a, b, c, d]: PerScale<Pooled>): PerScale<number> => [
  a.value,
  b.value,
  c.value,
  d.value,
];

const sumsOf = ([a, b, c, d]: PerScale<Pooled>): PerScale<PerBand<bigint>> => [
  a.sums,
  b.sums,
  c.sums,
  d.sums,
];
