/** The pass along rows: a row of code values to a row of finer values, cut. */
import type { ScaleFilter } from './filter.js';
import type { Precision } from './precision.js';

/** A row between the passes: 15 bits and a sign, or 19 for 16-bit video. */
export type MiddleRow = Int16Array | Int32Array;

/**
 * Filters one row of samples.
 *
 * Sums fit 32 bits: a filter's positive weights add up to less than 1.5 * 2^14
 * and its negative ones to more than -0.5 * 2^14, samples end at 2^16, so the
 * sum is within -2^29 and 1.5 * 2^30. What overshoots the top is limited there;
 * what is below zero stays, since the pass along columns may bring it back.
 * @param start index of the row's first sample in `samples`.
 * @param out `filter.length` results.
 */
export const filterRow = (
  samples: Uint8Array | Uint16Array,
  start: number,
  filter: ScaleFilter,
  { middleBits, horizontalShift }: Precision,
  out: MiddleRow,
): void => {
  const { taps, first, weights, length } = filter;
  const top = 2 ** middleBits - 1;
  for (let x = 0, w = 0; x < length; x++) {
    const from = start + (first[x] ?? 0);
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      sum = (sum + Math.imul(samples[from + k] ?? 0, weights[w++] ?? 0)) | 0;
    }
    const value = sum >> horizontalShift;
    out[x] = value > top ? top : value;
  }
};
