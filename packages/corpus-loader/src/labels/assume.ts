/**
 * The scale of labels whose table does not say it: a guess from all values,
 * always told. Manifests do not guess.
 */
import type { Finding } from '../corpus/finding.js';
import type { LabelScale } from '../corpus/label.js';
import { FIVE_POINTS, HUNDRED_POINTS, offScale } from './scale.js';

/** Stands for a scale that is not known yet. */
export const UNKNOWN_SCALE: LabelScale = {
  min: -Number.MAX_VALUE,
  max: Number.MAX_VALUE,
  direction: 'higher-is-better',
};

/** 1..5 where all values are in it, else 0..100; larger is better. */
export const assumeScale = (values: readonly number[]): LabelScale =>
  values.every((value) => offScale(value, FIVE_POINTS) === undefined)
    ? FIVE_POINTS
    : HUNDRED_POINTS;

/** The finding that tells a guess. */
export const scaleAssumed = (path: string, scale: LabelScale): Finding => ({
  code: 'scale-assumed',
  severity: 'warning',
  path,
  problem: `nothing says the scale of its labels; ${scale.min}..${scale.max} with larger being better is assumed from their values`,
  remedy: 'Give the scale and direction (--scale 1..5, or --scale 5..1 where lower is better).',
});
