/** What the two scalers of planes, portable and WebAssembly, have in common. */
import type { Plane } from '../frame.js';
import { scaleFilter, type ScaleFilter } from './filter.js';
import type { ScaleMethod } from './method.js';
import { HORIZONTAL_BITS, VERTICAL_BITS } from './precision.js';

/** Width and height in samples. */
export interface Size {
  /** Samples of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Scales planes of one size and depth. Nothing is kept from one call to the next. */
export interface PlaneScaler {
  /**
   * Fills `out` (`width * height` samples, row after row) from a plane. The
   * plane has the size and its samples the depth that the scaler was made for.
   */
  scale(plane: Plane, out: Uint8Array | Uint16Array): void;
}

/** Filters along rows and along columns. */
export interface FilterPair {
  /** One for each wanted column; weights of 14 bits. */
  readonly across: ScaleFilter;
  /** One for each wanted row; weights of 12 bits. */
  readonly down: ScaleFilter;
}

/** Multiples to which numbers of weights are rounded up before rounding, as swscale does on x86 and ARM. */
const ALIGN_ACROSS = 4;
const ALIGN_DOWN = 2;

/** The filters from one size to another. */
export const filterPair = (from: Size, to: Size, method: ScaleMethod): FilterPair => ({
  across: scaleFilter({
    from: from.width,
    to: to.width,
    method,
    bits: HORIZONTAL_BITS,
    align: ALIGN_ACROSS,
  }),
  down: scaleFilter({
    from: from.height,
    to: to.height,
    method,
    bits: VERTICAL_BITS,
    align: ALIGN_DOWN,
  }),
});
