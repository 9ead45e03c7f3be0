// VIF for an engine that joins pairs of 128-bit operations to 256-bit ones: the
// exports of assembly/vif, for the same host. Without such an engine it is
// right as well, and slower.
//
// What the host calls. It lays out planes behind `__heap_base`, each with
// margins, copies the samples in, and calls `unpack`, `shrink`, `extend` and `compare`.
import { mirrorColumns, unpack } from '../vif/border';
import { halve } from '../vif/halve';
import { fillConstants } from './constants';
import { fillPlace, LOG_STEPS, SUMS } from './layout';
import { compareScale } from './strips';
import { fillTables } from '../vif/taps';

fillTables();
fillConstants();
fillPlace();

/** First address that is free for pictures. */
export function free(): usize {
  return __heap_base;
}

/** Address of the logarithm's table, 32768 bytes that the host fills. */
export function logSteps(): usize {
  return LOG_STEPS;
}

/** Address of the four sums of the last {@link compare}, binary64. */
export function sums(): usize {
  return SUMS;
}

/** Gives packed 8-bit rows their margins; mirrors the columns. */
export function unpack8(
  packed: usize,
  plane: usize,
  pitch: usize,
  width: i32,
  height: i32,
  radius: i32,
): void {
  unpack<u8>(packed, plane, pitch, width, height, 0);
  mirrorColumns<u8>(plane, pitch, width, height, radius);
}

/** Gives packed 16-bit rows their margins, samples moved up by `shift` bits; mirrors the columns. */
export function unpack16(
  packed: usize,
  plane: usize,
  pitch: usize,
  width: i32,
  height: i32,
  radius: i32,
  shift: i32,
): void {
  unpack<u16>(packed, plane, pitch, width, height, shift);
  mirrorColumns<u16>(plane, pitch, width, height, radius);
}

/** Mirrors the columns of a plane of 16-bit samples. */
export function extend(plane: usize, pitch: usize, width: i32, height: i32, radius: i32): void {
  mirrorColumns<u16>(plane, pitch, width, height, radius);
}

/** Makes scale 1 from 8-bit samples. */
export function shrink8(
  scale: i32,
  source: usize,
  pitch: usize,
  width: i32,
  height: i32,
  line: usize,
  target: usize,
  targetPitch: usize,
): void {
  halve<u8>(scale, source, pitch, width, height, line, target, targetPitch);
}

/** Makes scale `scale` from 16-bit samples. */
export function shrink16(
  scale: i32,
  source: usize,
  pitch: usize,
  width: i32,
  height: i32,
  line: usize,
  target: usize,
  targetPitch: usize,
): void {
  halve<u16>(scale, source, pitch, width, height, line, target, targetPitch);
}

/** Compares 8-bit pictures at scale 0. */
export function compare8(
  scale: i32,
  reference: usize,
  distorted: usize,
  pitch: usize,
  width: i32,
  height: i32,
  gainLimit: f64,
): void {
  compareScale<u8>(scale, reference, distorted, pitch, width, height, gainLimit);
}

/** Compares planes of 16-bit samples. */
export function compare16(
  scale: i32,
  reference: usize,
  distorted: usize,
  pitch: usize,
  width: i32,
  height: i32,
  gainLimit: f64,
): void {
  compareScale<u16>(scale, reference, distorted, pitch, width, height, gainLimit);
}
