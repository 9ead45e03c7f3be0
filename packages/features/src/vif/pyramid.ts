/**
 * The scale pyramid of VIF: each scale is the one before, blurred with the
 * filter of the *next* scale, of which every second sample of every second row
 * is kept. Source: spec/vif.md section 4.
 */
import type { BitDepth } from '@tinyvmaf/core';
import { padLine, rowOffsets } from '../plane/border.js';
import { roundedShift } from '../plane/shift.js';
import { HORIZONTAL_SHIFT, radiusOf, TAPS, verticalShifts, type Scale } from './filters.js';

/** Size of a scale of a picture: halved `scale` times, an odd last row or column dropped. */
export const scaleSize = (
  width: number,
  height: number,
  scale: number,
): { readonly width: number; readonly height: number } => ({
  width: Math.floor(width / 2 ** scale),
  height: Math.floor(height / 2 ** scale),
});

/**
 * Makes the plane of scale `scale + 1` from that of scale `scale`.
 * @param source `width * height` samples of scale `scale`.
 * @param target `floor(width / 2) * floor(height / 2)` samples, 16 bits with full scale near 2^16.
 * @param line room for `width + 8` numbers.
 */
export const halve = (
  source: Uint16Array,
  width: number,
  height: number,
  scale: 0 | 1 | 2,
  bitDepth: BitDepth,
  target: Uint16Array,
  line: Float64Array,
): void => {
  const taps = TAPS[(scale + 1) as Scale];
  const radius = radiusOf(taps);
  const vertical = roundedShift(verticalShifts(scale, bitDepth).mean);
  const horizontal = roundedShift(HORIZONTAL_SHIFT);
  const half = scaleSize(width, height, 1);
  const rows = new Int32Array(taps.length);

  for (let i = 0; i < half.height; i++) {
    rowOffsets(rows, 2 * i, width, height);
    for (let x = 0; x < width; x++) {
      let sum = 0; // < 2^32: taps sum to 2^16, samples have 16 bits
      for (let k = 0; k < taps.length; k++) {
        sum += (taps[k] as number) * (source[(rows[k] as number) + x] as number);
      }
      line[radius + x] = Math.floor((sum + vertical.offset) * vertical.factor);
    }
    padLine(line, width, radius);
    for (let j = 0; j < half.width; j++) {
      let sum = 0; // < 2^32, as above
      for (let k = 0; k < taps.length; k++) {
        sum += (taps[k] as number) * (line[2 * j + k] as number);
      }
      target[i * half.width + j] = Math.floor((sum + horizontal.offset) * horizontal.factor);
    }
  }
};
