// Where things lie in the module's memory. Everything here is small and fixed,
// so addresses are constants; the pictures, whose size the host knows, follow
// behind `__heap_base` and are handed in as pointers.

/**
 * Output columns of a strip. Long rows come from memory at a better pace; of
 * 960 columns the rings still fit a second-level cache of 256 kB.
 */
export const STRIP: i32 = 960;

/** Columns of a strip with both margins (8 each), in blocks of 16 and one to spare. */
const COLUMNS: i32 = STRIP + 32;

/**
 * A ring holds one plane of prepared rows, two rows to a slot: sixteen-bit
 * samples of the upper and the lower row alternate, so that one dot product
 * takes two vertical taps. 64 bytes are 16 columns; planes of 32-bit squares
 * have high and low half-words and take 128 bytes for 16 columns.
 */
export const SLOTS: i32 = 9;
/** Bytes from slot to slot: no multiple of 4096, so that slots do not evict each other. */
export const SLOT: usize = ((COLUMNS / 16) * 128 + 64) as usize;
const RING_SIZE: usize = SLOT * SLOTS;

/** The rings of one scale, as offsets from `RINGS`. */
export const R: usize = 0;
export const D: usize = RING_SIZE;
export const RR: usize = 2 * RING_SIZE;
export const DD: usize = 3 * RING_SIZE;
export const RD: usize = 4 * RING_SIZE;
export const RINGS: usize = memory.data(5 * (RING_SIZE as i32), 16);

/** Bytes of a line of vertically filtered 16-bit numbers, one per column of a strip. */
export const LINE: usize = ((COLUMNS + 16) * 2) as usize;

/** Lines of one row: means, then high and low half-words of second moments. */
export const M1: usize = 0;
export const M2: usize = LINE;
export const RD_HIGH: usize = 2 * LINE;
export const RD_LOW: usize = 3 * LINE;
export const RR_HIGH: usize = 4 * LINE;
export const RR_LOW: usize = 5 * LINE;
export const DD_HIGH: usize = 6 * LINE;
export const DD_LOW: usize = 7 * LINE;

/** The lines of one row; two rows are filtered at a time. */
export const ROW: usize = 8 * LINE;
export const LINES: usize = memory.data(2 * (ROW as i32), 16);

/**
 * Variances and covariance of one row of a strip, and squares of the means on
 * the way there: 32-bit, in blocks of 8 columns (see `place`).
 */
export const VARIANCE: usize = (STRIP * 4) as usize;
export const S1: usize = 0;
export const S2: usize = VARIANCE;
export const S12: usize = 2 * VARIANCE;
export const Q11: usize = 3 * VARIANCE;
export const Q22: usize = 4 * VARIANCE;
export const STATISTICS: usize = memory.data(5 * (VARIANCE as i32), 16);

/** Offset of column `j` in a row of statistics: even columns of a block of 8 come first. */
export function place(j: i32): usize {
  return (((j & ~7) + ((j & 1) << 2) + ((j & 7) >> 1)) << 2) as usize;
}

/**
 * Between the two halves of the statistic, for the samples that count: gain,
 * gain * covariance (binary64), then variances (32 bits).
 */
export const GAIN: usize = 0;
export const EXPLAINED: usize = 2 * VARIANCE;
export const V1: usize = 4 * VARIANCE;
export const V2: usize = 5 * VARIANCE;
export const GAINS: usize = memory.data(6 * (VARIANCE as i32), 16);

/**
 * Lists of addresses in the logarithm's table, 32 bits each: of the reference,
 * the signal and the noise of one row. Each list has a vector in front of it.
 */
const LIST: usize = VARIANCE + 16;
export const OF_REFERENCE: usize = 0;
export const OF_SIGNAL: usize = LIST;
export const OF_NOISE: usize = 2 * LIST;
export const LISTS: usize = memory.data(3 * (LIST as i32), 16);

/** What the logarithm's table adds to the leading bits of a binary64; the host fills it. */
export const LOG_STEPS: usize = memory.data(32768, 16);

/** Where a scale's sums go: numLog, denLog, numLin, cntLin as binary64. */
export const SUMS: usize = memory.data(32, 16);
