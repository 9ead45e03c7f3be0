/**
 * Parameters of a graph: what there are, how many numbers, and where they
 * begin. Beginnings depend on the seed and the parameter's name alone, and on
 * no function of an engine, so they are the same bits everywhere.
 */
import { createRandom, type Random, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Initial, LayerGraph, NodeId, Storage, Weights } from './graph.js';

/** A parameter of a graph. */
export interface Parameter {
  /** Its node. */
  readonly node: NodeId;
  /** Its name. */
  readonly name: string;
  /** Rows. */
  readonly rows: number;
  /** Columns. */
  readonly columns: number;
  /** How files hold it. */
  readonly storage: Storage;
  /** Whether training leaves it alone. */
  readonly frozen: boolean;
  /** How it begins. */
  readonly initial: Initial;
}

/** The parameters of a checked graph, in order of their nodes. */
export const parameters = (graph: LayerGraph): readonly Parameter[] =>
  graph.nodes.flatMap(({ operation, shape: [rows, columns] }, node) => {
    if (operation.op !== 'parameter' || rows === 'N' || columns === 'N') return [];
    const { name, storage, frozen, initial } = operation;
    return [{ node, name, rows, columns, storage, frozen, initial }];
  });

/** Numbers in a graph's parameters: those that training moves, and frozen ones. */
export const parameterCount = (
  graph: LayerGraph,
): { readonly trainable: number; readonly frozen: number } => {
  let trainable = 0;
  let frozen = 0;
  for (const parameter of parameters(graph)) {
    const count = parameter.rows * parameter.columns;
    if (parameter.frozen) frozen += count;
    else trainable += count;
  }
  return { trainable, frozen };
};

/**
 * A standard normal number: twelve uniform ones added, minus six (mean 0,
 * variance 1, never beyond 6). Exact additions of multiples of 2^-53 below 16
 * round alike everywhere.
 */
export const nextNormal = (random: Random): number => {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += random.float();
  return sum - 6;
};

/** FNV-1a of a name, 32 bits: its own stream of random numbers for each parameter. */
const hashName = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
};

const begin = ({ initial, name, rows, columns }: Parameter, seed: number): Float64Array => {
  const values = new Float64Array(rows * columns);
  if (initial.kind === 'zeros') return values;
  if (initial.kind === 'values') return Float64Array.from(initial.values);
  // The square root is exact by IEEE 754.
  const deviation = initial.kind === 'he' ? Math.sqrt(2 / rows) : initial.deviation;
  const random = createRandom(hashName(name) ^ Math.imul(seed | 0, 0x9e3779b1));
  for (let i = 0; i < values.length; i++) values[i] = deviation * nextNormal(random);
  return values;
};

/** Where training begins. @param seed 32 bits. */
export const initialWeights = (graph: LayerGraph, seed: number): Weights =>
  new Map(parameters(graph).map((parameter) => [parameter.name, begin(parameter, seed)]));

/**
 * Checks that weights are a graph's: every parameter with its count of finite
 * numbers, and no other.
 * @returns the weights, or `ArchitectureShape` naming the parameter.
 */
export const checkWeights = (
  graph: LayerGraph,
  weights: Weights,
  name: string,
): E.Either<TinyVmafError, Weights> => {
  const fail = (parameter: string, problem: string): E.Either<TinyVmafError, Weights> =>
    E.left({
      _tag: 'ArchitectureShape',
      architecture: name,
      node: `parameter ${parameter}`,
      problem,
    });
  const known = new Set<string>();
  for (const parameter of parameters(graph)) {
    known.add(parameter.name);
    const values = weights.get(parameter.name);
    const count = parameter.rows * parameter.columns;
    if (values === undefined) return fail(parameter.name, 'has no weights');
    if (values.length !== count) {
      return fail(parameter.name, `needs ${count} numbers, ${values.length} are given`);
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) return fail(parameter.name, `number ${bad} is ${values[bad]}, not finite`);
  }
  for (const other of weights.keys()) {
    if (!known.has(other)) return fail(other, 'is not in the graph');
  }
  return E.right(weights);
};
