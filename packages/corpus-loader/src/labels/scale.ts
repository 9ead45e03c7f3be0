/** Scales that are common, and the check that a value can stand on one. */
import type { LabelScale } from '../corpus/label.js';

/** Opinion scores of five steps, 5 the best. */
export const FIVE_POINTS: LabelScale = { min: 1, max: 5, direction: 'higher-is-better' };

/** Opinion scores of a hundred points, 100 the best. */
export const HUNDRED_POINTS: LabelScale = { min: 0, max: 100, direction: 'higher-is-better' };

/** Why a value cannot stand on a scale; `undefined` where it can. */
export const offScale = (value: number, scale: LabelScale): string | undefined =>
  scale.min >= scale.max
    ? `the scale ${scale.min}..${scale.max} has no extent`
    : scale.open !== true && (value < scale.min || value > scale.max)
      ? `${value} is outside the scale ${scale.min}..${scale.max}`
      : undefined;
