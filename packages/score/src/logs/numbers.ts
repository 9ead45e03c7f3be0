/** How the logs print one number. */
import { formatFixed, formatGeneral, formatLogNumber } from '@tinyvmaf/core';

/**
 * Digits of the values: `6` as libvmaf prints them, `17` significant digits
 * that give back every binary64 exactly.
 */
export type Precision = 6 | 17;

/** A value for XML, CSV and SUB, where a non-finite one reads as C prints it. */
export const plainNumber = (x: number, precision: Precision): string =>
  precision === 17 ? formatGeneral(x, 17) : formatLogNumber(x);

/** A value for JSON, where a non-finite one is `null`. */
export const jsonNumber = (x: number, precision: Precision): string =>
  Number.isFinite(x) ? plainNumber(x, precision) : 'null';

/** Speed with two decimals. */
export const plainFps = (fps: number): string => formatFixed(fps, 2);

/** Speed for JSON. */
export const jsonFps = (fps: number): string => (Number.isFinite(fps) ? plainFps(fps) : 'null');
