/**
 * One row of the wavelet transform at scale 0, 16-bit throughout (spec/adm.md
 * section 3.3). The vertical pass makes a low and a high line of four picture
 * rows; the horizontal pass makes two band rows of a line.
 *
 * All loops work on whole vectors and may run up to 15 samples past the row;
 * nobody reads what comes out there.
 */
import { all32 } from '../common/splat';
import { filter, high01, high23, low01, low23 } from './filters';
import { zip8, zipHigh16, zipLow16 } from './lanes';

/** For 8 bits: mid-grey (46342 * 128) and rounding of the low line, of the high line. */
const ADD8 = memory.data<i32>([128 - 46342 * 128, 128], 16);
const HALF16 = memory.data<i32>([32768], 16);

// Sums below 255 * 54822 < 2^24; lines within +-27411: narrowing loses nothing.
function line8(p: v128, q: v128, taps01: v128, taps23: v128, add: v128): v128 {
  const near = filter(i16x8.extend_low_i8x16_u(p), i16x8.extend_low_i8x16_u(q), taps01, taps23);
  const far = filter(i16x8.extend_high_i8x16_u(p), i16x8.extend_high_i8x16_u(q), taps01, taps23);
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(near, add), 8),
    i32x4.shr_s(i32x4.add(far, add), 8),
  );
}

/** Low and high line of four rows of bytes. */
export function vertical8(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  low: usize,
  high: usize,
  width: usize,
): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const addLow = all32(ADD8);
  const addHigh = all32(ADD8 + 4);
  for (let j: usize = 0; j < width; j += 8) {
    const p = zip8(v128.load64_zero(row0 + j), v128.load64_zero(row1 + j));
    const q = zip8(v128.load64_zero(row2 + j), v128.load64_zero(row3 + j));
    v128.store(low + 2 * j, line8(p, q, l01, l23, addLow));
    v128.store(high + 2 * j, line8(p, q, h01, h23, addHigh));
  }
}

/** Low line only. */
export function verticalLow8(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  low: usize,
  width: usize,
): void {
  const l01 = low01();
  const l23 = low23();
  const addLow = all32(ADD8);
  for (let j: usize = 0; j < width; j += 8) {
    const p = zip8(v128.load64_zero(row0 + j), v128.load64_zero(row1 + j));
    const q = zip8(v128.load64_zero(row2 + j), v128.load64_zero(row3 + j));
    v128.store(low + 2 * j, line8(p, q, l01, l23, addLow));
  }
}

// Centred samples are within +-32768, sums below 32768 * 54822 + 32768 < 2^31.
function line16(
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  t01: v128,
  t23: v128,
  add: v128,
  bits: i32,
): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(filter(zipLow16(a, b), zipLow16(c, d), t01, t23), add), bits),
    i32x4.shr_s(i32x4.add(filter(zipHigh16(a, b), zipHigh16(c, d), t01, t23), add), bits),
  );
}

/** Low and high line of four rows of 16-bit words holding `bits` bits. */
export function vertical16(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  low: usize,
  high: usize,
  width: usize,
  bits: i32,
): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const half = 1 << (bits - 1);
  // Mid-grey off first: the low taps sum to 46342, the high taps to 0. At 16
  // bits the subtraction wraps to the signed value.
  const grey = i16x8.splat(<i16>half);
  const add = i32x4.splat(half);
  for (let j: usize = 0; j < 2 * width; j += 16) {
    const a = i16x8.sub(v128.load(row0 + j), grey);
    const b = i16x8.sub(v128.load(row1 + j), grey);
    const c = i16x8.sub(v128.load(row2 + j), grey);
    const d = i16x8.sub(v128.load(row3 + j), grey);
    v128.store(low + j, line16(a, b, c, d, l01, l23, add, bits));
    v128.store(high + j, line16(a, b, c, d, h01, h23, add, bits));
  }
}

// Sums below 27411 * 54822 + 32768 < 2^31; bands within +-22930.
function bands(a: v128, b: v128, c: v128, d: v128, taps01: v128, taps23: v128, half: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(filter(a, b, taps01, taps23), half), 16),
    i32x4.shr_s(i32x4.add(filter(c, d, taps01, taps23), half), 16),
  );
}

/**
 * Two band rows of one line whose ends are mirrored ({@link mirror16}). Each
 * output starts two samples after the one before, so loads one sample before
 * and one after its position hold the taps of four as pairs.
 */
export function horizontal16(line: usize, outLow: usize, outHigh: usize, outputs: usize): void {
  const l01 = low01();
  const l23 = low23();
  const h01 = high01();
  const h23 = high23();
  const half = all32(HALF16);
  for (let j: usize = 0; j < 2 * outputs; j += 16) {
    const at = line - 32 + 2 * j;
    const a = v128.load(at, 30);
    const b = v128.load(at, 34);
    const c = v128.load(at, 46);
    const d = v128.load(at, 50);
    v128.store(outLow + j, bands(a, b, c, d, l01, l23, half));
    v128.store(outHigh + j, bands(a, b, c, d, h01, h23, half));
  }
}

/** The low band row only. */
export function horizontalLow16(line: usize, outLow: usize, outputs: usize): void {
  const l01 = low01();
  const l23 = low23();
  const half = all32(HALF16);
  for (let j: usize = 0; j < 2 * outputs; j += 16) {
    const at = line - 32 + 2 * j;
    v128.store(
      outLow + j,
      bands(
        v128.load(at, 30),
        v128.load(at, 34),
        v128.load(at, 46),
        v128.load(at, 50),
        l01,
        l23,
        half,
      ),
    );
  }
}

/** Writes samples -1, `width` and `width + 1` of a line by the border rule of ADM. */
export function mirror16(line: usize, width: usize): void {
  const end = line + 2 * width;
  store<i16>(line - 2, load<i16>(line + 2));
  store<i16>(end, load<i16>(end - 2));
  store<i16>(end + 2, load<i16>(end - 4));
}
