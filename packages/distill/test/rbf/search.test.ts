import { createRandom } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import {
  residualOf,
  evaluateFunctions,
  solveWeights,
  squaredDistance,
  workspace,
  type Points,
} from '../../src/rbf/problem.js';
import { derivatives, searchMemory, searchStep, startSearch } from '../../src/rbf/search.js';
import { orthogonalStart, spreadStart } from '../../src/rbf/starts.js';

const random = createRandom(23);
const uniform = (length: number, low = 0, high = 1): Float64Array =>
  Float64Array.from({ length }, () => low + (high - low) * random.float());

const CENTRES = uniform(18, -1, 2);
const WIDTH = 0.5;
const WEIGHTS = [3, -2, 5, 1.5];

const value = (x: Float64Array, i: number): number => {
  let sum = WEIGHTS[0]!;
  for (let k = 0; k < 3; k++) {
    sum += WEIGHTS[k + 1]! * Math.exp(-WIDTH * squaredDistance(x, 6 * i, CENTRES, 6 * k));
  }
  return sum;
};

const known = (count: number): Points => {
  const x = uniform(6 * count);
  return {
    count,
    x,
    y: Float64Array.from({ length: count }, (_, i) => value(x, i)),
    root: uniform(count, 0.5, 1),
  };
};

describe('derivatives', () => {
  it('are those of finite differences, for every unknown', () => {
    const points = known(40);
    const work = workspace(points, 3, 0);
    const solution = solveWeights(work, { centres: uniform(18), width: 0.7 })!;
    const columns = new Float64Array(23 * 40);
    derivatives(work, columns, solution);

    const residuals = (
      centres: Float64Array,
      width: number,
      weights: Float64Array,
    ): Float64Array => {
      const other = workspace(points, 3, 0);
      evaluateFunctions(other, { centres, width });
      residualOf(other, weights);
      return other.residual;
    };
    const step = 1e-6;
    for (let p = 0; p < 23; p++) {
      const moved = (by: number): Float64Array => {
        const centres = solution.centres.slice();
        const weights = solution.weights.slice();
        let width = solution.width;
        if (p < 4) weights[p]! += by;
        else if (p < 22) centres[p - 4]! += by;
        else width *= Math.exp(by);
        return residuals(centres, width, weights);
      };
      const up = moved(step);
      const down = moved(-step);
      for (let i = 0; i < 40; i++) {
        // The residual falls where the fit rises.
        expect(columns[p * 40 + i]).toBeCloseTo((down[i]! - up[i]!) / (2 * step), 4);
      }
    }
  });
});

describe('a search', () => {
  it('finds a net of three functions again', () => {
    const points = known(400);
    const work = workspace(points, 3, 0);
    const memory = searchMemory(work);
    const start = CENTRES.map((c) => c + 0.3 * (random.float() - 0.5));
    let state = startSearch({ centres: start, width: 0.3 });
    let cost = Infinity;
    while (!state.done) {
      const next = searchStep(work, memory, state, { iterations: 200 })!;
      expect(next.solution.cost).toBeLessThanOrEqual(cost);
      cost = next.solution.cost;
      state = next.state;
    }
    expect(Math.sqrt(cost / 400)).toBeLessThan(1e-6);
  });

  it('stops after the steps it was given', () => {
    const points = known(60);
    const work = workspace(points, 2, 1e-12);
    const memory = searchMemory(work);
    let state = startSearch({ centres: uniform(12), width: 1 });
    let steps = 0;
    for (; !state.done; steps++) {
      state = searchStep(work, memory, state, { iterations: 3 })!.state;
    }
    expect(steps).toBeLessThanOrEqual(3);
  });

  it('has no solution where numbers are none', () => {
    const work = workspace(known(30), 2, 0);
    const centres = uniform(12).fill(NaN, 3, 4);
    expect(solveWeights(work, { centres, width: 1 })).toBe(undefined);
    expect(
      searchStep(work, searchMemory(work), startSearch({ centres, width: 1 }), { iterations: 5 }),
    ).toBe(undefined);
  });
});

describe('starts', () => {
  it('orthogonal: takes the very functions where they are among the candidates', () => {
    const points = known(200);
    const candidates = Float64Array.of(...uniform(600, -1, 2), ...CENTRES);
    const chosen = orthogonalStart(points, candidates, 3, WIDTH);
    const work = workspace(points, 3, 0);
    const best = solveWeights(work, { centres: chosen, width: WIDTH })!.cost;
    const spread = solveWeights(work, {
      centres: spreadStart(points, 3, random),
      width: WIDTH,
    })!.cost;
    expect(best).toBeLessThan(spread);
    expect(new Set(chosen).size).toBe(18);
  });

  it('spread: takes different points', () => {
    const points = known(50);
    const centres = spreadStart(points, 10, createRandom(1));
    const rows = new Set(
      Array.from({ length: 10 }, (_, k) => centres.subarray(6 * k, 6 * k + 6).join()),
    );
    expect(rows.size).toBe(10);
    expect(spreadStart(points, 10, createRandom(1))).toEqual(centres);
  });
});
