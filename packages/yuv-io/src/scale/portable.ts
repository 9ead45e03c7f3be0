/**
 * The scaler in plain TypeScript: the one that others are measured by, and the
 * one for 16-bit video and for engines without WebAssembly SIMD. Every row
 * that is needed is filtered once, kept in a ring as long as the other pass
 * needs it, and merged.
 */
import type { BitDepth } from '@tinyvmaf/core';
import { filterRow, type MiddleRow } from './horizontal.js';
import { precisionOf } from './precision.js';
import type { FilterPair, PlaneScaler } from './scaler.js';
import { createSums, mergeRows } from './vertical.js';

/** Makes a scaler of these filters. */
export const createPortableScaler = (
  { across, down }: FilterPair,
  bitDepth: BitDepth,
): PlaneScaler => {
  const precision = precisionOf(bitDepth);
  const { taps, first, weights } = down;
  const width = across.length;
  const ring = Array.from({ length: taps }, () => middleRow(width, precision.middleBits));
  const weightsOf = Array.from({ length: down.length }, (_, y) =>
    weights.subarray(y * taps, (y + 1) * taps),
  );
  const sums = createSums(width, precision);
  const rows: MiddleRow[] = [...ring];

  return {
    scale: ({ data, stride }, out) => {
      let done = 0; // source rows before this one are filtered, or will not be needed
      for (let y = 0; y < down.length; y++) {
        const top = first[y] ?? 0;
        for (done = Math.max(done, top); done < top + taps; done++) {
          const row = ring[done % taps];
          if (row !== undefined) filterRow(data, done * stride, across, precision, row);
        }
        for (let k = 0; k < taps; k++) {
          const row = ring[(top + k) % taps];
          if (row !== undefined) rows[k] = row;
        }
        mergeRows(rows, weightsOf[y] ?? weights, precision, sums, out, y * width);
      }
    },
  };
};

const middleRow = (width: number, bits: 15 | 19): MiddleRow =>
  bits === 15 ? new Int16Array(width) : new Int32Array(width);
