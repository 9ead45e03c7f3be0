/**
 * One output row of the wavelet transform at any scale: finds the four input
 * rows, makes the lines, then the bands (spec/adm.md section 3).
 */
import {
  horizontal16,
  horizontalLow16,
  mirror16,
  vertical16,
  vertical8,
  verticalLow8,
} from './dwt-first';
import {
  highBands15,
  highBands16,
  lowBands15,
  lowBands16,
  verticalNarrow,
  verticalWideHigh,
  verticalWideLow,
} from './dwt-upper';
import { Scale } from './scale';

/** The border rule: mirrored before the start, mirrored with the last row repeated at the end. */
@inline
function inside(position: i32, size: i32): i32 {
  if (position < 0) return -position;
  return position < size ? position : 2 * size - 1 - position;
}

@inline
function inputRow(s: Scale, position: i32): usize {
  return s.input + inside(position, s.inputHeight) * s.inputStride;
}

/**
 * Band row `y`: a goes to its place; h, v, d to `detail`, `bandBytes` apart,
 * unless `detail` is 0.
 */
export function waveletRow(s: Scale, y: i32, detail: usize): void {
  const row0 = inputRow(s, 2 * y - 1);
  const row1 = inputRow(s, 2 * y);
  const row2 = inputRow(s, 2 * y + 1);
  const row3 = inputRow(s, 2 * y + 2);
  const out = s.output + y * s.outputStride;
  const h = detail;
  const v = detail + s.bandBytes;
  const d = v + s.bandBytes;
  if (s.index == 0) firstRow(s, row0, row1, row2, row3, out, h, v, d);
  else upperRow(s, row0, row1, row2, row3, out, h, v, d);
}

function firstRow(
  s: Scale,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  out: usize,
  h: usize,
  v: usize,
  d: usize,
): void {
  const low = s.lowLine;
  const high = s.highLine;
  const input = s.inputWidth;
  const width = s.width;
  if (s.bitDepth > 8) vertical16(row0, row1, row2, row3, low, high, input, s.bitDepth);
  else if (h != 0) vertical8(row0, row1, row2, row3, low, high, input);
  else verticalLow8(row0, row1, row2, row3, low, input);
  mirror16(low, input);
  if (h != 0) {
    mirror16(high, input);
    horizontal16(low, out, v, width);
    horizontal16(high, h, d, width);
  } else {
    horizontalLow16(low, out, width);
  }
}

function upperRow(
  s: Scale,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  out: usize,
  h: usize,
  v: usize,
  d: usize,
): void {
  const low = s.lowLine;
  const high = s.highLine;
  const part = s.linePart;
  const input = s.inputWidth;
  const width = s.width;
  if (s.index == 1) {
    verticalNarrow(row0, row1, row2, row3, low, high, part, input);
  } else {
    verticalWideLow(row0, row1, row2, row3, s.inputPart, low, part, input);
    if (h != 0) verticalWideHigh(row0, row1, row2, row3, s.inputPart, high, part, input);
  }
  mirror16(low, input);
  mirror16(low + part, input);
  // Band v of a row that only a is wanted of goes where the distorted's row will be.
  const vOut = h == 0 ? s.distorted : v;
  if (s.index == 2) lowBands16(low, part, out, s.outputPart, vOut, width);
  else lowBands15(low, part, out, s.outputPart, vOut, width);
  if (h == 0) return;
  mirror16(high, input);
  mirror16(high + part, input);
  if (s.index == 2) highBands16(high, part, h, d, width);
  else highBands15(high, part, h, d, width);
}
