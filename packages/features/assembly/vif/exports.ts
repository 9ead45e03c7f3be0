// What the host calls, apart from the comparison itself. It describes the four
// scales, copies rows in, and calls `take`, `shrink` and `compare` as far as
// the rows allow.
import { copyRow, mirrorRow } from './border';
import { halve } from './halve';
import { LOG_STEPS, RINGS, STRIP } from './layout';
import { rowOf, Scale } from './scale';
import { radius } from './taps';

/** First address that is free for pictures. */
export function free(): usize {
  return __heap_base;
}

/** Address of the logarithm's table, 32768 bytes that the host fills. */
export function logSteps(): usize {
  return LOG_STEPS;
}

/** Output columns of a strip at most; strips are multiples of 64 wide. */
export function stripColumns(): i32 {
  return STRIP;
}

/** Bytes of the rings of one picture in one strip. */
export function ringBytes(): usize {
  return RINGS;
}

function take<T>(at: Scale, picture: i32, from: i32, to: i32, packed: usize, shift: i32): void {
  const plane = at.plane + (picture as usize) * at.apart;
  for (let y = from; y < to; y++) {
    const row = rowOf(at, plane, y);
    copyRow<T>(packed, row, at.width, shift);
    mirrorRow<T>(row, at.width, radius(0));
    packed += (at.width as usize) * sizeof<T>();
  }
}

/** Takes packed 8-bit rows `from` to `to` of scale 0; 16 bytes behind them are read. */
export function take8(at: Scale, picture: i32, from: i32, to: i32, packed: usize): void {
  take<u8>(at, picture, from, to, packed, 0);
}

/** Takes packed 16-bit rows of scale 0, samples moved up by `shift` bits. */
export function take16(
  at: Scale,
  picture: i32,
  from: i32,
  to: i32,
  packed: usize,
  shift: i32,
): void {
  take<u16>(at, picture, from, to, packed, shift);
}

/**
 * Makes rows `from` to `to` of the next scale from 8-bit samples.
 * @param line room for a row of `width` 16-bit numbers, margins, and 64 more
 */
export function shrink8(
  at: Scale,
  next: Scale,
  picture: i32,
  from: i32,
  to: i32,
  line: usize,
): void {
  halve<u8>(at, next, picture, from, to, line);
}

/** Makes rows of the next scale from 16-bit samples. */
export function shrink16(
  at: Scale,
  next: Scale,
  picture: i32,
  from: i32,
  to: i32,
  line: usize,
): void {
  halve<u16>(at, next, picture, from, to, line);
}
