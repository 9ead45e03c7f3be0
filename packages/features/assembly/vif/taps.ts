// The filters as pairs of 16-bit coefficients. A filter runs over entries; an
// entry covers two neighbouring samples, and gives the pair of coefficients
// for an output at an even place (first 16 bytes) and for its odd neighbour
// (next 16 bytes). The same table serves rows and columns.
// Source: spec/vif.md section 2.

/** Bytes of an entry. */
export const ENTRY: usize = 32;

const TAPS0 = memory.data<i16>([
  489, 935, 1640, 2640, 3896, 5274, 6547, 7455, 7784, 7455, 6547, 5274, 3896, 2640, 1640, 935, 489,
]);
const TAPS1 = memory.data<i16>([1244, 3663, 7925, 12590, 14692, 12590, 7925, 3663, 1244]);
const TAPS2 = memory.data<i16>([3571, 16004, 26386, 16004, 3571]);

/** Entries of scale 0, 1, 2, 3, each list twice in a row: a ring may start anywhere. */
const TABLES: usize = memory.data(4 * 18 * 32, 16);

/** Where they are: read from memory, see constants.ts. */
const PLACE = memory.data(4, 4);

/** Number of entries: 9, 5, 3, 3. */
export function entries(scale: i32): i32 {
  return scale == 0 ? 9 : scale == 1 ? 5 : 3;
}

/** Samples on each side of the centre: 8, 4, 2, 1. */
export function radius(scale: i32): i32 {
  return 8 >> scale;
}

/**
 * Samples from entry to entry. The last scale's centre tap, 43728, is no
 * signed 16-bit number; it is two taps of 21864 in entries that overlap:
 * (10904, 21864) one sample before the centre and (21864, 10904) at it.
 */
export function stride(scale: i32): i32 {
  return scale == 3 ? 1 : 2;
}

/** The entries of a scale, rotated so that the one for ring slot `m` is at `m`, with the oldest rows in slot `head`. */
export function coefficients(scale: i32, head: i32): usize {
  const n = entries(scale);
  return load<usize>(PLACE) + ((scale * 18 + (head == 0 ? 0 : n - head)) as usize) * ENTRY;
}

function put(at: usize, first: i32, second: i32): void {
  v128.store(at, i32x4.splat((first & 0xffff) | (second << 16)));
}

function fillEven(scale: i32, taps: usize): void {
  const n = entries(scale);
  for (let k = 0; k < 2 * n; k++) {
    const at = TABLES + ((scale * 18 + k) as usize) * ENTRY;
    const i = k % n;
    const t = taps + ((4 * i) as usize);
    const last = i == n - 1;
    put(at, load<i16>(t), last ? 0 : load<i16>(t, 2));
    put(at + 16, i == 0 ? 0 : load<i16>(t - 2), load<i16>(t));
  }
}

/** Fills the tables; once, before anything else. */
export function fillTables(): void {
  store<usize>(PLACE, TABLES);
  fillEven(0, TAPS0);
  fillEven(1, TAPS1);
  fillEven(2, TAPS2);
  for (let k = 0; k < 6; k++) {
    const at = TABLES + ((3 * 18 + k) as usize) * ENTRY;
    const i = k % 3;
    put(at, i == 0 ? 10904 : i == 1 ? 21864 : 0, i == 0 ? 21864 : i == 1 ? 10904 : 0);
    put(at + 16, i == 1 ? 10904 : i == 2 ? 21864 : 0, i == 1 ? 21864 : i == 2 ? 10904 : 0);
  }
}
