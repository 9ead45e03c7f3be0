/**
 * Where searches begin: centres chosen from candidates by orthogonal least
 * squares (Chen, Cowan and Grant 1991), and by k-means++ (Arthur and
 * Vassilvitskii 2007).
 */
import type { Random } from '@tinyvmaf/core';
import { decay } from '../arithmetic/power.js';
import { squaredDistance, type Points } from './problem.js';

/** A column whose rest is smaller than this share of it adds nothing but noise. */
const LEAST_REST = 1e-11;

/**
 * Centres chosen one after the other, each the candidate that takes most off
 * the error that is left.
 * @param candidates `[count, 6]`, at least `functions` of them different.
 * @returns `[functions, 6]`.
 */
export const orthogonalStart = (
  points: Points,
  candidates: Float64Array,
  functions: number,
  width: number,
): Float64Array => {
  const { count, x, y, root } = points;
  const number = candidates.length / 6;
  const columns = new Float64Array(number * count);
  const whole = new Float64Array(number);
  for (let c = 0; c < number; c++) {
    for (let i = 0; i < count; i++) {
      const value = (root[i] ?? NaN) * decay(-width * squaredDistance(x, 6 * i, candidates, 6 * c));
      columns[c * count + i] = value;
      whole[c] = (whole[c] ?? NaN) + value * value;
    }
  }
  const rest = Float64Array.from(y, (value, i) => value * (root[i] ?? NaN));
  const taken = new Uint8Array(number);
  const direction = Float64Array.from(root);
  const centres = new Float64Array(6 * functions);
  // The constant goes first, then one candidate after the other.
  for (let chosen = 0; ; chosen++) {
    removeDirection(direction, columns, rest, count, taken);
    if (chosen === functions) return centres;
    const best = bestCandidate(columns, rest, count, taken, whole);
    taken[best] = 1;
    centres.set(candidates.subarray(6 * best, 6 * best + 6), 6 * chosen);
    direction.set(columns.subarray(best * count, (best + 1) * count));
  }
};

/** Makes all columns and the rest orthogonal to a direction. */
const removeDirection = (
  direction: Float64Array,
  columns: Float64Array,
  rest: Float64Array,
  count: number,
  taken: Uint8Array,
): void => {
  let square = 0;
  for (let i = 0; i < count; i++) square += (direction[i] as number) * (direction[i] as number);
  if (!(square > 0)) return;
  const remove = (values: Float64Array, base: number): void => {
    let dot = 0;
    for (let i = 0; i < count; i++) dot += (direction[i] as number) * (values[base + i] as number);
    const share = dot / square;
    for (let i = 0; i < count; i++) {
      values[base + i] = (values[base + i] as number) - share * (direction[i] as number);
    }
  };
  for (let c = 0; c < taken.length; c++) if (taken[c] === 0) remove(columns, c * count);
  remove(rest, 0);
};

const bestCandidate = (
  columns: Float64Array,
  rest: Float64Array,
  count: number,
  taken: Uint8Array,
  whole: Float64Array,
): number => {
  let best = taken.indexOf(0);
  let most = -1;
  for (let c = 0; c < taken.length; c++) {
    if (taken[c] !== 0) continue;
    let dot = 0;
    let square = 0;
    for (let i = 0; i < count; i++) {
      const value = columns[c * count + i] as number;
      dot += value * (rest[i] as number);
      square += value * value;
    }
    if (!(square > LEAST_REST * (whole[c] ?? NaN))) continue;
    const gain = (dot * dot) / square;
    if (gain > most) {
      most = gain;
      best = c;
    }
  }
  return best;
};

/**
 * Centres drawn among the points, each with a chance that grows with the square
 * of its distance to those before.
 * @returns `[functions, 6]`.
 */
export const spreadStart = (points: Points, functions: number, random: Random): Float64Array => {
  const { count, x } = points;
  const centres = new Float64Array(6 * functions);
  const nearest = new Float64Array(count).fill(Infinity);
  let pick = random.below(count);
  for (let k = 0; ; k++) {
    centres.set(x.subarray(6 * pick, 6 * pick + 6), 6 * k);
    if (k === functions - 1) return centres;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(x, 6 * i, centres, 6 * k);
      if (distance < (nearest[i] ?? NaN)) nearest[i] = distance;
      sum += nearest[i] ?? NaN;
    }
    let mark = sum * random.float();
    pick = count - 1;
    for (let i = 0; i < count; i++) {
      mark -= nearest[i] ?? NaN;
      if (mark < 0) {
        pick = i;
        break;
      }
    }
  }
};
