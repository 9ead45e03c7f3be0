/**
 * From the cubes of bands and scales to the features: cube roots with a floor
 * of noise, sums over the scales, and the quotients (spec/adm.md sections 8 to
 * 11).
 */
import type { PerBand } from './bands.js';
import { cbrt32 } from './cbrt32.js';
import type { BandSum } from './denominator.js';
import type { AdmOptions } from './options.js';

const f32 = Math.fround;

/** One value for each of the scales 0..3. */
export type PerScale<A> = readonly [A, A, A, A];

/** The noise floor n of one scale in binary32; `area` is that of the crop region. */
export const noiseFloor = (area: number, noiseWeight: number): number =>
  cbrt32(f32(area * noiseWeight));

/** The cube roots of the three bands, each plus the floor, added in binary32: h, v, then d. */
export const poolBands = ([h, v, d]: PerBand<BandSum>, floor: number): number => {
  const rootH = f32(cbrt32(h.cube) + floor);
  const rootV = f32(cbrt32(v.cube) + floor);
  const rootD = f32(cbrt32(d.cube) + floor);
  return f32(f32(rootH + rootV) + rootD);
};

/** The features of one frame. */
export interface AdmScores {
  /** Detail kept, 0 to about 1 (more where enhancement is credited). */
  readonly adm2: number;
  /** Additive impairment, 0 or more; 0 with `skipAim`. */
  readonly aim: number;
  /** Blend of `adm2` and `1 - aim`. */
  readonly adm3: number;
  /** Totals over the scales, set to 0 when tiny. */
  readonly num: number;
  readonly den: number;
  /** `adm2` of each scale. */
  readonly admScale: PerScale<number>;
}

/**
 * Combines the scales.
 * @param pixels samples of the full frame
 * @param scaleNum binary32 numerators, as `scaleDen` and `scaleAim`
 */
export const combineScales = (
  pixels: number,
  scaleNum: PerScale<number>,
  scaleDen: PerScale<number>,
  scaleAim: PerScale<number>,
  options: AdmOptions,
): AdmScores => {
  const limit = (1e-10 * pixels) / (1920 * 1080);
  const num = zeroBelow(limit, sum(scaleNum));
  const den = zeroBelow(limit, sum(scaleDen));
  const adm2 = den === 0 ? 1 : num / den;
  // libvmaf divides by zero here; an empty reference has nothing to impair.
  const aim = den === 0 ? 0 : sum(scaleAim) / den;
  const blend = adm2 * options.dlmWeight + (1 - aim) * (1 - options.dlmWeight);
  return {
    adm2,
    aim,
    adm3: Math.max(blend, options.minVal),
    num,
    den,
    admScale: [
      scaleNum[0] / scaleDen[0],
      scaleNum[1] / scaleDen[1],
      scaleNum[2] / scaleDen[2],
      scaleNum[3] / scaleDen[3],
    ],
  };
};

const sum = (scales: PerScale<number>): number => scales[0] + scales[1] + scales[2] + scales[3];

const zeroBelow = (limit: number, value: number): number => (value < limit ? 0 : value);
