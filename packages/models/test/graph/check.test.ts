import { createRandom } from '@tinyvmaf/core';
import { a1, a3, a5, checkGraph, type GraphNode, type LayerGraph } from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import { describe, expect, it } from 'vitest';
import { randomGraph } from './random-graph.js';

const good = a5.build({ centres: 3 });

const replaced = (index: number, node: unknown): LayerGraph => ({
  ...good,
  nodes: good.nodes.map((each, i) => (i === index ? (node as GraphNode) : each)),
});

const problem = (graph: unknown): unknown => {
  const result = checkGraph(graph as LayerGraph, 'test');
  return E.isLeft(result) ? result.left : undefined;
};

describe('checkGraph', () => {
  it('lets graphs of the builder through', () => {
    for (const graph of [
      good,
      a1.build({ layers: 2, width: 8, int8: true }),
      a3.build({ layers: 1, width: 4, attention: 2 }),
    ]) {
      expect(checkGraph(graph, 'test')).toEqual(E.right(graph));
    }
    for (let seed = 0; seed < 50; seed++) {
      expect(problem(randomGraph(seed, seed % 2 === 0 ? 'frame' : 'clip'))).toBeUndefined();
    }
  });

  it('names what is wrong', () => {
    const of = (index: number): GraphNode => good.nodes[index]!;
    const exp = good.nodes.findIndex(({ operation }) => operation.op === 'exp');
    expect(problem(replaced(exp, { ...of(exp), shape: ['N', 5] }))).toMatchObject({
      _tag: 'ArchitectureShape',
      node: `node ${exp} (exp)`,
      problem: expect.stringContaining('says it is [N, 5]'),
    });
    expect(
      problem(replaced(4, { operation: { op: 'conv', a: 0 }, shape: ['N', 6] })),
    ).toMatchObject({
      problem: 'there is no operation conv',
    });
    expect(
      problem(replaced(0, { operation: { op: 'relu', a: 0 }, shape: ['N', 6] })),
    ).toMatchObject({
      node: 'node 0 (relu)',
    });
    expect(problem({ ...good, output: 99 })).toMatchObject({
      problem: 'there is no node 99 to be the output',
    });
    expect(problem({ ...good, kind: 'video' })).toMatchObject({
      problem: 'kind must be frame or clip, is video',
    });
    expect(problem({ ...good, output: 0 })).toMatchObject({ node: 'node 0 (input)' });
  });

  it('answers whatever it gets', () => {
    const random = createRandom(1);
    const odd: unknown[] = [undefined, null, 7, 'x', {}, [], -1, 1e9, NaN, { op: 'add' }];
    for (const value of odd) expect(problem(value)).toMatchObject({ _tag: 'ArchitectureShape' });
    for (let i = 0; i < 500; i++) {
      // One field anywhere becomes something odd.
      const graph = structuredClone(good) as unknown as Record<string, unknown>;
      const nodes = graph['nodes'] as Record<string, unknown>[];
      const node = nodes[random.below(nodes.length)]!;
      const operation = node['operation'] as Record<string, unknown>;
      const target = [graph, node, operation][random.below(3)]!;
      const keys = Object.keys(target);
      target[keys[random.below(keys.length)]!] = odd[random.below(odd.length)];
      const found = problem(graph);
      if (found !== undefined) expect(found).toMatchObject({ _tag: 'ArchitectureShape' });
    }
  });
});
