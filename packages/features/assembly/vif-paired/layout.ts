// Where things lie in the module's memory, for the paired build. Offsets are
// constants, but the address they are added to is read from memory each time:
// an engine that joins two accesses at constant addresses may get the address
// of the pair wrong (seen in V8 13.6).

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
 * takes two vertical taps. 64 bytes are 16 columns in the order 0-3, 8-11, 4-7,
 * 12-15: a pair of vectors gives the low halves of two vectors of results, the
 * next pair the high halves. Planes of 32-bit squares have high half-words,
 * then low ones, and take 128 bytes for 16 columns.
 */
export const SLOTS: i32 = 9;
/** Bytes from slot to slot: no multiple of 4096, so that slots do not evict each other. */
export const SLOT: usize = ((COLUMNS / 16) * 128 + 64) as usize;
const RING_SIZE: usize = SLOT * SLOTS;

/** The rings of one scale, as offsets from `scratch()`. */
export const R: usize = 0;
export const D: usize = RING_SIZE;
export const RR: usize = 2 * RING_SIZE;
export const DD: usize = 3 * RING_SIZE;
export const RD: usize = 4 * RING_SIZE;

/** Bytes of a line of vertically filtered 16-bit numbers, one per column of a strip. */
const LINE: usize = ((COLUMNS + 16) * 2) as usize;

/** Lines of one row, as offsets from `scratch() + LINES`: means, then high and low half-words of second moments. */
export const LINES: usize = 5 * RING_SIZE;
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

/**
 * Means and second moments of one row of a strip: 32-bit, in blocks of 16
 * columns (see `place`), as offsets from `scratch() + MOMENTS`.
 */
export const MOMENTS: usize = LINES + 2 * ROW;
const MOMENT: usize = (STRIP * 4) as usize;
export const MEAN1: usize = 0;
export const MEAN2: usize = MOMENT;
export const SQUARE1: usize = 2 * MOMENT;
export const SQUARE2: usize = 3 * MOMENT;
export const PRODUCT: usize = 4 * MOMENT;

/** Offset of column `j` in a row of moments: even columns of a block of 16 come first. */
export function place(j: i32): usize {
  return (((j & ~15) + ((j & 1) << 3) + ((j & 15) >> 1)) << 2) as usize;
}

/**
 * Between the two halves of the statistic, binary64: variance of the reference,
 * gain, and what the gain does not explain, as offsets from `scratch() + GAINS`.
 */
export const GAINS: usize = MOMENTS + 5 * MOMENT;
export const V1: usize = 0;
export const GAIN: usize = 2 * MOMENT;
export const RESIDUE: usize = 4 * MOMENT;

/**
 * Indices in the logarithm's table, 64 bits for the three of a sample, as offset
 * from `scratch()`. In front are 32 bytes that stay 0.
 */
export const LISTS: usize = GAINS + 6 * MOMENT + 32;

/** What the lanes of the statistic have summed; offset from `scratch()`. */
export const LANES: usize = LISTS + 2 * MOMENT;

const SCRATCH = memory.data((LANES + 128) as i32, 16);
const PLACE = memory.data(4, 16);

/** Sets what is known at run time only; once, before anything else. */
export function fillPlace(): void {
  store<usize>(PLACE, SCRATCH);
}

/** Where everything above lies. */
export function scratch(): usize {
  return load<usize>(PLACE);
}

/** What the logarithm's table adds to the leading bits of a binary64; the host fills it. */
export const LOG_STEPS: usize = memory.data(32768, 16);

/** Where a scale's sums go: numLog, denLog, numLin, cntLin as binary64. */
export const SUMS: usize = memory.data(32, 16);
