// Detail bands for tests: random magnitudes of all sizes, with the extremes
// that a real transform does not reach.
import { createDetailBands, type DetailBands } from '../../src/adm/bands.js';
import { createShaped } from './exact.js';

/** Bands whose coefficients are below `2^bits` in magnitude; some are exactly at that end. */
export const randomBands = (
  width: number,
  height: number,
  bits: number,
  seed: number,
): DetailBands => {
  const shaped = createShaped(seed);
  const bands = createDetailBands(width, height);
  for (const band of [bands.h, bands.v, bands.d]) {
    for (let i = 0; i < band.length; i++) {
      band[i] = i % 17 === 0 ? (i % 2 === 0 ? 1 : -1) * (2 ** bits - 1) : shaped(bits);
    }
  }
  return bands;
};

/** The three bands in the order of their constants. */
export const bandList = ({
  h,
  v,
  d,
}: DetailBands): readonly [Int32Array, Int32Array, Int32Array] => [h, v, d];
