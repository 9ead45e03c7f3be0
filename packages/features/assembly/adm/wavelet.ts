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
function inside(position: i32, size: i32): i32 {
  if (position < 0) return -position;
  return position < size ? position : 2 * size - 1 - position;
}

function inputRow(s: Scale, position: i32): usize {
  return s.input + (inside(position, s.inputHeight) & s.inputRing) * s.inputStride;
}

/**
 * Band row `y`: a goes to its place; h, v, d to `detail`, `bandBytes` apart,
 * unless `detail` is 0. The detail bands are made for the columns that are
 * decoupled only, and the lines for what those need.
 */
export function waveletRow(s: Scale, y: i32, detail: usize): void {
  const row0 = inputRow(s, 2 * y - 1);
  const row1 = inputRow(s, 2 * y);
  const row2 = inputRow(s, 2 * y + 1);
  const row3 = inputRow(s, 2 * y + 2);
  if (s.index == 0) {
    if (s.bitDepth == 8) lines8(s, row0, row1, row2, row3, detail);
    else vertical16(row0, row1, row2, row3, s.lowLine, s.highLine, s.inputWidth, s.bitDepth);
    firstBands(s, y, detail);
  } else {
    linesUpper(s, row0, row1, row2, row3, detail);
    upperBands(s, y, detail);
  }
}

/** First input column that the detail bands need, whole vectors before the first output's. */
function lineFrom(s: Scale): i32 {
  return max(0, 2 * s.fromColumn - 8);
}

/** Behind the last input column that the detail bands need. */
function lineTo(s: Scale): i32 {
  return min(s.inputWidth, 2 * s.toColumn + 8);
}

function lines8(s: Scale, row0: usize, row1: usize, row2: usize, row3: usize, detail: usize): void {
  const low = s.lowLine;
  const width = s.inputWidth;
  if (detail == 0) {
    verticalLow8(row0, row1, row2, row3, low, width);
    return;
  }
  const from = lineFrom(s);
  const to = lineTo(s);
  verticalLow8(row0, row1, row2, row3, low, from);
  vertical8(
    row0 + from,
    row1 + from,
    row2 + from,
    row3 + from,
    low + 2 * from,
    s.highLine + 2 * from,
    to - from,
  );
  verticalLow8(row0 + to, row1 + to, row2 + to, row3 + to, low + 2 * to, width - to);
}

function firstBands(s: Scale, y: i32, detail: usize): void {
  const low = s.lowLine;
  const high = s.highLine;
  const a = s.output + y * s.outputStride;
  mirror16(low, s.inputWidth);
  if (detail == 0) {
    horizontalLow16(low, a, s.width);
    return;
  }
  mirror16(high, s.inputWidth);
  const from = 2 * s.fromColumn;
  const to = 2 * s.toColumn;
  const columns = s.toColumn - s.fromColumn;
  const h = detail + from;
  const v = h + s.bandBytes;
  const d = v + s.bandBytes;
  horizontalLow16(low, a, s.fromColumn);
  horizontal16(low + 2 * from, a + from, v, columns);
  if (s.toColumn < s.width) horizontalLow16(low + 2 * to, a + to, s.width - s.toColumn);
  horizontal16(high + 2 * from, h, d, columns);
}

function linesUpper(
  s: Scale,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  detail: usize,
): void {
  const low = s.lowLine;
  const high = s.highLine;
  const part = s.linePart;
  const width = s.inputWidth;
  if (s.index == 1) {
    verticalNarrow(row0, row1, row2, row3, low, high, part, width);
    return;
  }
  verticalWideLow(row0, row1, row2, row3, s.inputPart, low, part, width);
  if (detail == 0) return;
  const from = 2 * lineFrom(s);
  verticalWideHigh(
    row0 + from,
    row1 + from,
    row2 + from,
    row3 + from,
    s.inputPart,
    high + from,
    part,
    lineTo(s) - lineFrom(s),
  );
}

function upperBands(s: Scale, y: i32, detail: usize): void {
  const low = s.lowLine;
  const high = s.highLine;
  const part = s.linePart;
  const width = s.width;
  const a = s.output + y * s.outputStride;
  // Band v of a row that only a is wanted of goes where the distorted's row will be.
  const v = detail == 0 ? s.distorted : detail + s.bandBytes;
  mirror16(low, s.inputWidth);
  mirror16(low + part, s.inputWidth);
  if (s.index == 2) lowBands16(low, part, a, s.outputPart, v, width);
  else lowBands15(low, part, a, s.outputPart, v, width);
  if (detail == 0) return;
  mirror16(high, s.inputWidth);
  mirror16(high + part, s.inputWidth);
  const line = high + 4 * s.fromColumn;
  const columns = s.toColumn - s.fromColumn;
  const h = detail + 4 * s.fromColumn;
  const d = h + 2 * s.bandBytes;
  if (s.index == 2) highBands16(line, part, h, d, columns);
  else highBands15(line, part, h, d, columns);
}
