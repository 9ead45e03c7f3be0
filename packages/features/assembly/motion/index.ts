// Motion between two pictures that come in strips of rows: the sum of absolute
// values of the blurred difference (libvmaf 3.2), or of the difference of two
// blurred pictures (2.1 to 3.1). Same integers as src/motion/sad.ts. One
// instance serves one size and depth; only a few rows are in memory at a time.
import { difference12, difference16, difference8 } from './difference';
import { oneNarrow, oneWide, sumNarrow, sumOfTwo, sumWide } from './horizontal';
import { CENTRE, F2 } from './taps';
import { STILL, verticalNarrow, verticalSplit, verticalWide, WIDE } from './vertical';

/** Rows of differences that are kept; five are read at a time. A power of two. */
const SLOTS: i32 = 8;
/** Vectors of a row that are summed in 32-bit lanes before the total of 64 bits takes over. */
const SEGMENT: i32 = 16384;
/** Free bytes on either side of a row: two samples of border, and pairs of vectors that end behind it. */
const MARGIN: i32 = 32;

let width: i32 = 0;
let height: i32 = 0;
let depth: i32 = 0;
let blurFirst: bool = false;
let blocks: i32 = 0; // vectors of 8 samples in a row, rounded up
let pitch: i32 = 0; // bytes of a row of 16-bit lanes with its margins
let step: i32 = 0; // bytes of a row of samples

let rows: i32 = 0; // rows that a strip holds
let previousAt: usize = 0;
let currentAt: usize = 0;
let zeroAt: usize = 0; // a row of zeros
let ringAt: usize = 0; // SLOTS rows, then SLOTS rows of low bytes; of two pictures in turn
let ringSize: i32 = 0; // bytes of the ring of one picture
let vAt: usize = 0; // two rows, high and low bytes, of two pictures in turn

let fed: i32 = 0;
let total: u64 = 0;
let wideBefore: bool = false;

/**
 * Lays memory out.
 * @param base first free byte.
 * @param form 0: blur of the difference, 1: difference of blurs.
 * @param room rows of a strip, >= 1.
 * @returns bytes needed from address 0; the host grows the memory to that.
 */
export function layout(w: i32, h: i32, bits: i32, form: i32, room: i32): usize {
  width = w;
  height = h;
  depth = bits;
  blurFirst = form !== 0;
  rows = room;
  blocks = (w + 7) >> 3;
  pitch = blocks * 16 + 2 * MARGIN;
  step = bits === 8 ? w : w * 2;
  ringSize = 2 * SLOTS * pitch;
  const strip = (<usize>(step * room) + 31) & ~15;
  previousAt = (__heap_base + 15) & ~15;
  currentAt = previousAt + strip;
  zeroAt = currentAt + strip;
  ringAt = zeroAt + <usize>(blocks * 16) + 16;
  vAt = ringAt + <usize>(2 * ringSize);
  const rounding: i32 = bits === 16 ? 128 : 1 << (bits - 1);
  store<i32>(CENTRE, (rounding << 16) | F2);
  return vAt + <usize>(4 * pitch) + 16;
}

/** Where a strip of the earlier picture goes, rows tightly packed; bytes at 8 bits, else words. */
export function previousStrip(): usize {
  return previousAt;
}

/** Where a strip of the later picture goes. */
export function currentStrip(): usize {
  return currentAt;
}

/** Starts a pair of pictures. */
export function begin(): void {
  fed = 0;
  total = 0;
  wideBefore = false;
}

/** Takes the next rows of both pictures, as many as `count` says, from the strips. */
export function feed(count: i32): void {
  let p = previousAt;
  let c = currentAt;
  for (let i: i32 = 0; i < count; i++) {
    const slot = ringAt + <usize>((fed & (SLOTS - 1)) * pitch + MARGIN);
    if (blurFirst) {
      take(p, zeroAt, slot);
      take(c, zeroAt, slot + <usize>ringSize);
    } else {
      take(p, c, slot);
    }
    p += step;
    c += step;
    fed++;
    if (fed >= 3) emit(fed - 3);
  }
}

/** Ends a pair, after all its rows; the sum, below 2^53. */
export function finish(): f64 {
  emit(height - 2);
  emit(height - 1);
  return <f64>total;
}

function take(previous: usize, current: usize, slot: usize): void {
  if (depth === 8) difference8(previous, current, slot, blocks);
  else if (depth < 16) difference12(previous, current, slot, blocks);
  else difference16(previous, current, slot, slot + <usize>(SLOTS * pitch), blocks);
}

/** The ring's row for position `y` of a column, which continues beyond both ends as a mirror does. */
function row(y: i32): usize {
  if (y < 0) y = -y;
  // Releases 2.1 to 3.1 repeat the last sample, and only that.
  else if (y >= height) y = (blurFirst ? 2 * height - 1 : 2 * height - 2) - y;
  return ringAt + <usize>((y & (SLOTS - 1)) * pitch + MARGIN);
}

function emit(y: i32): void {
  const r0 = row(y - 2);
  const r1 = row(y - 1);
  const r2 = row(y);
  const r3 = row(y + 1);
  const r4 = row(y + 2);
  const high = vAt + MARGIN;
  const low = high + <usize>pitch;
  if (blurFirst) {
    const ring = <usize>ringSize;
    const next = <usize>(2 * pitch);
    wideRow(r0, r1, r2, r3, r4, high, low);
    wideRow(r0 + ring, r1 + ring, r2 + ring, r3 + ring, r4 + ring, high + next, low + next);
    addTwo(high, low, next);
    return;
  }
  if (depth < 16 && !wideBefore) {
    const kind =
      depth === 8
        ? verticalNarrow<u8>(r0, r1, r2, r3, r4, high, depth, blocks)
        : verticalNarrow<u16>(r0, r1, r2, r3, r4, high, depth, blocks);
    if (kind === STILL) return;
    if (kind !== WIDE) {
      continueRow(high);
      addNarrow(high);
      return;
    }
  }
  // Where one row does not fit 16 bits, its neighbour seldom does.
  wideBefore = (y & 15) !== 15;
  wideRow(r0, r1, r2, r3, r4, high, low);
  addWide(high, low);
}

function wideRow(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  high: usize,
  low: usize,
): void {
  if (depth < 16) verticalWide(r0, r1, r2, r3, r4, high, low, depth, blocks);
  else verticalSplit(r0, r1, r2, r3, r4, SLOTS * pitch, high, low, blocks);
  continueRow(high);
  continueRow(low);
}

/** Two samples more on either side. */
function continueRow(at: usize): void {
  const far = at + <usize>(width * 2);
  store<i16>(at - 2, load<i16>(at + 2));
  store<i16>(at - 4, load<i16>(at + 4));
  const repeat: usize = blurFirst ? 2 : 0;
  store<i16>(far, load<i16>(far - 4 + repeat));
  store<i16>(far + 2, load<i16>(far - 6 + repeat));
}

function addNarrow(at: usize): void {
  const whole = width >> 3;
  for (let b: i32 = 0; b < whole; b += SEGMENT) {
    total += sumNarrow(at - 4 + <usize>(b * 16), min(SEGMENT, whole - b));
  }
  for (let x = whole << 3; x < width; x++) total += abs(oneNarrow(at - 4 + <usize>(x * 2)));
}

function addWide(high: usize, low: usize): void {
  const whole = width >> 3;
  for (let b: i32 = 0; b < whole; b += SEGMENT) {
    const at = <usize>(b * 16) - 4;
    total += sumWide(high + at, low + at, min(SEGMENT, whole - b));
  }
  for (let x = whole << 3; x < width; x++) {
    const at = <usize>(x * 2) - 4;
    total += abs(oneWide(high + at, low + at));
  }
}

function addTwo(high: usize, low: usize, next: usize): void {
  const whole = width >> 3;
  for (let b: i32 = 0; b < whole; b += SEGMENT) {
    const at = <usize>(b * 16) - 4;
    total += sumOfTwo(high + at, low + at, next, min(SEGMENT, whole - b));
  }
  for (let x = whole << 3; x < width; x++) {
    const at = <usize>(x * 2) - 4;
    total += abs(oneWide(high + at, low + at) - oneWide(high + next + at, low + next + at));
  }
}
