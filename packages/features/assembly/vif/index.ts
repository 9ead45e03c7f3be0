// VIF for any engine with 128-bit vectors; `exports.ts` has what the host calls
// beside this.
import { fillPlace } from './layout';
import { Scale } from './scale';
import { Stages } from './stages';
import { compareRows } from './strips';
import { fillTables } from './taps';

export * from './exports';

fillTables();
fillPlace();

/**
 * Compares rows `from` to `to` of 8-bit pictures at scale 0 with the reference's,
 * for `count` distorted pictures. Rows come in order and all; `from` is even.
 */
export function compare8(at: Scale, count: i32, from: i32, to: i32): void {
  compareRows<u8, Stages>(changetype<Stages>(0), at, count, from, to);
}

/** The same for planes of 16-bit samples. */
export function compare16(at: Scale, count: i32, from: i32, to: i32): void {
  compareRows<u16, Stages>(changetype<Stages>(0), at, count, from, to);
}
