import { createRandom } from '@tinyvmaf/core';
import {
  a1,
  a2,
  a3,
  a4,
  a5,
  buildGraph,
  checkWeights,
  initialWeights,
  nextNormal,
  parameterCount,
  parameters,
} from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';

const graph = a1.build({ layers: 2, width: 64, int8: true });

const PINNED = [0.09664198679639899, 0.13798126674528802];

describe('parameters', () => {
  it('are counted', () => {
    expect(parameterCount(graph)).toEqual({ trainable: 4673, frozen: 0 });
    expect(parameterCount(a2.build({ layers: 3, width: 128, int8: true })).trainable).toBe(34049);
    expect(parameterCount(a3.build({ layers: 2, width: 64, attention: 16 })).trainable).toBe(8833);
    expect(parameterCount(a4.build({ centres: 8 }))).toEqual({ trainable: 12, frozen: 63 });
    expect(parameterCount(a5.build({ centres: 8 })).trainable).toBe(63);
  });
});

describe('initialWeights', () => {
  it('depend on seed and name alone', () => {
    const once = initialWeights(graph, 5);
    expect(initialWeights(graph, 5)).toEqual(once);
    expect(initialWeights(graph, 6).get('layer1.weight')).not.toEqual(once.get('layer1.weight'));
    const other = buildGraph('frame', (b) => b.sum(b.linear(b.input(), 'layer1', 64)));
    expect(initialWeights(other, 5).get('layer1.weight')).toEqual(once.get('layer1.weight'));
    // Pinned: files must be reproducible on every machine and in years to come.
    expect(Array.from(once.get('layer1.weight')!.subarray(0, 2))).toEqual(PINNED);
  });

  it('have the deviation they should', () => {
    const weights = initialWeights(graph, 1).get('layer2.weight')!;
    const square = weights.reduce((sum, x) => sum + x * x, 0) / weights.length;
    expect(square).toBeGreaterThan((2 / 64) * 0.9);
    expect(square).toBeLessThan((2 / 64) * 1.1);
    expect(initialWeights(graph, 1).get('layer2.bias')).toEqual(new Float64Array(64));
  });
});

describe('nextNormal', () => {
  it('has mean 0 and variance 1', () => {
    const random = createRandom(3);
    const draws = Array.from({ length: 20_000 }, () => nextNormal(random));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});

describe('checkWeights', () => {
  it('names the parameter', () => {
    const weights = new Map(initialWeights(graph, 1));
    expect(checkWeights(graph, weights, 'x')).toEqual(E.right(weights));
    const problem = (name: string, values: Float64Array | undefined): unknown => {
      const changed = new Map(weights);
      if (values === undefined) changed.delete(name);
      else changed.set(name, values);
      return checkWeights(graph, changed, 'x');
    };
    expect(problem('score.bias', undefined)).toMatchObject({
      left: { node: 'parameter score.bias', problem: 'has no weights' },
    });
    expect(problem('score.bias', new Float64Array(2))).toMatchObject({
      left: { problem: 'needs 1 numbers, 2 are given' },
    });
    expect(problem('score.bias', Float64Array.of(NaN))).toMatchObject({
      left: { problem: 'number 0 is NaN, not finite' },
    });
    expect(problem('other', new Float64Array(1))).toMatchObject({
      left: { problem: 'is not in the graph' },
    });
    expect(parameters(graph).map(({ name }) => name)).toContain('layer2.weight');
  });
});
