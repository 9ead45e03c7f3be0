/**
 * The part of a band that counts: ADM leaves a margin of about a tenth on each
 * side out of its sums (spec/adm.md section 4).
 */

/** Columns `left <= j < right` and rows `top <= i < bottom` of a band. */
export interface CropRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Positions inside. */
  readonly area: number;
}

/** The crop region of a band of `width` x `height`. */
export const cropRegion = (width: number, height: number): CropRegion => {
  const left = margin(width);
  const top = margin(height);
  const right = width - left;
  const bottom = height - top;
  return { left, top, right, bottom, area: (bottom - top) * (right - left) };
};

const margin = (size: number): number => Math.max(0, Math.trunc(size * 0.1 - 0.5));
