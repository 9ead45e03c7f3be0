import { a1, a4, a5, buildGraph, foldGraph, initialWeights, runGraph } from '@tinyvmaf/models';
import { randomFrames } from '@tinyvmaf/models/testing';
import { describe, expect, it } from 'vitest';
import { randomGraph, someWeights } from './random-graph.js';

const ops = (nodes: readonly { operation: { op: string } }[]): string =>
  nodes.map(({ operation }) => operation.op).join(' ');

describe('foldGraph', () => {
  it('folds standardisation and score scale of a perceptron away', () => {
    const graph = a1.build({ layers: 2, width: 4, int8: true });
    const folded = foldGraph(graph, initialWeights(graph, 1));
    expect(ops(folded.graph.nodes)).toBe(
      'input parameter matmul parameter add relu parameter matmul parameter add relu parameter matmul parameter add clip',
    );
  });

  it('leaves what has nothing to fold', () => {
    for (const graph of [a5.build({ centres: 4 }), a4.build({ centres: 4 })]) {
      const weights = initialWeights(graph, 1);
      const folded = foldGraph(graph, weights);
      expect(ops(folded.graph.nodes).split(' ').sort()).toEqual(ops(graph.nodes).split(' ').sort());
      expect(folded.weights).toEqual(weights);
    }
  });

  it('moves a shift into centres and keeps eight-bit matrices', () => {
    const graph = buildGraph('frame', (b) => {
      const shifted = b.subtract(b.input(), b.constant([1, 6], [1, 2, 3, 4, 5, 6]));
      const near = b.exp(b.scale(b.distances(shifted, b.parameter('c', [2, 6])), -1));
      return b.sum(b.matmul(b.scale(near, 3), b.parameter('w', [2, 2], { storage: 'int8' })));
    });
    const weights = someWeights(graph, 1);
    const folded = foldGraph(graph, weights);
    expect(folded.weights.get('w')).toEqual(weights.get('w'));
    expect(folded.weights.get('c')?.[6]).toBe((weights.get('c')?.[6] ?? 0) + 1);
  });

  it('changes no score beyond rounding, for any graph', () => {
    for (let seed = 0; seed < 400; seed++) {
      const kind = seed % 2 === 0 ? 'frame' : 'clip';
      const graph = randomGraph(seed, kind);
      const weights = someWeights(graph, seed);
      const folded = foldGraph(graph, weights);
      const frames = randomFrames(5, seed);
      const before = runGraph(graph, weights, frames);
      const after = runGraph(folded.graph, folded.weights, frames);
      const scale = Math.max(1, ...before.map(Math.abs));
      before.forEach((score, i) => {
        expect(Math.abs(score - after[i]!) / scale, `seed ${seed}`).toBeLessThan(1e-9);
      });
    }
  });
});
