// VIF for an engine that joins pairs of 128-bit operations to 256-bit ones: the
// exports of assembly/vif, for the same host. Without such an engine it is
// right as well, and slower.
import { fillPlace } from '../vif/layout';
import { Scale } from '../vif/scale';
import { compareRows } from '../vif/strips';
import { fillTables } from '../vif/taps';
import { fillConstants } from './constants';
import { Stages } from './stages';

export * from '../vif/exports';

fillTables();
fillConstants();
fillPlace();

/** As in assembly/vif. */
export function compare8(at: Scale, count: i32, from: i32, to: i32): void {
  compareRows<u8, Stages>(changetype<Stages>(0), at, count, from, to);
}

/** The same for planes of 16-bit samples. */
export function compare16(at: Scale, count: i32, from: i32, to: i32): void {
  compareRows<u16, Stages>(changetype<Stages>(0), at, count, from, to);
}
