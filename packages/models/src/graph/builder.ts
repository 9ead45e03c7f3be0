/**
 * Writes layer graphs: each call adds a node, works out its shape and refuses
 * what does not fit, naming the node. Architectures are written with it.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import type { GraphNode, Initial, LayerGraph, NodeId, Operation, Shape, Storage } from './graph.js';
import { inferShape, nodeName, outputShape, shapeAt, shapeText } from './shape.js';

/** How a parameter begins and is kept. */
export interface ParameterOptions {
  /** Where it starts; He normal by default. */
  readonly initial?: Initial;
  /** How files hold it; `float32` by default. */
  readonly storage?: Storage;
  /** Whether training leaves it alone; not by default. */
  readonly frozen?: boolean;
}

/**
 * Adds nodes to a graph. Every method throws {@link TinyVmafException} with
 * `ArchitectureShape` where operands do not fit.
 */
export interface GraphBuilder {
  /** The features, `[N, 6]`; the same node each time. */
  input(): NodeId;
  /** Clip models: `[N, 1]`, 1 for frames and 0 for padding; the same node each time. */
  mask(): NodeId;
  /** Numbers to learn. Names are unique in a graph. */
  parameter(name: string, shape: readonly [number, number], options?: ParameterOptions): NodeId;
  /** Fixed numbers, row by row. */
  constant(shape: readonly [number, number], values: ArrayLike<number>): NodeId;
  /** a + b; b may have one row or column. */
  add(a: NodeId, b: NodeId): NodeId;
  /** a - b. */
  subtract(a: NodeId, b: NodeId): NodeId;
  /** a * b, element by element. */
  multiply(a: NodeId, b: NodeId): NodeId;
  /** Matrix product. */
  matmul(a: NodeId, b: NodeId): NodeId;
  /** Rows become columns. */
  transpose(a: NodeId): NodeId;
  /** max(a, 0). */
  relu(a: NodeId): NodeId;
  /** e to the a. */
  exp(a: NodeId): NodeId;
  /** a times a number. */
  scale(a: NodeId, factor: number): NodeId;
  /** Softmax of each row; columns of weight 0 in the mask count for nothing. */
  softmax(a: NodeId, mask?: NodeId): NodeId;
  /** Sum of each row. */
  sum(a: NodeId): NodeId;
  /** a kept within two numbers. */
  clip(a: NodeId, low: number, high: number): NodeId;
  /** Squared distances of the rows of a to the rows of b. */
  distances(a: NodeId, b: NodeId): NodeId;
  /** `a . W + b` with new parameters `NAME.weight` (He) and `NAME.bias` (zeros, or as said). */
  linear(a: NodeId, name: string, columns: number, options?: LinearOptions): NodeId;
  /** Shape of a node. */
  shape(node: NodeId): Shape;
  /** The graph, with this node as its output. */
  finish(output: NodeId): LayerGraph;
}

/** Parameters of a linear layer. */
export interface LinearOptions {
  /** Of the matrix; `float32` by default. The bias is always `float32`. */
  readonly storage?: Storage;
  /** Of the matrix; He by default. */
  readonly initial?: Initial;
  /** Of the bias; zeros by default. */
  readonly bias?: Initial;
}

/** A builder of one graph. `name` is what errors call it. */
export const graphBuilder = (kind: LayerGraph['kind'], name = 'the graph'): GraphBuilder => {
  const nodes: GraphNode[] = [];
  const names = new Set<string>();
  let input: NodeId | undefined;
  let mask: NodeId | undefined;

  const fail = (node: string, problem: string): never => {
    throw new TinyVmafException({ _tag: 'ArchitectureShape', architecture: name, node, problem });
  };
  const push = (operation: Operation, operandsOf: readonly NodeId[], declared: Shape): NodeId => {
    const at = nodeName(nodes.length, operation);
    for (const operand of operandsOf) {
      if (!(Number.isInteger(operand) && operand >= 0 && operand < nodes.length)) {
        fail(at, `there is no node ${String(operand)} before it`);
      }
    }
    const inferred = inferShape(kind, operation, nodes, declared);
    if ('problem' in inferred) return fail(at, inferred.problem);
    nodes.push({ operation, shape: inferred.shape });
    return nodes.length - 1;
  };
  const NONE: Shape = [0, 0];
  const unary = (operation: Operation & { readonly a: NodeId }): NodeId =>
    push(operation, [operation.a], NONE);
  const binary = (operation: Operation & { readonly a: NodeId; readonly b: NodeId }): NodeId =>
    push(operation, [operation.a, operation.b], NONE);

  const builder: GraphBuilder = {
    input: () => (input ??= push({ op: 'input' }, [], NONE)),
    mask: () => (mask ??= push({ op: 'mask' }, [], NONE)),
    parameter: (parameter, shape, options = {}) => {
      if (names.has(parameter)) {
        fail(`node ${nodes.length} (parameter ${parameter})`, 'another parameter has that name');
      }
      names.add(parameter);
      const { initial = { kind: 'he' }, storage = 'float32', frozen = false } = options;
      return push({ op: 'parameter', name: parameter, initial, storage, frozen }, [], shape);
    },
    constant: (shape, values) =>
      push({ op: 'constant', values: Float64Array.from(values) }, [], shape),
    add: (a, b) => binary({ op: 'add', a, b }),
    subtract: (a, b) => binary({ op: 'subtract', a, b }),
    multiply: (a, b) => binary({ op: 'multiply', a, b }),
    matmul: (a, b) => binary({ op: 'matmul', a, b }),
    transpose: (a) => unary({ op: 'transpose', a }),
    relu: (a) => unary({ op: 'relu', a }),
    exp: (a) => unary({ op: 'exp', a }),
    scale: (a, factor) => unary({ op: 'scale', a, factor }),
    softmax: (a, over) =>
      over === undefined
        ? unary({ op: 'softmax', a })
        : push({ op: 'softmax', a, mask: over }, [a, over], NONE),
    sum: (a) => unary({ op: 'sum', a }),
    clip: (a, low, high) => unary({ op: 'clip', a, low, high }),
    distances: (a, b) => binary({ op: 'distances', a, b }),
    linear: (a, layer, columns, options = {}) => {
      const rows = shapeAt(nodes, a)[1];
      if (rows === 'N') return fail(`layer ${layer}`, 'its operand has N columns');
      const { storage = 'float32', initial = { kind: 'he' }, bias = { kind: 'zeros' } } = options;
      const weight = builder.parameter(`${layer}.weight`, [rows, columns], { storage, initial });
      const product = builder.matmul(a, weight);
      return builder.add(
        product,
        builder.parameter(`${layer}.bias`, [1, columns], { initial: bias }),
      );
    },
    shape: (node) => shapeAt(nodes, node),
    finish: (output) => {
      const wanted = outputShape(kind);
      const shape = shapeAt(nodes, output);
      if (shape[0] !== wanted[0] || shape[1] !== wanted[1]) {
        fail(
          `node ${output}`,
          `the output of a ${kind} model must be ${shapeText(wanted)}, is ${shapeText(shape)}`,
        );
      }
      return { kind, nodes: [...nodes], output };
    },
  };
  return builder;
};

/**
 * A graph from a function over a builder that returns its output.
 * @throws TinyVmafException `ArchitectureShape`, naming the node.
 */
export const buildGraph = (
  kind: LayerGraph['kind'],
  define: (builder: GraphBuilder) => NodeId,
  name?: string,
): LayerGraph => {
  const builder = graphBuilder(kind, name);
  return builder.finish(define(builder));
};
