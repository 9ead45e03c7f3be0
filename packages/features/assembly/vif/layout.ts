// Where things lie in the module's memory, for both builds of VIF. Lines and
// rows are small and fixed. Pictures and their rings, whose number and size the
// host knows, follow behind `__heap_base` (see `scale.ts`). Offsets are
// constants, but the address they are added to is read from memory each time:
// an engine that joins two accesses at constant addresses may get the address
// of the pair wrong (seen in V8 13.6).

/**
 * Output columns of a strip at most. Long rows come from memory at a better
 * pace; of 960 columns the rings of two pictures still fit a second-level cache
 * of 256 kB.
 */
export const STRIP: i32 = 960;

/** Columns of a strip with both margins (8 each), in blocks of 32. */
const COLUMNS: i32 = STRIP + 32;

/**
 * A ring holds one plane of prepared rows, two rows to a slot: sixteen-bit
 * samples of the upper and the lower row alternate, so that one dot product
 * takes two vertical taps. 64 bytes are 16 columns; planes of 32-bit squares
 * have high and low half-words and take 128 bytes for 16 columns.
 */
const SLOTS: i32 = 9;
/** Bytes from slot to slot: no multiple of 4096, so that slots do not evict each other. */
export const SLOT: usize = ((COLUMNS / 16) * 128 + 64) as usize;
const RING: usize = SLOT * SLOTS;

/** The rings of one picture in one strip; a reference has no products. */
export const SAMPLES: usize = 0;
export const SQUARES: usize = RING;
export const PRODUCTS: usize = 2 * RING;
/** Bytes of the rings of one picture in one strip. */
export const RINGS: usize = 3 * RING;

/** Bytes of a line of vertically filtered 16-bit numbers, one per column of a strip. */
export const LINE: usize = ((COLUMNS + 16) * 2) as usize;

/**
 * Lines of one row of one picture, as offsets from `scratch()`: means, then
 * high and low half-words of second moments, one behind the other.
 */
export const MEANS: usize = 0;
export const OF_SQUARES: usize = LINE;
export const OF_PRODUCTS: usize = 3 * LINE;

/** The lines of one row; two rows are filtered at a time. */
export const ROW: usize = 5 * LINE;

/** Bytes of a 32-bit number for each column of a strip. */
export const COLUMN: usize = (STRIP * 4) as usize;

/**
 * What the horizontal pass makes of the lines, 32 bits a column: of the
 * reference for both rows, means and second moments (`TO_SECOND` bytes apart);
 * of the distorted picture for the row at work. Offsets from `scratch()`.
 */
export const MEAN1: usize = 2 * ROW;
export const MOMENT1: usize = MEAN1 + COLUMN;
export const TO_SECOND: usize = 2 * COLUMN;
export const MEAN2: usize = MEAN1 + 4 * COLUMN;
export const MOMENT2: usize = MEAN2 + COLUMN;
export const MOMENT12: usize = MEAN2 + 2 * COLUMN;

/** For the statistic, 9 * COLUMN + 512 bytes; offset from `scratch()`. */
export const WORK: usize = MEAN2 + 3 * COLUMN;

const SCRATCH = memory.data((WORK + 9 * COLUMN + 512) as i32, 16);
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
