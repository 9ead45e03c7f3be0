// A plane of 8 to 16 bits to another size: the same integers as the portable
// scaler of src/scale. The host copies filters and the plane in, calls once,
// and copies the result out. One instance serves one pair of sizes.
import { filterDeep, mergeDeep } from './deep';
import { fourNarrow, fourWide, longNarrow, longWide } from './horizontal';
import { merge } from './vertical';

let toHeight: i32 = 0;
let blocks: i32 = 0; // vectors of 8 results in a row, rounded up
let shiftAcross: i32 = 0;
let shiftDown: i32 = 0;
let top: i32 = 0;
let tapsAcross: i32 = 0; // 4, or a multiple of 8
let tapsDown: i32 = 0; // even
let needed: i32 = 0; // rows that a wanted row takes; tapsDown or one less
let wide: bool = false; // words
let deep: bool = false; // words of 16 bits, whose results take two rows

let pitchIn: usize = 0; // bytes of a row of the plane
let pitchMiddle: usize = 0; // bytes of a row between the passes
let pitchOut: usize = 0; // bytes of a wanted row, whole vectors

let firstAcrossAt: usize = 0;
let weightsAcrossAt: usize = 0;
let firstDownAt: usize = 0;
let weightsDownAt: usize = 0;
let rowsAt: usize = 0; // addresses of the rows that are merged
let ringAt: usize = 0;
let sourceAt: usize = 0;
let targetAt: usize = 0;

function aligned(n: usize): usize {
  return (n + 15) & ~15;
}

/**
 * Lays memory out.
 * @param across, down weights of a filter: 4 or a multiple of 8; an even number.
 * @param rows rows that a wanted row takes, `down` or one less.
 * @returns bytes needed from address 0; the host grows the memory to that.
 */
export function layout(
  fromWidth: i32,
  fromHeight: i32,
  width: i32,
  height: i32,
  bits: i32,
  across: i32,
  down: i32,
  rows: i32,
): usize {
  toHeight = height;
  blocks = (width + 7) >> 3;
  wide = bits > 8;
  deep = bits > 12;
  // 14-bit weights to 15-bit results; those and 12-bit weights to code values. Not
  // for 16 bits, whose shifts are in deep.ts.
  shiftAcross = bits - 1;
  shiftDown = 27 - bits;
  top = (1 << bits) - 1;
  tapsAcross = across;
  tapsDown = down;
  needed = rows;
  pitchIn = (<usize>fromWidth) << (wide ? 1 : 0);
  pitchMiddle = (<usize>blocks) << (deep ? 5 : 4);
  pitchOut = (<usize>blocks) << (wide ? 4 : 3);
  firstAcrossAt = aligned(__heap_base);
  weightsAcrossAt = firstAcrossAt + ((<usize>blocks) << 5);
  firstDownAt = weightsAcrossAt + ((<usize>blocks * <usize>across) << 4);
  weightsDownAt = aligned(firstDownAt + ((<usize>height) << 2));
  rowsAt = aligned(weightsDownAt + ((<usize>height * <usize>down) << 1));
  ringAt = aligned(rowsAt + ((<usize>down) << 2));
  sourceAt = ringAt + <usize>down * pitchMiddle;
  // Vectors may begin at the last sample.
  targetAt = aligned(sourceAt + <usize>fromHeight * pitchIn + ((<usize>across) << 1) + 16);
  return targetAt + <usize>height * pitchOut + 16;
}

/** Byte offset of the first sample of each filter along rows, 32 bits; zeros up to a whole vector of results. */
export function firstAcross(): usize {
  return firstAcrossAt;
}

/** Weights along rows, 16 bits, zeros up to a whole vector of results. */
export function weightsAcross(): usize {
  return weightsAcrossAt;
}

/** First row of each filter along columns, 32 bits. */
export function firstDown(): usize {
  return firstDownAt;
}

/** Weights along columns, 16 bits. */
export function weightsDown(): usize {
  return weightsDownAt;
}

/** Where the plane goes, rows tightly packed. */
export function source(): usize {
  return sourceAt;
}

/** Where the result is; rows are whole vectors of 8 samples. */
export function target(): usize {
  return targetAt;
}

function filterRow(y: i32): void {
  const row = sourceAt + <usize>y * pitchIn;
  const out = ringAt + <usize>(y % tapsDown) * pitchMiddle;
  if (deep) {
    filterDeep(row, firstAcrossAt, weightsAcrossAt, out, blocks, tapsAcross);
  } else if (tapsAcross === 4) {
    if (wide) fourWide(row, firstAcrossAt, weightsAcrossAt, out, blocks, shiftAcross);
    else fourNarrow(row, firstAcrossAt, weightsAcrossAt, out, blocks, shiftAcross);
  } else if (wide)
    longWide(row, firstAcrossAt, weightsAcrossAt, out, blocks, shiftAcross, tapsAcross);
  else longNarrow(row, firstAcrossAt, weightsAcrossAt, out, blocks, shiftAcross, tapsAcross);
}

/** Scales the plane. */
export function scale(): void {
  let done = 0; // rows before this one are filtered, or will not be needed
  for (let y = 0; y < toHeight; y++) {
    const first = load<i32>(firstDownAt + ((<usize>y) << 2));
    if (done < first) done = first;
    for (; done < first + needed; done++) filterRow(done);
    for (let k = 0; k < tapsDown; k++) {
      store<usize>(
        rowsAt + ((<usize>k) << 2),
        ringAt + <usize>((first + k) % tapsDown) * pitchMiddle,
      );
    }
    const weights = weightsDownAt + ((<usize>y * <usize>tapsDown) << 1);
    const out = targetAt + <usize>y * pitchOut;
    if (deep) mergeDeep(rowsAt, weights, tapsDown, out, blocks);
    else merge(rowsAt, weights, tapsDown, out, blocks, shiftDown, top);
  }
}
