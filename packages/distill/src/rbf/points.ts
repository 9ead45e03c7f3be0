/** Labelled rows as points of the least-squares problem. */
import type { Teacher } from '../teacher/teacher.js';
import type { Points } from './problem.js';

/** Scores beyond the range by up to this count in full. */
const MARGIN = 1;
/** Points of VMAF beyond the range at which a row counts half. */
const HALF = 8;
/** What a row counts at least. */
const LEAST = 0.02;

/**
 * How much a row counts: the part of the teacher that is clipped away matters
 * only as far as it keeps the rest smooth.
 */
export const rowWeight = (score: number, { min, max }: Teacher['clip']): number => {
  const beyond = Math.max(min - MARGIN - score, score - max - MARGIN, 0) / HALF;
  return Math.max(LEAST, 1 / (1 + beyond * beyond));
};

/**
 * Points in the space `x = scale * feature - shift`.
 * @param rows `[count, 6]` raw features.
 * @param labels `[count]` unclipped scores.
 */
export const pointsOf = (
  rows: Float64Array,
  labels: Float64Array,
  clip: Teacher['clip'],
  scale: Float64Array,
  shift: Float64Array,
): Points => ({
  count: labels.length,
  x: rows.map((value, i) => (scale[i % 6] ?? NaN) * value - (shift[i % 6] ?? NaN)),
  y: labels,
  root: labels.map((score) => Math.sqrt(rowWeight(score, clip))),
});
