/**
 * Score transform and clip (spec/model-svm.md sections 5 and 6), in the order
 * of operations that makes results equal as bits.
 */
import type { ClipRange, Knot, ScoreTransform } from '../model/model.js';

/** The transformed score; whether it applies at all is the caller's affair. */
export const applyTransform = (transform: ScoreTransform, score: number): number => {
  let out = polynomial(transform, score);
  if (transform.knots !== undefined) out = piecewiseLinear(transform.knots, out);
  if (transform.outLteIn) out = Math.min(out, score);
  if (transform.outGteIn) out = Math.max(out, score);
  return out;
};

const polynomial = ({ p0, p1, p2 }: ScoreTransform, s: number): number => {
  if (p0 === undefined && p1 === undefined && p2 === undefined) return s;
  let out = 0;
  if (p0 !== undefined) out += p0;
  if (p1 !== undefined) out += p1 * s;
  if (p2 !== undefined) out += p2 * s * s;
  return out;
};

/**
 * A polyline through the knots, continued beyond both ends; at a knot shared by
 * two segments the later one gives the value.
 */
export const piecewiseLinear = (knots: readonly Knot[], x: number): number => {
  const last = knots.length - 2;
  let out = x;
  for (let k = 0; k <= last; k++) {
    const from = knots[k];
    const to = knots[k + 1];
    if (from === undefined || to === undefined) continue;
    const applies = (k === 0 || x >= from.x) && (k === last || x <= to.x);
    if (applies) out = onSegment(from, to, x);
  }
  return out;
};

const onSegment = (from: Knot, to: Knot, x: number): number => {
  if (from.y === to.y) return from.y;
  if (from.x === 0) return ((to.y - from.y) / to.x) * x + from.y;
  const slope = (to.y - from.y) / (to.x - from.x);
  return slope * x + (from.y - from.x * slope);
};

/** The score limited to a range. */
export const applyClip = (clip: ClipRange, score: number): number => {
  const raised = score < clip.min ? clip.min : score;
  return raised > clip.max ? clip.max : raised;
};
