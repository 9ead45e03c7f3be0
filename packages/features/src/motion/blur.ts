/**
 * Two-pass blur with libvmaf's intermediate rounding, row by row. The rounding
 * makes blurring a difference another thing than the difference of two blurs.
 */
import { padLine, rowOffsets, type BorderRule } from '../plane/border.js';
import { roundedShift } from '../plane/shift.js';
import { MOTION_HORIZONTAL_SHIFT, MOTION_TAPS } from './filter.js';

/** Samples that the blur reads on each side. */
export const MOTION_RADIUS = (MOTION_TAPS.length - 1) / 2;

/** Room for the blur of rows of `width` samples. */
export const createBlurLine = (width: number): Float64Array =>
  new Float64Array(width + 2 * MOTION_RADIUS);

/**
 * Row `y` of a blurred plane into `out`: 8 fraction bits of an 8-bit grey
 * level at every depth. Both shifts round half up, also for negative numbers.
 * @param samples `width * height` integers, `|sample| < 2^bitDepth`.
 * @param line from {@link createBlurLine}.
 */
export const blurRow = (
  samples: Float64Array,
  width: number,
  height: number,
  y: number,
  bitDepth: number,
  rule: BorderRule,
  line: Float64Array,
  out: Float64Array,
): void => {
  const taps = MOTION_TAPS;
  const vertical = roundedShift(bitDepth);
  const horizontal = roundedShift(MOTION_HORIZONTAL_SHIFT);
  const rows = new Int32Array(taps.length);
  rowOffsets(rows, y, width, height, rule);

  for (let x = 0; x < width; x++) {
    let sum = 0; // |sum| < 2^32
    for (let k = 0; k < taps.length; k++) {
      sum += (taps[k] as number) * (samples[(rows[k] as number) + x] as number);
    }
    line[MOTION_RADIUS + x] = Math.floor((sum + vertical.offset) * vertical.factor);
  }
  padLine(line, width, MOTION_RADIUS, rule);
  for (let x = 0; x < width; x++) {
    let sum = 0; // |sum| <= 2^32: the line holds 16 bits and a sign
    for (let k = 0; k < taps.length; k++) {
      sum += (taps[k] as number) * (line[x + k] as number);
    }
    out[x] = Math.floor((sum + horizontal.offset) * horizontal.factor);
  }
};
