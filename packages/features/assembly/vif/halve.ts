// The next plane of the pyramid: only the rows and columns that are kept are
// filtered. Source: spec/vif.md section 4.
import { bits, HALF16, MEAN8, SIGN16 } from './constants';
import { mirror, mirrorRow } from './border';
import { rowOf, Scale } from './scale';
import { coefficients, entries, ENTRY, radius, stride } from './taps';

/** Where the rows that an output reads are in a plane, two per entry. */
const ROWS: usize = memory.data(10 * 4, 16);

// 8-bit samples as they are, wider ones centred.
function samples<T>(at: usize, sign: v128): v128 {
  if (sizeof<T>() == 1) return v128.load8x8_u(at);
  return v128.xor(v128.load(at), sign);
}

function lower(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 0, 8, 1, 9, 2, 10, 3, 11);
}

function higher(upper: v128, under: v128): v128 {
  return i16x8.shuffle(upper, under, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** One row, vertically: centred 16-bit means, with the widths of the vertical pass. */
function vertical<T>(scale: i32, start: usize, end: usize, line: usize): void {
  const sign = bits(SIGN16);
  const round = sizeof<T>() == 1 ? bits(MEAN8) : bits(HALF16);
  const shift = sizeof<T>() == 1 ? 8 : 16;
  const first = coefficients(scale, 0);
  const last = first + (entries(scale) as usize) * ENTRY;
  for (let x = start; x < end; x += 16 * sizeof<T>()) {
    let a0 = round,
      a1 = round,
      a2 = round,
      a3 = round;
    let row = ROWS;
    for (let c = first; c < last; c += ENTRY) {
      const taps = v128.load(c);
      const upper = x + load<u32>(row);
      const under = x + load<u32>(row, 4);
      const u0 = samples<T>(upper, sign);
      const u1 = samples<T>(upper + 8 * sizeof<T>(), sign);
      const v0 = samples<T>(under, sign);
      const v1 = samples<T>(under + 8 * sizeof<T>(), sign);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(lower(u0, v0), taps));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(higher(u0, v0), taps));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(lower(u1, v1), taps));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(higher(u1, v1), taps));
      row += 8;
    }
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, shift), i32x4.shr_s(a1, shift)));
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a2, shift), i32x4.shr_s(a3, shift)), 16);
    line += 32;
  }
}

/**
 * The same for 8-bit samples and nine taps, which are symmetric: rows that
 * share a tap are added first, to at most 510.
 */
function vertical8(start: usize, end: usize, line: usize): void {
  const round = bits(MEAN8);
  const zero = i32x4.splat(0);
  const first = coefficients(1, 0);
  const outer = v128.load(first);
  const inner = v128.load(first, 32);
  const centre = v128.load(first, 64);
  const p0 = load<u32>(ROWS);
  const p1 = load<u32>(ROWS, 4);
  const p2 = load<u32>(ROWS, 8);
  const p3 = load<u32>(ROWS, 12);
  const p4 = load<u32>(ROWS, 16);
  const p5 = load<u32>(ROWS, 20);
  const p6 = load<u32>(ROWS, 24);
  const p7 = load<u32>(ROWS, 28);
  const p8 = load<u32>(ROWS, 32);
  for (let x = start; x < end; x += 8) {
    const f0 = i16x8.add(v128.load8x8_u(x + p0), v128.load8x8_u(x + p8));
    const f1 = i16x8.add(v128.load8x8_u(x + p1), v128.load8x8_u(x + p7));
    const f2 = i16x8.add(v128.load8x8_u(x + p2), v128.load8x8_u(x + p6));
    const f3 = i16x8.add(v128.load8x8_u(x + p3), v128.load8x8_u(x + p5));
    const f4 = v128.load8x8_u(x + p4);
    const a = i32x4.add(
      i32x4.add(round, i32x4.dot_i16x8_s(lower(f0, f1), outer)),
      i32x4.add(
        i32x4.dot_i16x8_s(lower(f2, f3), inner),
        i32x4.dot_i16x8_s(lower(f4, zero), centre),
      ),
    );
    const b = i32x4.add(
      i32x4.add(round, i32x4.dot_i16x8_s(higher(f0, f1), outer)),
      i32x4.add(
        i32x4.dot_i16x8_s(higher(f2, f3), inner),
        i32x4.dot_i16x8_s(higher(f4, zero), centre),
      ),
    );
    v128.store(line, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)));
    line += 16;
  }
}

/**
 * One row, horizontally, even columns: `(sum + 32768) >> 16`, in unsigned 16 bits
 * again. Of centred means the sum is between -2^31 and 65536 * 32767.
 */
function horizontal(scale: i32, line: usize, target: usize, blocks: i32): void {
  const sign = bits(SIGN16);
  const round = bits(HALF16);
  const first = coefficients(scale, 0);
  const last = first + (entries(scale) as usize) * ENTRY;
  const step = (stride(scale) as usize) * 2;
  for (let i = 0; i < blocks; i++) {
    let a0 = round,
      a1 = round,
      a2 = round,
      a3 = round;
    let p = line;
    for (let c = first; c < last; c += ENTRY) {
      const taps = v128.load(c);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v128.load(p), taps));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v128.load(p, 16), taps));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v128.load(p, 32), taps));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v128.load(p, 48), taps));
      p += step;
    }
    v128.store(
      target,
      v128.xor(i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 16), i32x4.shr_s(a1, 16)), sign),
    );
    v128.store(
      target,
      v128.xor(i16x8.narrow_i32x4_s(i32x4.shr_s(a2, 16), i32x4.shr_s(a3, 16)), sign),
      16,
    );
    line += 64;
    target += 32;
  }
}

/** The same for nine taps, without a loop over them. `blocks` of 16 outputs. */
function horizontal9(line: usize, target: usize, blocks: i32): void {
  const sign = bits(SIGN16);
  const round = bits(HALF16);
  const first = coefficients(1, 0);
  const t0 = v128.load(first);
  const t1 = v128.load(first, 32);
  const t2 = v128.load(first, 64);
  const t3 = v128.load(first, 96);
  const t4 = v128.load(first, 128);
  for (let i = 0; i < blocks * 2; i++) {
    let a = i32x4.add(round, i32x4.dot_i16x8_s(v128.load(line), t0));
    let b = i32x4.add(round, i32x4.dot_i16x8_s(v128.load(line, 16), t0));
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(line, 4), t1));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(line, 20), t1));
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(line, 8), t2));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(line, 24), t2));
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(line, 12), t3));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(line, 28), t3));
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(line, 16), t4));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(line, 32), t4));
    v128.store(
      target,
      v128.xor(i16x8.narrow_i32x4_s(i32x4.shr_s(a, 16), i32x4.shr_s(b, 16)), sign),
    );
    line += 32;
    target += 16;
  }
}

/**
 * Makes rows `from` to `to` of the next scale of a picture. Up to 31 samples
 * behind a row's end are overwritten before its columns are mirrored.
 * @param line room for a row of `width` 16-bit numbers, margins, and 64 more
 */
export function halve<T>(
  at: Scale,
  next: Scale,
  picture: i32,
  from: i32,
  to: i32,
  line: usize,
): void {
  const scale = next.index;
  const n = entries(scale);
  const r = radius(scale);
  const s = stride(scale);
  const start = at.plane + (picture as usize) * at.apart - (r as usize) * sizeof<T>();
  const end = start + ((at.width + 2 * r) as usize) * sizeof<T>();
  const plane = next.plane + (picture as usize) * next.apart;
  for (let y = from; y < to; y++) {
    for (let k = 0; k < n; k++) {
      const row = 2 * y - r + k * s;
      store<u32>(ROWS + ((k * 8) as usize), rowOf(at, 0, mirror(row, at.height)));
      store<u32>(ROWS + ((k * 8 + 4) as usize), rowOf(at, 0, mirror(row + 1, at.height)));
    }
    if (sizeof<T>() == 1) vertical8(start, end, line);
    else vertical<T>(scale, start, end, line);
    const target = rowOf(next, plane, y);
    if (scale == 1) horizontal9(line, target, (next.width + 15) >> 4);
    else horizontal(scale, line, target, (next.width + 15) >> 4);
    mirrorRow<u16>(target, next.width, radius(scale));
  }
}
