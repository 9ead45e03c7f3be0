/** Frame rates as the rationals people mean: 29.97002997 is 30000/1001. */
import type { SourceInfo } from '../frame.js';

/** Denominators met in video: small ones, then that of the NTSC rates. */
const DENOMINATORS: readonly number[] = [...Array.from({ length: 20 }, (_, i) => i + 1), 1001];

/** Relative distance below which a measured rate is taken for a rational one. */
const TOLERANCE = 2e-6;

/** Nearest usual rational of a rate in frames per second; undefined for none or nonsense. */
export const rationalRate = (fps: number): SourceInfo['frameRate'] => {
  if (!Number.isFinite(fps) || fps <= 0) return undefined;
  for (const denominator of DENOMINATORS) {
    const numerator = Math.round(fps * denominator);
    if (numerator > 0 && Math.abs(numerator / denominator / fps - 1) < TOLERANCE) {
      return { numerator, denominator };
    }
  }
  return { numerator: Math.round(fps * 1000), denominator: 1000 };
};
