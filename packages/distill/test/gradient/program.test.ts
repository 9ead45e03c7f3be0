import { createRandom } from '@tinyvmaf/core';
import {
  buildGraph,
  initialWeights,
  runGraph,
  type GraphBuilder,
  type LayerGraph,
  type NodeId,
  type Weights,
} from '@tinyvmaf/models';
import { describe, expect, it } from 'vitest';
import { createArena, createKernel } from '../../src/gradient/kernel.js';
import { layParameters, refresh, writeWeights } from '../../src/gradient/parameters.js';
import { compileProgram } from '../../src/gradient/program.js';
import { byJax } from './jax.js';

const ROWS = 12;

/** The output's weighted sum and its gradients, by the kernel. */
const byKernel = (
  graph: LayerGraph,
  weights: Weights,
  features: Float64Array,
  pull: Float64Array,
) => {
  const kernel = createKernel();
  const arena = createArena();
  const blocks = layParameters(graph, arena);
  const program = compileProgram(graph, blocks, ROWS, kernel, arena);
  kernel.reserve(arena.end);
  writeWeights(kernel, blocks, weights);
  refresh(kernel, blocks, false);
  const memory = new Float32Array(kernel.memory.buffer);
  memory.set(features, program.input / 4);
  // Twice: a second batch must not find anything of the first.
  for (let round = 0; round < 2; round++) {
    program.forward();
    memory.set(pull, program.gradient / 4);
    program.backward();
  }
  const output = Array.from(memory.subarray(program.output / 4, program.output / 4 + ROWS));
  const gradients = new Map<string, readonly number[]>();
  for (const { parameter, gradient } of blocks.slots.values()) {
    if (parameter.frozen) continue;
    const { rows, columns } = parameter;
    const at = gradient / 4;
    gradients.set(parameter.name, Array.from(memory.subarray(at, at + rows * columns)));
  }
  return { output, gradients };
};

/** The same by central differences of the evaluator in binary64. */
const byDifferences = (
  graph: LayerGraph,
  weights: Weights,
  features: Float64Array,
  pull: Float64Array,
  name: string,
  index: number,
): number => {
  const step = 1e-5;
  const at = (shift: number): number => {
    const values = Float64Array.from(weights.get(name)!);
    values[index]! += shift;
    const scores = runGraph(graph, new Map([...weights, [name, values]]), features);
    return scores.reduce((sum, score, i) => sum + score * pull[i]!, 0);
  };
  return (at(step) - at(-step)) / (2 * step);
};

const free = (b: GraphBuilder, name: string, rows: number, columns: number): NodeId =>
  b.parameter(name, [rows, columns], { initial: { kind: 'normal', deviation: 0.7 } });

/** Small graphs around one operation each, with parameters before it. */
const CASES: Readonly<Record<string, (b: GraphBuilder) => NodeId>> = {
  'matmul, bias and relu in one': (b) =>
    b.linear(b.relu(b.linear(b.relu(b.linear(b.input(), 'one', 9)), 'two', 16)), 'three', 1),
  'matmul alone': (b) => b.matmul(b.matmul(b.input(), free(b, 'p', 6, 8)), free(b, 'q', 8, 1)),
  'matmul of two parameters': (b) =>
    b.matmul(b.input(), b.matmul(free(b, 'p', 6, 5), free(b, 'q', 5, 1))),
  'a bias that is one number': (b) =>
    b.sum(b.add(b.matmul(b.input(), free(b, 'p', 6, 4)), free(b, 'q', 1, 1))),
  'a product used twice': (b) => {
    const product = b.matmul(b.input(), free(b, 'p', 6, 4));
    return b.sum(b.multiply(b.relu(b.add(product, free(b, 'q', 1, 4))), product));
  },
  'a bias used twice': (b) => {
    const bias = free(b, 'bias', 1, 4);
    const one = b.relu(b.add(b.matmul(b.input(), free(b, 'p', 6, 4)), bias));
    return b.sum(b.add(b.matmul(one, free(b, 'q', 4, 4)), bias));
  },
  'a matrix used twice': (b) => {
    const matrix = free(b, 'p', 6, 6);
    return b.sum(b.matmul(b.matmul(b.input(), matrix), matrix));
  },
  'add by rows and columns': (b) => {
    const x = b.multiply(b.input(), free(b, 'p', 1, 6));
    return b.sum(b.add(b.multiply(x, x), b.sum(x)));
  },
  subtract: (b) => b.sum(b.multiply(b.subtract(b.input(), free(b, 'p', 1, 6)), free(b, 'q', 1, 6))),
  multiply: (b) => {
    const x = b.multiply(b.input(), free(b, 'p', 1, 6));
    return b.sum(b.multiply(b.multiply(x, x), free(b, 'q', 1, 1)));
  },
  transpose: (b) => b.sum(b.matmul(b.input(), b.transpose(free(b, 'p', 3, 6)))),
  'relu alone': (b) => b.sum(b.relu(b.multiply(b.input(), free(b, 'p', 1, 6)))),
  exp: (b) => b.sum(b.exp(b.multiply(b.input(), free(b, 'p', 1, 6)))),
  scale: (b) => b.sum(b.scale(b.multiply(b.input(), free(b, 'p', 1, 6)), -2.5)),
  softmax: (b) =>
    b.matmul(b.softmax(b.multiply(b.input(), free(b, 'p', 1, 6))), free(b, 'q', 6, 1)),
  'clip inside': (b) => b.sum(b.clip(b.multiply(b.input(), free(b, 'p', 1, 6)), -0.4, 0.9)),
  distances: (b) =>
    b.matmul(
      b.distances(b.multiply(b.input(), free(b, 'p', 1, 6)), free(b, 'c', 5, 6)),
      free(b, 'q', 5, 1),
    ),
  'frozen parameters': (b) => {
    const still = b.parameter('still', [6, 4], { frozen: true });
    const x = b.multiply(b.input(), free(b, 'p', 1, 6));
    return b.matmul(b.relu(b.matmul(x, still)), free(b, 'q', 4, 1));
  },
};

describe('reverse mode', () => {
  const random = createRandom(5);
  const number = (): number => 2 * random.float() - 1;
  const features = Float64Array.from({ length: 6 * ROWS }, () => Math.fround(number()));
  const pull = Float64Array.from({ length: ROWS }, () => Math.fround(number()));

  it.each(Object.entries(CASES))('%s: as finite differences say', (_, define) => {
    const graph = buildGraph('frame', define);
    const weights = new Map(
      [...initialWeights(graph, 9)].map(([name, values]) => [name, values.map(Math.fround)]),
    );
    const { output, gradients } = byKernel(graph, weights, features, pull);
    const scores = runGraph(graph, weights, features);
    output.forEach((score, i) => expect(score).toBeCloseTo(scores[i]!, 4));
    expect(gradients.size).toBeGreaterThan(0);
    for (const [name, values] of gradients) {
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      values.forEach((value, index) => {
        const wanted = byDifferences(graph, weights, features, pull, name, index);
        expect(Math.abs(value - wanted), `${name}[${index}]`).toBeLessThan(2e-5 * (1 + largest));
      });
    }
  });

  it.each(Object.entries(CASES))('%s: as jax-js says', async (_, define) => {
    const graph = buildGraph('frame', define);
    const weights = new Map(
      [...initialWeights(graph, 9)].map(([name, values]) => [name, values.map(Math.fround)]),
    );
    const { gradients } = byKernel(graph, weights, features, pull);
    const wanted = await byJax(graph, weights, features, pull);
    expect([...gradients.keys()]).toEqual([...wanted.keys()]);
    for (const [name, values] of gradients) {
      const largest = Math.max(...values.map(Math.abs));
      values.forEach((value, index) => {
        const other = wanted.get(name)?.[index] ?? NaN;
        expect(Math.abs(value - other), `${name}[${index}]`).toBeLessThan(3e-6 * (1 + largest));
      });
    }
  });

  it('learns what lies before the last clip', () => {
    const graph = buildGraph('frame', (b) => b.clip(b.linear(b.input(), 'p', 1), 0, 0));
    const { output, gradients } = byKernel(graph, initialWeights(graph, 1), features, pull);
    expect(output.some((value) => value !== 0)).toBe(true);
    expect(gradients.get('p.weight')?.every((value) => value !== 0)).toBe(true);
  });
});
