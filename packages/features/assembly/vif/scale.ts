// What the host says about each scale, and where it finds the sums. Of a
// picture no more rows are in memory than are needed at a time: row `y` is in
// place `y & rows` of the picture's plane.

/** One scale; all addresses are those of the first picture, the reference. */
@unmanaged
export class Scale {
  /** 0..3. */
  index: i32;
  width: i32;
  height: i32;
  /** Rows that are kept, a power of two, less 1. */
  rows: i32;
  /** Bytes from row to row. */
  pitch: usize;
  /** First sample of row 0; columns are mirrored by the filter's radius and 40 more can be read. */
  plane: usize;
  /** Rings of prepared rows, one set for each strip. */
  rings: usize;
  /** Bytes from picture to picture, for planes and rings. */
  apart: usize;
  /** Output columns of a strip. */
  columns: i32;
  /** Sums of the first distorted picture: numLog, denLog, numLin, cntLin, 64 bits each; then the next one's. */
  sums: usize;
  gainLimit: f64;
}

/** Where row `y` of a plane lies. */
export function rowOf(at: Scale, plane: usize, y: i32): usize {
  return plane + ((y & at.rows) as usize) * at.pitch;
}

/** Bytes of the sums of one picture. */
export const SUMS: usize = 32;

/** Adds to one of a picture's sums. */
export function add(sum: usize, value: i64): void {
  store<i64>(sum, load<i64>(sum) + value);
}

/** Offsets of the sums. */
export const NUM_LOG: usize = 0;
export const DEN_LOG: usize = 8;
export const NUM_LIN: usize = 16;
export const CNT_LIN: usize = 24;
