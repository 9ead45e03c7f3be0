/**
 * Integer ADM of one scale, row by row: calls for the reference, then for each
 * distorted picture (spec/adm.md). Every row of a picture is transformed,
 * decoupled, weighed and masked while it is in the cache; only band a and the
 * reference's detail bands are stored as planes. The masking threshold needs
 * the row below, so the numerator runs one row behind.
 *
 * The row functions are small on purpose: engines replace a function's first,
 * slow code between two calls, not within one.
 */
import { anglesFirst, anglesUpper } from './angles';
import { decoupleFirst, decoupleFirstFraction } from './decouple-first';
import { decoupleUpper, decoupleUpperFraction, weighUpper } from './decouple-upper';
import {
  closeEnds,
  maskFirst,
  maskUpper,
  mirror32,
  reorderRow,
  sumColumns,
  sumRows,
} from './masking';
import {
  cubesFirst,
  cubesOf,
  excessD,
  excessHv,
  excessUpper,
  inside,
  ROUND_FULL,
  ROUND_HALF,
  squares29,
  squares30,
  squares31,
} from './numerator';
import { Scale } from './scale';
import { waveletRow } from './wavelet';

/** First free byte of the memory. */
export function base(): usize {
  return __heap_base;
}

/** Adds (row + half a unit) >> shift to the total in memory. */
function addRow(total: usize, row: u64, shift: u64): void {
  store<u64>(total, load<u64>(total) + ((row + ((1 << shift) >> 1)) >> shift));
}

/**
 * Transforms band rows `from <= y < to` of the reference at one scale and adds
 * up its denominators. Rows come in order; their input is in memory.
 */
export function reference(s: Scale, from: i32, to: i32): void {
  if (from == 0) memory.fill(s.totals, 0, 24);
  const rowBytes = 3 * s.bandBytes;
  for (let y = from; y < to; y++) {
    const used = y >= s.fromRow && y < s.toRow;
    const detail: usize = used ? s.reference + (y - s.fromRow) * rowBytes : 0;
    waveletRow(s, y, detail);
    if (used && y >= s.top && y < s.bottom) denominatorRow(s, detail);
  }
}

function denominatorRow(s: Scale, detail: usize): void {
  const bytes = s.bandBytes;
  for (let b = 0; b < 3; b++) {
    addRow(s.totals + 8 * b, cubes(s, detail + b * bytes), s.shiftDenRow);
  }
}

/** Bytes of a sample of a band; those of a part always have 4. */
function bandSize(s: Scale): i32 {
  return s.index == 0 ? 2 : 4;
}

/** Bytes of a band's row in a part. */
function partBytes(s: Scale): i32 {
  return s.index == 0 ? 2 * s.bandBytes : s.bandBytes;
}

/** Two words side by side that add up to a factor, added up. */
function factorOf(halves: i32): i32 {
  return ((halves << 16) >> 16) + (halves >> 16);
}

function cubes(s: Scale, row: usize): u64 {
  const size = bandSize(s);
  const bytes = (s.toColumn - s.fromColumn) * size;
  const at = row + s.fromColumn * size;
  const mask = s.mask + s.fromColumn * size;
  if (s.index == 0) return cubesFirst(at, mask, bytes);
  // Rows of the distorted picture, which has not come yet.
  const values = s.flags;
  const squares = s.distorted;
  inside(at, mask, values, bytes);
  if (s.index == 2) squares30(values, squares, bytes, ROUND_FULL);
  else squares31(values, squares, bytes);
  return cubesOf(values, squares, bytes, s.shiftDen);
}

/**
 * The same for a distorted picture, with numerators and, if asked, those of
 * AIM. Needs the whole reference before it.
 */
export function distorted(s: Scale, from: i32, to: i32, gain: f64, aim: bool): void {
  if (from == 0) memory.fill(s.totals + 24, 0, 48);
  const rowBytes = 3 * s.bandBytes;
  for (let y = from; y < to; y++) {
    if (y < s.fromRow || y >= s.toRow) {
      waveletRow(s, y, 0);
      continue;
    }
    waveletRow(s, y, s.distorted);
    decoupleRow(s, s.reference + (y - s.fromRow) * rowBytes, y, gain);
    maskRow(s, y, aim);
    if (y > s.top && y <= s.bottom) numeratorRow(s, y - 1, aim);
  }
  // Where the crop region ends with the band, there is no row below the last.
  if (to == s.height && s.bottom == to) numeratorRow(s, s.height - 1, aim);
}

function decoupleRow(s: Scale, o: usize, y: i32, gain: f64): void {
  const band = s.bandBytes;
  const size = bandSize(s);
  const from = s.fromColumn * size;
  const bytes = s.toColumn * size - from;
  const slot = (y & 1) * 3 * partBytes(s) + s.fromColumn * 4;
  let a = s.additive + slot;
  let r = s.restored + slot;
  let t = s.distorted + from;
  const flags = s.flags;
  const whole = <i32>gain;
  const integral = <f64>whole == gain;
  o += from;
  if (s.index == 0) anglesFirst(o, o + band, t, t + band, flags, bytes);
  else anglesUpper(o, o + band, t, t + band, flags, bytes);
  for (let b = 0; b < 3; b++) {
    if (s.index == 0) {
      if (integral) decoupleFirst(o, t, flags, r, a, bytes, whole);
      else decoupleFirstFraction(o, t, flags, r, a, bytes, gain);
    } else {
      const factor = b == 2 ? s.factorD : s.factorHv;
      if (integral) decoupleUpper(o, t, flags, r, a, bytes, whole);
      else decoupleUpperFraction(o, t, flags, r, a, bytes, gain);
      weighUpper(r, bytes, factor);
      weighUpper(a, bytes, factor);
    }
    o += band;
    t += band;
    r += partBytes(s);
    a += partBytes(s);
  }
}

/** Spread, column sums and centre of a row, for the numerator and for AIM. */
function maskRow(s: Scale, y: i32, aim: bool): void {
  maskPart(s, y, s.additive, s.sums);
  if (aim) maskPart(s, y, s.restored, s.sums + 6 * s.sumBytes);
}

function maskPart(s: Scale, y: i32, part: usize, sums: usize): void {
  const band = partBytes(s);
  const at = s.fromColumn * 4;
  const bytes = (s.toColumn - s.fromColumn) * 4;
  const h = part + (y & 1) * 3 * band + at;
  const v = h + band;
  const d = v + band;
  const spread = sums + 16;
  const centre = sums + (4 + (y & 1)) * s.sumBytes + 16 + at;
  if (s.index == 0) {
    maskFirst(h, v, d, spread + at, centre, bytes, factorOf(s.factorHv), factorOf(s.factorD));
  } else {
    maskUpper(h, v, d, spread + at, centre, bytes);
  }
  if (s.left == 0) mirror32(spread, s.width);
  sumColumns(spread + at, columnSums(s, sums, y) + at, bytes);
}

/** The ring of three rows of column sums. */
function columnSums(s: Scale, sums: usize, y: i32): usize {
  return sums + (1 + (y % 3)) * s.sumBytes + 16;
}

function numeratorRow(s: Scale, y: i32, aim: bool): void {
  numeratorPart(s, y, s.restored, s.sums, s.totals + 24);
  if (aim) numeratorPart(s, y, s.additive, s.sums + 6 * s.sumBytes, s.totals + 48);
}

function numeratorPart(s: Scale, y: i32, part: usize, sums: usize, totals: usize): void {
  const band = partBytes(s);
  const at = s.fromColumn * 4;
  const bytes = (s.toColumn - s.fromColumn) * 4;
  const threshold = s.threshold;
  sumRows(
    columnSums(s, sums, y == 0 ? 1 : y - 1) + at,
    columnSums(s, sums, y) + at,
    columnSums(s, sums, y == s.height - 1 ? y : y + 1) + at,
    sums + (4 + (y & 1)) * s.sumBytes + 16 + at,
    threshold + at,
    bytes,
  );
  closeEnds(threshold, s.left, s.right, s.index == 0 ? 0x1fffff : 0x7fffffff);
  if (s.index > 0) reorderRow(threshold + at, bytes);
  const h = part + (y & 1) * 3 * band + at;
  for (let b = 0; b < 3; b++) {
    addRow(totals + 8 * b, masked(s, b, h + b * band, threshold + at, bytes), s.shiftRow);
  }
}

function masked(s: Scale, band: i32, x: usize, threshold: usize, bytes: usize): u64 {
  // Rows that decoupling is done with.
  const values = s.flags;
  const squares = s.distorted;
  if (s.index > 0) {
    if (!excessUpper(x, threshold, values, bytes)) return 0;
    squares30(values, squares, bytes, ROUND_HALF);
    return cubesOf(values, squares, bytes, s.shiftHv);
  }
  if (band == 2) {
    if (!excessD(x, threshold, values, bytes, factorOf(s.factorD))) return 0;
    squares30(values, squares, bytes, ROUND_HALF);
    return cubesOf(values, squares, bytes, s.shiftD);
  }
  if (!excessHv(x, threshold, values, bytes, factorOf(s.factorHv))) return 0;
  squares29(values, squares, bytes);
  return cubesOf(values, squares, bytes, s.shiftHv);
}
