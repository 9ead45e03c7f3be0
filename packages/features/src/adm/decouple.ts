/**
 * Decoupling: splits each distorted coefficient into what is left of the
 * reference (restored part) and what was added to it (additive part). Blur
 * weakens the former, noise and blocking make up the latter (spec/adm.md
 * section 6).
 *
 * One set of formulas serves all scales: below |o| = 32768, hence always at
 * scale 0, the two forms in the text are the same.
 */
import type { DetailBands } from './bands.js';
import { dotFloat32 } from './float32.js';
import { power2 } from './powers.js';
import { RECIPROCAL } from './reciprocal.js';

/** cos(1 degree)^2 as binary32; the more accurate value is another number. */
const COS_1_DEGREE_SQUARED = 0.99969542026519775;

/**
 * Splits `distorted` against `reference`; all four have the same size.
 * @param gainLimit how far an enhanced coefficient counts as restored, 1..100
 * @param restored overwritten with r
 * @param additive overwritten with A = t - r
 */
export const decouple = (
  reference: DetailBands,
  distorted: DetailBands,
  gainLimit: number,
  restored: DetailBands,
  additive: DetailBands,
): void => {
  const samples = reference.width * reference.height;
  for (let i = 0; i < samples; i++) {
    const oh = reference.h[i] as number;
    const ov = reference.v[i] as number;
    const od = reference.d[i] as number;
    const th = distorted.h[i] as number;
    const tv = distorted.v[i] as number;
    const td = distorted.d[i] as number;
    const aligned = sameDirection(oh, ov, th, tv);
    const rh = restoredPart(oh, th, aligned, gainLimit);
    const rv = restoredPart(ov, tv, aligned, gainLimit);
    const rd = restoredPart(od, td, aligned, gainLimit);
    restored.h[i] = rh;
    restored.v[i] = rv;
    restored.d[i] = rd;
    additive.h[i] = th - rh;
    additive.v[i] = tv - rv;
    additive.d[i] = td - rd;
  }
};

/**
 * Whether the gradients (oh, ov) and (th, tv) lie within one degree, which
 * tells contrast enhancement from distortion. True when either is zero.
 */
export const sameDirection = (oh: number, ov: number, th: number, tv: number): boolean => {
  const x = dotFloat32(oh, th, ov, tv) / 4096;
  const y = dotFloat32(oh, oh, ov, ov) / 4096;
  const z = dotFloat32(th, th, tv, tv) / 4096;
  // A product of two binary32 numbers is exact in a double, so each side rounds
  // at most once and the order of the factors does not matter.
  return x >= 0 && x * x >= COS_1_DEGREE_SQUARED * y * z;
};

/**
 * t/o in units of 2^-15 and limited to 0..32768; 32768 where o is 0.
 * @param o reference coefficient, 32-bit signed
 * @param t distorted coefficient, 32-bit signed
 */
export const gainRatio = (o: number, t: number): number => {
  if (o === 0) return 32768;
  const magnitude = Math.abs(o);
  const signed = o < 0 ? -t : t;
  if (magnitude < 32768) {
    // Products past 2^53 are inexact, but those are far outside the limits.
    return limit(Math.floor(((RECIPROCAL[magnitude] as number) * signed + 16384) / 32768));
  }
  // Scaled to 16384..32768 by a rounding shift; reciprocals are then at most
  // 2^16 and the product stays below 2^48. Half up, after the sign.
  const shift = 17 - Math.clz32(magnitude);
  const unit = power2(shift);
  const scaled = Math.floor((magnitude + unit / 2) / unit);
  const product = (RECIPROCAL[scaled] as number) * signed;
  return limit(Math.floor((product + 16384 * unit) / (32768 * unit)));
};

const limit = (ratio: number): number => Math.min(Math.max(ratio, 0), 32768);

/**
 * The restored part r of one coefficient.
 * @param aligned result of {@link sameDirection}: r may then grow to
 *   `gainLimit` times its size, though not past t
 */
export const restoredPart = (o: number, t: number, aligned: boolean, gainLimit: number): number => {
  // Below 2^47: exact.
  const r = Math.floor((gainRatio(o, t) * o + 16384) / 32768);
  if (aligned && r > 0) return Math.trunc(Math.min(r * gainLimit, t));
  if (aligned && r < 0) return Math.trunc(Math.max(r * gainLimit, t));
  return r;
};
