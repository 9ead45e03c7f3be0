/**
 * The two numbers that are measured on a clip: bit rate and luma PSNR, with
 * the rounding that manifests of `tiny-ladder/1` have.
 */
import { rational, rounded, times, type Rational } from './rational.js';

/** Kilobits per second of a bit stream, to the nearest, at least 1. */
export const kbpsOf = (bytes: number, frames: number, rate: Rational): number =>
  Math.max(1, rounded(times(rational(bytes * 8, frames * 1000), rate)));

/** Value of a PSNR for equal pictures. */
const EQUAL = 100;

/** Three decimals, halves to even, as exact on the double as on the decimal. */
const toThousandths = (value: number): number => {
  // A double lies exactly between two thousandths only where it is a whole number of sixteenths.
  const halves = value * 2000;
  if (!Number.isInteger(value * 16) || halves % 2 === 0) return Number(value.toFixed(3));
  const down = (halves - 1) / 2;
  return (down % 2 === 0 ? down : down + 1) / 1000;
};

/**
 * Luma PSNR in dB of the mean squared error over all frames, as ffmpeg's psnr
 * filter prints it (six decimals), rounded to three.
 * @param meanSquares sum over frames of each frame's mean squared error.
 * @param peak 255 or 1023.
 */
export const psnrOf = (meanSquares: number, frames: number, peak: number): number => {
  if (meanSquares === 0) return EQUAL;
  const psnr = 10 * Math.log10((peak * peak) / (meanSquares / frames));
  return toThousandths(Number(psnr.toFixed(6)));
};

/** Sum of squared differences of `count` 8-bit samples; at most 65025 each, exact as a double. */
export const squares8 = (a: Uint8Array, b: Uint8Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference * difference;
  }
  return sum;
};

/** The same for little-endian 16-bit samples; `count` in samples. */
export const squares16 = (a: Uint8Array, b: Uint8Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < 2 * count; i += 2) {
    const left = (a[i] ?? 0) | ((a[i + 1] ?? 0) << 8);
    const right = (b[i] ?? 0) | ((b[i + 1] ?? 0) << 8);
    sum += (left - right) * (left - right);
  }
  return sum;
};
