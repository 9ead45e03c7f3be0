/**
 * One row of the wavelet transform at scales 1..3, whose samples need 32 bits
 * (spec/adm.md section 3.4). A sample x is kept as two signed 16-bit words,
 * x = upper * 2^16 + lower with lower = x wrapped to 16 bits, so that both
 * parts go through 16-bit dot products: the filter sum is H * 2^16 + L, and
 *
 *   (H * 2^16 + L + 2^15) >> 16 = H + ((L + 2^15) >> 16)
 *   (H * 2^16 + L + 2^14) >> 15 = 2 H + ((L + 2^14) >> 15)
 *
 * exactly. Ranges: the taps' magnitudes sum to 54822, so |H|, |L| <= 32768 *
 * 54822 < 2^31 - 2^15. Samples stay below 22930 (band a of scale 0), lines and
 * bands below 1.26e9 and 2.104e9 at scale 1, 1.76e9 and 1.48e9 at scale 2,
 * 1.24e9 and 2.06e9 at scale 3: x + 2^15 fits 32 bits, its upper word 16. Where
 * 2 H alone passes 2^31 it wraps, and the sum wraps back.
 */
import { all32 } from '../common/splat';
import { filter, high01, high23, low01, low23 } from './filters';
import { highWords, lowWords, zipHigh16, zipLow16 } from './lanes';

const ROUND = memory.data<i32>([16384, 32768], 16);

function splitTo(a: v128, b: v128, upper: usize, lower: usize, half: v128): void {
  v128.store(upper, highWords(i32x4.add(a, half), i32x4.add(b, half)));
  v128.store(lower, lowWords(a, b));
}

/** Scale 1: low and high line, in two parts each, of four rows of 16-bit samples; no rounding. */
export function verticalNarrow(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  low: usize,
  high: usize,
  part: usize,
  width: usize,
): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const half = all32(ROUND + 4);
  for (let j: usize = 0; j < 2 * width; j += 16) {
    const a = v128.load(row0 + j);
    const b = v128.load(row1 + j);
    const c = v128.load(row2 + j);
    const d = v128.load(row3 + j);
    const p = zipLow16(a, b);
    const q = zipHigh16(a, b);
    const r = zipLow16(c, d);
    const s = zipHigh16(c, d);
    splitTo(filter(p, r, l01, l23), filter(q, s, l01, l23), low + j, low + part + j, half);
    splitTo(filter(p, r, h01, h23), filter(q, s, h01, h23), high + j, high + part + j, half);
  }
}

function join16(upper: v128, lower: v128, half: v128): v128 {
  return i32x4.add(upper, i32x4.shr_s(i32x4.add(lower, half), 16));
}

function join15(upper: v128, lower: v128, half: v128): v128 {
  return i32x4.add(i32x4.add(upper, upper), i32x4.shr_s(i32x4.add(lower, half), 15));
}

/**
 * Scales 2 and 3: one line, in two parts, of four rows in two parts; shift 16.
 * `part` is the distance from a line's upper part to its lower, `inputPart`
 * the same for the rows.
 */
function verticalWide(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  inputPart: usize,
  line: usize,
  part: usize,
  width: usize,
  t01: v128,
  t23: v128,
): void {
  const half = all32(ROUND + 4);
  const lower0 = row0 + inputPart;
  const lower1 = row1 + inputPart;
  const lower2 = row2 + inputPart;
  const lower3 = row3 + inputPart;
  for (let j: usize = 0; j < 2 * width; j += 16) {
    let a = v128.load(row0 + j);
    let b = v128.load(row1 + j);
    let c = v128.load(row2 + j);
    let d = v128.load(row3 + j);
    const near = filter(zipLow16(a, b), zipLow16(c, d), t01, t23);
    const far = filter(zipHigh16(a, b), zipHigh16(c, d), t01, t23);
    a = v128.load(lower0 + j);
    b = v128.load(lower1 + j);
    c = v128.load(lower2 + j);
    d = v128.load(lower3 + j);
    const nearLower = filter(zipLow16(a, b), zipLow16(c, d), t01, t23);
    const farLower = filter(zipHigh16(a, b), zipHigh16(c, d), t01, t23);
    splitTo(
      join16(near, nearLower, half),
      join16(far, farLower, half),
      line + j,
      line + part + j,
      half,
    );
  }
}

/** The low line of {@link verticalWide}. */
export function verticalWideLow(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  inputPart: usize,
  line: usize,
  part: usize,
  width: usize,
): void {
  verticalWide(row0, row1, row2, row3, inputPart, line, part, width, low01(), low23());
}

/** The high line of {@link verticalWide}. */
export function verticalWideHigh(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  inputPart: usize,
  line: usize,
  part: usize,
  width: usize,
): void {
  verticalWide(row0, row1, row2, row3, inputPart, line, part, width, high01(), high23());
}

/*
 * The horizontal pass, by line and shift: the low line gives bands a, in two
 * parts, and v, the high line h and d, 32-bit. A loop's turn makes four outputs
 * of each band, whose taps are loaded as pairs one sample before and one after
 * the outputs' positions.
 */

/** Bands a and v of the low line; shift 15. */
export function lowBands15(
  line: usize,
  part: usize,
  a: usize,
  aPart: usize,
  v: usize,
  outputs: usize,
): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const round = all32(ROUND);
  const half = all32(ROUND + 4);
  for (let j: usize = 0; j < 4 * outputs; j += 16) {
    const upper = line - 32 + j;
    const lower = upper + part;
    const p = v128.load(upper, 30);
    const q = v128.load(upper, 34);
    const r = v128.load(lower, 30);
    const s = v128.load(lower, 34);
    const low = join15(filter(p, q, l01, l23), filter(r, s, l01, l23), round);
    v128.store(v + j, join15(filter(p, q, h01, h23), filter(r, s, h01, h23), round));
    splitHalf(low, a + (j >> 1), aPart, half);
  }
}

/** The same with shift 16. */
export function lowBands16(
  line: usize,
  part: usize,
  a: usize,
  aPart: usize,
  v: usize,
  outputs: usize,
): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const half = all32(ROUND + 4);
  for (let j: usize = 0; j < 4 * outputs; j += 16) {
    const upper = line - 32 + j;
    const lower = upper + part;
    const p = v128.load(upper, 30);
    const q = v128.load(upper, 34);
    const r = v128.load(lower, 30);
    const s = v128.load(lower, 34);
    const low = join16(filter(p, q, l01, l23), filter(r, s, l01, l23), half);
    v128.store(v + j, join16(filter(p, q, h01, h23), filter(r, s, h01, h23), half));
    splitHalf(low, a + (j >> 1), aPart, half);
  }
}

// Four samples in two parts.
function splitHalf(x: v128, upper: usize, part: usize, half: v128): void {
  const rounded = i32x4.add(x, half);
  v128.store64_lane(upper, highWords(rounded, rounded), 0);
  v128.store64_lane(upper + part, lowWords(x, x), 0);
}

/** Bands h and d of the high line; shift 15. */
export function highBands15(line: usize, part: usize, h: usize, d: usize, outputs: usize): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const round = all32(ROUND);
  for (let j: usize = 0; j < 4 * outputs; j += 16) {
    const upper = line - 32 + j;
    const lower = upper + part;
    const p = v128.load(upper, 30);
    const q = v128.load(upper, 34);
    const r = v128.load(lower, 30);
    const s = v128.load(lower, 34);
    v128.store(h + j, join15(filter(p, q, l01, l23), filter(r, s, l01, l23), round));
    v128.store(d + j, join15(filter(p, q, h01, h23), filter(r, s, h01, h23), round));
  }
}

/** The same with shift 16. */
export function highBands16(line: usize, part: usize, h: usize, d: usize, outputs: usize): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const half = all32(ROUND + 4);
  for (let j: usize = 0; j < 4 * outputs; j += 16) {
    const upper = line - 32 + j;
    const lower = upper + part;
    const p = v128.load(upper, 30);
    const q = v128.load(upper, 34);
    const r = v128.load(lower, 30);
    const s = v128.load(lower, 34);
    v128.store(h + j, join16(filter(p, q, l01, l23), filter(r, s, l01, l23), half));
    v128.store(d + j, join16(filter(p, q, h01, h23), filter(r, s, h01, h23), half));
  }
}
