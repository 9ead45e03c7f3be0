/**
 * One plane to another size: every row that is needed is filtered once, kept
 * in a ring as long as the other pass needs it, and merged. Memory between the
 * passes is a few rows.
 */
import type { BitDepth } from '@tinyvmaf/core';
import type { Plane } from '../frame.js';
import { scaleFilter } from './filter.js';
import { filterRow, type MiddleRow } from './horizontal.js';
import type { ScaleMethod } from './method.js';
import { HORIZONTAL_BITS, precisionOf, VERTICAL_BITS } from './precision.js';
import { createSums, mergeRows } from './vertical.js';

/** Width and height in samples. */
export interface Size {
  /** Samples of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Scales planes of one size and depth. Nothing is kept from one call to the next. */
export interface PlaneScaler {
  /**
   * Fills `out` (`width * height` samples, row after row) from a plane. The
   * plane has the size and its samples the depth that the scaler was made for.
   */
  scale(plane: Plane, out: Uint8Array | Uint16Array): void;
}

/** Multiples to which the number of weights is rounded up before they are rounded, as swscale does on x86 and ARM. */
const ROW_ALIGN = 4;
const COLUMN_ALIGN = 2;

/**
 * Makes a scaler from one size to another. Sides are whole numbers from 1 to
 * 16384; the caller has checked them.
 */
export const createPlaneScaler = (
  from: Size,
  to: Size,
  method: ScaleMethod,
  bitDepth: BitDepth,
): PlaneScaler => {
  const precision = precisionOf(bitDepth);
  const rowFilter = scaleFilter({
    ...{ from: from.width, to: to.width, method },
    ...{ bits: HORIZONTAL_BITS, align: ROW_ALIGN },
  });
  const columnFilter = scaleFilter({
    ...{ from: from.height, to: to.height, method },
    ...{ bits: VERTICAL_BITS, align: COLUMN_ALIGN },
  });
  const { taps, first, weights } = columnFilter;
  const ring = Array.from({ length: taps }, () => middleRow(to.width, precision.middleBits));
  const weightsOf = Array.from({ length: to.height }, (_, y) =>
    weights.subarray(y * taps, (y + 1) * taps),
  );
  const sums = createSums(to.width, precision);
  const rows: MiddleRow[] = [...ring];

  return {
    scale: ({ data, stride }, out) => {
      let done = 0; // source rows before this one are filtered, or will not be needed
      for (let y = 0; y < to.height; y++) {
        const top = first[y] ?? 0;
        for (done = Math.max(done, top); done < top + taps; done++) {
          const row = ring[done % taps];
          if (row !== undefined) filterRow(data, done * stride, rowFilter, precision, row);
        }
        for (let k = 0; k < taps; k++) {
          const row = ring[(top + k) % taps];
          if (row !== undefined) rows[k] = row;
        }
        mergeRows(rows, weightsOf[y] ?? weights, precision, sums, out, y * to.width);
      }
    },
  };
};

const middleRow = (width: number, bits: 15 | 19): MiddleRow =>
  bits === 15 ? new Int16Array(width) : new Int32Array(width);
