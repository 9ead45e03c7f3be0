import { describe, expect, it } from 'vitest';
import { pointsOf, rowWeight } from '../../src/rbf/points.js';
import { solveWeights, workspace, residualOf } from '../../src/rbf/problem.js';
import { foldPlacement, roundWeights } from '../../src/rbf/round.js';
import { spreadStart } from '../../src/rbf/starts.js';
import { createRandom } from '@tinyvmaf/core';
import { drawPoints } from '../../src/index.js';
import { stand, tiny } from '../teacher.js';

const rows = drawPoints(tiny.data.mixture, 800, 4, stand.anchors);
const labels = stand.label(rows);
const zero = new Float64Array(6);

describe('rounding', () => {
  it('gives binary32 numbers and loses hardly anything', () => {
    const shift = stand.scaling.intercepts.map((value) => -value);
    const points = pointsOf(rows, labels, stand.clip, stand.scaling.slopes, shift);
    // Near each other, so that weights are large and rounding hurts.
    const centres = spreadStart(points, 10, createRandom(2));
    const exact = solveWeights(workspace(points, 10, 1e-15), { centres, width: 0.04 })!;
    const folded = foldPlacement({ centres, width: 0.04 }, stand.scaling);
    expect(folded.centres.every((c) => Object.is(c, Math.fround(c)))).toBe(true);
    expect(folded.scale.every((s) => Object.is(s, Math.fround(s)))).toBe(true);

    const own = pointsOf(rows, labels, stand.clip, folded.scale, zero);
    const rounded = roundWeights(own, folded.centres, 1e-15)!;
    expect(rounded.weights.every((w) => Object.is(w, Math.fround(w)))).toBe(true);

    const work = workspace(own, 10, 1e-15);
    const refitted = solveWeights(work, { centres: folded.centres, width: 1 })!;
    const squares = (weights: ArrayLike<number>): number =>
      residualOf(work, Float64Array.from(weights));
    const careful = squares([rounded.offset, ...rounded.weights]);
    const careless = squares([refitted.weights[0]!, ...refitted.weights.slice(1).map(Math.fround)]);
    expect(careful).toBeLessThan(1.05 * exact.squares);
    expect(careful).toBeLessThanOrEqual(careless);
  });

  it('refuses centres that coincide', () => {
    const points = pointsOf(rows, labels, stand.clip, stand.scaling.slopes, zero);
    expect(roundWeights(points, new Float64Array(12), 0)).toBe(undefined);
  });
});

it('weighs rows by how far they lie beyond the range', () => {
  const clip = { min: 0, max: 100 };
  expect([50, -1, 101].map((score) => rowWeight(score, clip))).toEqual([1, 1, 1]);
  expect(rowWeight(109, clip)).toBe(0.5);
  expect(rowWeight(-9, clip)).toBe(0.5);
  expect(rowWeight(400, clip)).toBe(0.02);
});
