/**
 * From the layer graph to ONNX operators, in binary64 between two casts. A
 * value may be held as it is, transposed, or as a list without columns: so most
 * graphs need no operator that only moves numbers.
 */
import type { GraphNode, LayerGraph, NodeId, Operation, Weights } from '../graph/graph.js';
import { operands } from '../graph/shape.js';
import { quantise, storedValues } from '../graph/storage.js';
import { createEmitter, DOUBLE, FLOAT, type Emitter } from './emit.js';
import type { OnnxModel, OnnxValue } from './types.js';

/** How the file holds a value of the graph. */
type Form = 'matrix' | 'transposed' | 'vector';

interface Held {
  readonly name: string;
  readonly form: Form;
}

/** Names of inputs and output, the contract of the files. */
export const NAMES = { input: 'features', mask: 'mask', output: 'vmaf' } as const;

/** Dimensions in which a leaf's numbers are written. */
type LeafForm = 'matrix' | 'scalar' | 'row' | 'turned' | 'vector' | 'stacked';

type LeafNode = GraphNode & { operation: Operation & { op: 'parameter' | 'constant' } };

const isLeaf = (node: GraphNode): node is LeafNode =>
  node.operation.op === 'parameter' || node.operation.op === 'constant';

/** Weight of a frame that is not there, before the exponential: e to it is 0. */
const NEVER = 1e300;

/** The graph part of a file. */
export type LoweredGraph = Pick<OnnxModel, 'nodes' | 'initializers' | 'inputs' | 'outputs'>;

/**
 * Lowers a checked graph; only what the output needs is written.
 * @param weights checked weights of the graph, before rounding to their storage.
 */
export const lowerGraph = (graph: LayerGraph, weights: Weights): LoweredGraph => {
  const emitter = createEmitter(Object.values(NAMES));
  const lowering = createLowering(graph, weights, emitter);
  const needed = neededNodes(graph);
  for (let node = 0; node <= graph.output; node++) {
    if (needed.has(node)) lowering.visit(node);
  }
  emitter.named(NAMES.output, 'Cast', [lowering.vector(graph.output)], { to: FLOAT });
  const frames: OnnxValue = { name: NAMES.input, type: 'float32', dims: ['N', 6] };
  const mask: OnnxValue = { name: NAMES.mask, type: 'float32', dims: ['N'] };
  return {
    nodes: emitter.nodes,
    initializers: emitter.initializers,
    inputs: graph.kind === 'clip' ? [frames, mask] : [frames],
    outputs: [{ name: NAMES.output, type: 'float32', dims: [graph.kind === 'clip' ? 1 : 'N'] }],
  };
};

const neededNodes = (graph: LayerGraph): ReadonlySet<NodeId> => {
  const needed = new Set([graph.output]);
  for (let node = graph.output; node >= 0; node--) {
    const operation = graph.nodes[node]?.operation;
    if (operation !== undefined && needed.has(node)) {
      for (const operand of operands(operation)) needed.add(operand);
    }
  }
  return needed;
};

interface Lowering {
  visit(node: NodeId): void;
  vector(node: NodeId): string;
}

const createLowering = (graph: LayerGraph, weights: Weights, emitter: Emitter): Lowering => {
  const held = new Map<NodeId, Held>();
  const converted = new Map<string, string>();
  const nodeAt = (id: NodeId): GraphNode => {
    const node = graph.nodes[id];
    if (node === undefined) throw new RangeError(`no node ${id}`);
    return node;
  };
  const once = (key: string, make: () => string): string => {
    const name = converted.get(key) ?? make();
    converted.set(key, name);
    return name;
  };

  /** A leaf's numbers in the dimensions that its use wants. */
  const leaf = (id: NodeId, form: LeafForm): string =>
    once(`leaf ${id} ${form}`, () => {
      const node = nodeAt(id);
      const [rows, columns] = node.shape;
      if (!isLeaf(node) || rows === 'N' || columns === 'N') throw new RangeError('not a leaf');
      const dims = leafDims(form, rows, columns);
      if (node.operation.op === 'constant') return emitter.doubles(dims, node.operation.values);
      const { name, storage } = node.operation;
      const values = weights.get(name) ?? new Float64Array(rows * columns);
      if (storage !== 'int8' || form !== 'matrix') {
        // Eight-bit numbers in another form are binary32 numbers of the same value.
        return emitter.doubles(dims, storedValues(values, rows, columns, storage));
      }
      const quantised = quantise(values, rows, columns);
      const codes = emitter.tensor('int8', dims, quantised.codes);
      const scales = emitter.tensor('float32', [columns], quantised.scales);
      const wide = emitter.node('DequantizeLinear', [codes, scales], { axis: 1 });
      return emitter.node('Cast', [wide], { to: DOUBLE });
    });

  const get = (id: NodeId): Held => held.get(id) ?? { name: leaf(id, 'matrix'), form: 'matrix' };

  /** A value with its rows and columns. */
  const matrix = (id: NodeId): string => {
    const { name, form } = get(id);
    switch (form) {
      case 'matrix':
        return name;
      case 'transposed':
        return once(`matrix ${name}`, () => emitter.node('Transpose', [name]));
      case 'vector':
        return once(`matrix ${name}`, () => emitter.node('Unsqueeze', [name, emitter.axis(1)]));
    }
  };

  /** A value of one column as a list. */
  const vector = (id: NodeId): string => {
    const { name, form } = get(id);
    if (form === 'vector') return name;
    const axis = emitter.axis(form === 'matrix' ? 1 : 0);
    return once(`vector ${name}`, () => emitter.node('Squeeze', [name, axis]));
  };

  const elementwise = (op: string, a: NodeId, b: NodeId): Held => {
    const [rows, columns] = nodeAt(a).shape;
    const nodeB = nodeAt(b);
    const same = nodeB.shape[0] === rows && nodeB.shape[1] === columns;
    const { name, form } = get(a);
    const keep = (operand: string): Held => ({ name: emitter.node(op, [name, operand]), form });
    const plain = (): Held => ({
      name: emitter.node(op, [matrix(a), matrix(b)]),
      form: 'matrix',
    });
    if (!isLeaf(nodeB)) return same && get(b).form === form ? keep(get(b).name) : plain();
    if (nodeB.shape[0] === 1 && nodeB.shape[1] === 1) return keep(leaf(b, 'scalar'));
    if (same && form !== 'transposed') return keep(leaf(b, form));
    if (nodeB.shape[0] === 1 && form !== 'vector') {
      return keep(leaf(b, form === 'matrix' ? 'row' : 'turned'));
    }
    return plain();
  };

  const matmul = (a: NodeId, b: NodeId): Held => {
    const nodeB = nodeAt(b);
    if (nodeB.shape[1] !== 1) {
      return { name: emitter.node('MatMul', [matrix(a), matrix(b)]), form: 'matrix' };
    }
    // One column: a list comes out, and a transposed operand needs no turning.
    const list = isLeaf(nodeB) ? leaf(b, 'vector') : vector(b);
    const { name, form } = get(a);
    const order = form === 'transposed' ? [list, name] : [matrix(a), list];
    return { name: emitter.node('MatMul', order), form: 'vector' };
  };

  const distances = (a: NodeId, b: NodeId): Held => {
    const turned = isLeaf(nodeAt(b));
    const difference = turned
      ? emitter.node('Sub', [matrix(a), leaf(b, 'stacked')])
      : emitter.node('Sub', [emitter.node('Unsqueeze', [matrix(a), emitter.axis(1)]), matrix(b)]);
    const square = emitter.node('Mul', [difference, difference]);
    const name = emitter.node('ReduceSum', [square, emitter.axis(-1)], { keepdims: 0 });
    return { name, form: turned ? 'transposed' : 'matrix' };
  };

  const softmax = (a: NodeId, mask: NodeId | undefined): Held => {
    if (mask === undefined) return { name: emitter.node('Softmax', [matrix(a)]), form: 'matrix' };
    const penalty = once('penalty', () =>
      emitter.node('Mul', [
        emitter.node('Sub', [vector(mask), emitter.scalar(1)]),
        emitter.scalar(NEVER),
      ]),
    );
    const name = emitter.node('Softmax', [emitter.node('Add', [matrix(a), penalty])]);
    return { name, form: 'matrix' };
  };

  const transpose = (a: NodeId): Held => {
    const { name, form } = get(a);
    return form === 'transposed'
      ? { name, form: 'matrix' }
      : { name: form === 'matrix' ? name : matrix(a), form: 'transposed' };
  };

  /**
   * Whether matrix products alone use a value. onnxruntime 1.30 joins a Relu to a
   * Clip behind it, also past operators that do nothing, and then refuses doubles.
   */
  const onlyMultiplied = (id: NodeId): boolean =>
    graph.nodes.every(
      ({ operation }) => operation.op === 'matmul' || !operands(operation).includes(id),
    );

  const unary = (op: string, a: NodeId, ...more: readonly string[]): Held => {
    const { name, form } = get(a);
    return { name: emitter.node(op, [name, ...more]), form };
  };

  const lower = (id: NodeId, operation: Operation): Held | undefined => {
    switch (operation.op) {
      case 'parameter':
      case 'constant':
        // Written where they are used, in the dimensions of that use.
        return undefined;
      case 'input':
        return { name: emitter.node('Cast', [NAMES.input], { to: DOUBLE }), form: 'matrix' };
      case 'mask':
        return { name: emitter.node('Cast', [NAMES.mask], { to: DOUBLE }), form: 'vector' };
      case 'add':
        return elementwise('Add', operation.a, operation.b);
      case 'subtract':
        return elementwise('Sub', operation.a, operation.b);
      case 'multiply':
        return elementwise('Mul', operation.a, operation.b);
      case 'matmul':
        return matmul(operation.a, operation.b);
      case 'transpose':
        return transpose(operation.a);
      case 'relu':
        return onlyMultiplied(id)
          ? unary('Relu', operation.a)
          : unary('Max', operation.a, emitter.scalar(0));
      case 'exp':
        return unary('Exp', operation.a);
      case 'scale':
        return operation.factor === -1
          ? unary('Neg', operation.a)
          : unary('Mul', operation.a, emitter.scalar(operation.factor));
      case 'clip':
        return unary(
          'Clip',
          operation.a,
          emitter.scalar(operation.low),
          emitter.scalar(operation.high),
        );
      case 'sum': {
        const inputs = [matrix(operation.a), emitter.axis(-1)];
        return { name: emitter.node('ReduceSum', inputs, { keepdims: 0 }), form: 'vector' };
      }
      case 'softmax':
        return softmax(operation.a, operation.mask);
      case 'distances':
        return distances(operation.a, operation.b);
    }
  };

  return {
    visit: (id) => {
      const result = lower(id, nodeAt(id).operation);
      if (result !== undefined) held.set(id, result);
    },
    vector,
  };
};

const leafDims = (form: LeafForm, rows: number, columns: number): readonly number[] => {
  switch (form) {
    case 'matrix':
      return [rows, columns];
    case 'scalar':
      return [];
    case 'row':
      return [columns];
    case 'turned':
      return [columns, 1];
    case 'vector':
      return [rows];
    case 'stacked':
      return [rows, 1, columns];
  }
};
