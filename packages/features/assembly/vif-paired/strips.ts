// Walks a scale in strips of columns, two rows of outputs at a time, so that
// the prepared rows of a strip stay in the caches. Each step is a small
// function of its own: engines do not replace the code of a running function
// by better code, so the hot loops are called, once per row.
import { mirror } from '../vif/border';
import { limitGain } from './constants';
import { means, squares } from './horizontal';
import { fill16, fill8 } from './fill';
import {
  DD,
  DD_HIGH,
  DD_LOW,
  MEAN1,
  MEAN2,
  MOMENTS,
  place,
  PRODUCT,
  RD,
  RD_HIGH,
  RD_LOW,
  ROW,
  RR,
  RR_HIGH,
  RR_LOW,
  scratch,
  SLOT,
  SQUARE1,
  SQUARE2,
  STRIP,
} from './layout';
import { clear, finish, gains, signals } from './statistic';
import { coefficients, entries, ENTRY, radius, stride } from '../vif/taps';
import { means16, means8, moments16, products8, squares8 } from './vertical';

/** The scale at work. */
let scale: i32 = 0;
let reference: usize = 0;
let distorted: usize = 0;
let pitch: usize = 0;
let height: i32 = 0;

/** Fills ring slot `q % entries` with its two rows, from byte offset `x` of a row on. */
function fill<T>(q: i32, x: usize, blocks: i32): void {
  const row = q * stride(scale) - radius(scale);
  const upper = x + (mirror(row, height) as usize) * pitch;
  const under = x + (mirror(row + 1, height) as usize) * pitch;
  const slot = ((q % entries(scale)) as usize) * SLOT;
  if (sizeof<T>() == 1) {
    fill8(slot, reference + upper, reference + under, distorted + upper, distorted + under, blocks);
  } else {
    fill16(
      slot,
      reference + upper,
      reference + under,
      distorted + upper,
      distorted + under,
      blocks,
    );
  }
}

/** Both rows of outputs, vertically; `blocks` of 16 columns. */
function filter<T>(head: i32, blocks: i32): void {
  const first = coefficients(scale, head);
  const last = first + (entries(scale) as usize) * ENTRY;
  if (sizeof<T>() == 1) {
    means8(first, last, blocks);
    squares8(first, last, blocks);
    products8(first, last, blocks);
  } else {
    means16(first, last, blocks);
    moments16(RR, first, last, RR_HIGH, RR_LOW, blocks);
    moments16(DD, first, last, DD_HIGH, DD_LOW, blocks);
    moments16(RD, first, last, RD_HIGH, RD_LOW, blocks);
  }
}

/** One row of outputs, horizontally and to the end. Columns beyond `columns` count as flat. */
function sumUp(row: usize, columns: i32): void {
  const blocks = (columns + 15) >> 4;
  const first = coefficients(scale, 0);
  const last = first + (entries(scale) as usize) * ENTRY;
  const step = (stride(scale) as usize) * 2;
  means(row, first, last, step, blocks);
  squares(row, first, last, step, blocks);
  for (let j = columns; j < blocks * 16; j++) {
    const at = scratch() + MOMENTS + place(j);
    store<i32>(at, 0, MEAN1);
    store<i32>(at, 0, MEAN2);
    store<i32>(at, 0, SQUARE1);
    store<i32>(at, 0, SQUARE2);
    store<i32>(at, 0, PRODUCT);
  }
  gains(blocks * 16);
  signals(blocks * 16);
}

/** One strip: `columns` outputs from byte offset `x` of a row on. */
function strip<T>(x: usize, columns: i32): void {
  const n = entries(scale);
  const r = radius(scale);
  const advance = stride(scale) == 1 ? 2 : 1;
  const blocks = (columns + 2 * r + 15) >> 4;
  const start = x - (r as usize) * sizeof<T>();
  for (let q = 0; q < n - advance; q++) fill<T>(q, start, blocks);
  for (let y = 0; y < height; y += 2) {
    const oldest = (y >> 1) * advance;
    for (let q = oldest + n - advance; q < oldest + n; q++) fill<T>(q, start, blocks);
    filter<T>(oldest % n, blocks);
    sumUp(0, columns);
    if (y + 1 < height) sumUp(ROW, columns);
  }
}

/**
 * Compares a scale of two pictures; the sums are in `SUMS` afterwards.
 * @param r first sample of the reference, `d` of the distorted picture;
 * columns are mirrored by the filter's radius and 40 more can be read
 */
export function compareScale<T>(
  s: i32,
  r: usize,
  d: usize,
  bytes: usize,
  width: i32,
  rows: i32,
  gain: f64,
): void {
  scale = s;
  reference = r;
  distorted = d;
  pitch = bytes;
  height = rows;
  limitGain(gain);
  clear();
  // Strips of about one width, multiples of 16.
  const count = (width + STRIP - 1) / STRIP;
  const columns = ((width + count - 1) / count + 15) & ~15;
  let surplus: i64 = 0;
  for (let x = 0; x < width; x += columns) {
    const here = min(columns, width - x);
    strip<T>((x as usize) * sizeof<T>(), here);
    surplus += ((-here & 15) as i64) * rows;
  }
  finish(surplus);
}
