/**
 * Folds fixed scales and shifts into the matrices beside them, in binary64:
 * standardisation of the features into the first layer, the scale of the score
 * into the last one. Files then hold one matrix and one bias where training
 * had three operations, and rounding to the file's storage happens once.
 */
import { buildGraph, type GraphBuilder } from './builder.js';
import type { GraphNode, LayerGraph, NodeId, Operation, Weights } from './graph.js';
import { operands } from './shape.js';

/** A graph with its weights. */
export interface WeightedGraph {
  /** The graph. */
  readonly graph: LayerGraph;
  /** Numbers of its parameters. */
  readonly weights: Weights;
}

/** A value that is `base * scale + shift`, column by column, with fixed numbers. */
interface Affine {
  /** Node of the new graph. */
  readonly base: NodeId;
  /** One per column; absent where it is 1. */
  readonly scale?: Float64Array;
  /** One per column; absent where it is 0. */
  readonly shift?: Float64Array;
  /** Whether nothing else uses the base. */
  readonly exclusive: boolean;
}

type ParameterOperation = Operation & { op: 'parameter' };

/**
 * The same function with fewer operations.
 * @param graph a checked graph.
 * @param weights checked weights of it.
 * @returns a graph whose parameters keep names, shapes and storage, and their
 *   new numbers. Eight-bit matrices and parameters used more than once are left
 *   alone. Scores differ by rounding in binary64 only.
 */
export const foldGraph = (graph: LayerGraph, weights: Weights): WeightedGraph => {
  const folded = new Map<string, Float64Array>();
  const result = buildGraph(graph.kind, (builder) => fold(graph, weights, builder, folded));
  return { graph: result, weights: folded };
};

const countUses = (graph: LayerGraph): readonly number[] => {
  const uses = new Array<number>(graph.nodes.length).fill(0);
  uses[graph.output] = 1;
  for (let node = graph.output; node >= 0; node--) {
    const operation = graph.nodes[node]?.operation;
    if (operation === undefined || uses[node] === 0) continue;
    for (const operand of operands(operation)) uses[operand] = (uses[operand] ?? 0) + 1;
  }
  return uses;
};

const fold = (
  graph: LayerGraph,
  weights: Weights,
  builder: GraphBuilder,
  folded: Map<string, Float64Array>,
): NodeId => {
  const uses = countUses(graph);
  const values = new Map<NodeId, Affine>();
  const copies = new Map<NodeId, NodeId>();
  const plain = new Map<NodeId, NodeId>();
  /** Which old operation a node of the new graph stands for. */
  const origin = new Map<NodeId, NodeId>();

  const nodeAt = (id: NodeId): GraphNode => {
    const node = graph.nodes[id];
    if (node === undefined) throw new RangeError(`no node ${id}`);
    return node;
  };
  const once = (id: NodeId): boolean => uses[id] === 1;
  const columnsOf = (id: NodeId): number | undefined => {
    const columns = nodeAt(id).shape[1];
    return columns === 'N' ? undefined : columns;
  };
  /** A parameter whose numbers may be changed. */
  const loose = (id: NodeId): ParameterOperation | undefined => {
    const { operation } = nodeAt(id);
    return operation.op === 'parameter' && operation.storage !== 'int8' && once(id)
      ? operation
      : undefined;
  };
  const numbers = (parameter: ParameterOperation): Float64Array =>
    folded.get(parameter.name) ?? weights.get(parameter.name) ?? new Float64Array(0);
  /** Numbers of a constant with one row, as one per column of another value. */
  const constantRow = (id: NodeId, columns: number): Float64Array | undefined => {
    const { operation, shape } = nodeAt(id);
    if (operation.op !== 'constant' || shape[0] !== 1) return undefined;
    const { values: row } = operation;
    return new Float64Array(columns).map((_, j) => row[shape[1] === 1 ? 0 : j] ?? NaN);
  };

  /** A leaf of the old graph, copied when it is first used. */
  const leaf = (id: NodeId): NodeId => {
    const known = copies.get(id);
    if (known !== undefined) return known;
    const {
      operation,
      shape: [rows, columns],
    } = nodeAt(id);
    if (rows === 'N' || columns === 'N') throw new RangeError(`node ${id} is no leaf`);
    let copy: NodeId;
    if (operation.op === 'parameter') {
      const { name, initial, storage, frozen } = operation;
      if (!folded.has(name))
        folded.set(name, weights.get(name) ?? new Float64Array(rows * columns));
      // Where it begins no longer matters, and values would not be true any more.
      const begin = initial.kind === 'values' ? ({ kind: 'zeros' } as const) : initial;
      copy = builder.parameter(name, [rows, columns], { initial: begin, storage, frozen });
    } else if (operation.op === 'constant') {
      copy = builder.constant([rows, columns], operation.values);
    } else throw new RangeError(`node ${id} is no leaf`);
    copies.set(id, copy);
    return copy;
  };

  /** Puts scale and shift into the layer that makes the base; what is left comes back. */
  const pushBack = (value: Affine): Affine => {
    if (!value.exclusive) return value;
    const from = origin.get(value.base);
    if (from === undefined) return value;
    const { operation } = nodeAt(from);
    let product = from;
    let bias: ParameterOperation | undefined;
    if (operation.op === 'add') {
      bias = loose(operation.b);
      if (bias === undefined || nodeAt(operation.b).shape[0] !== 1) return value;
      product = operation.a;
      if (nodeAt(operation.b).shape[1] !== columnsOf(product)) return value;
    }
    const { scale, shift, ...rest } = value;
    if (scale !== undefined) {
      const multiplied = nodeAt(product).operation;
      if (multiplied.op !== 'matmul' || (bias !== undefined && !once(product))) return value;
      const matrix = loose(multiplied.b);
      if (matrix === undefined) return value;
      const columns = scale.length;
      folded.set(
        matrix.name,
        numbers(matrix).map((each, i) => each * (scale[i % columns] ?? NaN)),
      );
    }
    if (bias === undefined) return shift === undefined ? rest : { ...rest, shift };
    folded.set(
      bias.name,
      numbers(bias).map((each, j) => each * (scale?.[j] ?? 1) + (shift?.[j] ?? 0)),
    );
    return rest;
  };

  const multiplied = (node: NodeId, scale: Float64Array | undefined): NodeId => {
    if (scale === undefined) return node;
    const [first = NaN] = scale;
    return scale.every((each) => each === first)
      ? builder.scale(node, first)
      : builder.multiply(node, builder.constant([1, scale.length], scale));
  };

  /** A node of the new graph with exactly this value. */
  const materialise = (id: NodeId): NodeId => {
    const known = plain.get(id);
    if (known !== undefined) return known;
    const value = values.get(id);
    if (value === undefined) return leaf(id);
    const { base, scale, shift } =
      value.scale === undefined && value.shift === undefined ? value : pushBack(value);
    const scaled = multiplied(base, scale);
    const node =
      shift === undefined ? scaled : builder.add(scaled, builder.constant(...rowConstant(shift)));
    plain.set(id, node);
    return node;
  };

  const fresh = (id: NodeId, base: NodeId): Affine => {
    origin.set(base, id);
    return { base, exclusive: true };
  };

  const affine = (a: NodeId, times: Float64Array | undefined, plus: Float64Array | undefined) => {
    const value = values.get(a);
    if (value === undefined) return undefined;
    const scale = combine(value.scale, times, (x, y) => x * y, 1);
    const moved =
      value.shift && times ? combine(value.shift, times, (x, y) => x * y, 1) : value.shift;
    const shift = combine(moved, plus, (x, y) => x + y, 0);
    return {
      base: value.base,
      exclusive: value.exclusive && once(a),
      ...(scale === undefined ? {} : { scale }),
      ...(shift === undefined ? {} : { shift }),
    } satisfies Affine;
  };

  /** A matrix whose rows take up a scale, and the row that a shift leaves behind. */
  const matmul = (id: NodeId, a: NodeId, b: NodeId): Affine => {
    const value = values.get(a);
    const matrix = loose(b);
    const columns = columnsOf(id);
    if (
      value === undefined ||
      matrix === undefined ||
      columns === undefined ||
      (value.scale ?? value.shift) === undefined
    ) {
      return fresh(id, builder.matmul(materialise(a), materialise(b)));
    }
    const before = numbers(matrix);
    const shift = new Float64Array(columns);
    for (const [k, each] of (value.shift ?? []).entries()) {
      for (let j = 0; j < columns; j++) {
        shift[j] = (shift[j] ?? NaN) + each * (before[k * columns + j] ?? NaN);
      }
    }
    const { scale } = value;
    if (scale !== undefined) {
      folded.set(
        matrix.name,
        before.map((each, i) => each * (scale[Math.floor(i / columns)] ?? NaN)),
      );
    }
    const product = fresh(id, builder.matmul(value.base, leaf(b)));
    return value.shift === undefined ? product : { ...product, shift };
  };

  /** A bias takes up a shift. */
  const add = (id: NodeId, a: NodeId, b: NodeId): Affine => {
    const value = values.get(a);
    const bias = loose(b);
    const { shape } = nodeAt(b);
    const shift = value?.shift;
    if (
      value === undefined ||
      shift === undefined ||
      value.scale !== undefined ||
      bias === undefined ||
      shape[0] !== 1 ||
      shape[1] !== shift.length
    ) {
      return fresh(id, builder.add(materialise(a), materialise(b)));
    }
    folded.set(
      bias.name,
      numbers(bias).map((each, j) => each + (shift[j] ?? NaN)),
    );
    return fresh(id, builder.add(value.base, leaf(b)));
  };

  /** Centres take up a shift: the distance of x + t to c is that of x to c - t. */
  const distances = (id: NodeId, a: NodeId, b: NodeId): Affine => {
    const value = values.get(a);
    const centres = loose(b);
    const shift = value?.shift;
    if (value === undefined || shift === undefined || centres === undefined) {
      return fresh(id, builder.distances(materialise(a), materialise(b)));
    }
    const columns = shift.length;
    folded.set(
      centres.name,
      numbers(centres).map((each, i) => each - (shift[i % columns] ?? NaN)),
    );
    return fresh(id, builder.distances(multiplied(value.base, value.scale), leaf(b)));
  };

  const visit = (id: NodeId): Affine | undefined => {
    const { operation } = nodeAt(id);
    const columns = columnsOf(id);
    switch (operation.op) {
      case 'parameter':
      case 'constant':
        return undefined;
      case 'input':
        return fresh(id, builder.input());
      case 'mask':
        return fresh(id, builder.mask());
      case 'add':
      case 'subtract':
      case 'multiply': {
        const { op, a, b } = operation;
        const row = columns === undefined ? undefined : constantRow(b, columns);
        if (row !== undefined) {
          const moved =
            op === 'multiply'
              ? affine(a, row, undefined)
              : affine(a, undefined, op === 'add' ? row : row.map((each) => -each));
          if (moved !== undefined) return moved;
        }
        return op === 'add'
          ? add(id, a, b)
          : fresh(id, builder[op](materialise(a), materialise(b)));
      }
      case 'scale': {
        const factor = columns && new Float64Array(columns).fill(operation.factor);
        const moved = factor ? affine(operation.a, factor, undefined) : undefined;
        return moved ?? fresh(id, builder.scale(materialise(operation.a), operation.factor));
      }
      case 'matmul':
        return matmul(id, operation.a, operation.b);
      case 'distances':
        return distances(id, operation.a, operation.b);
      case 'softmax':
        return fresh(
          id,
          builder.softmax(
            materialise(operation.a),
            operation.mask === undefined ? undefined : materialise(operation.mask),
          ),
        );
      case 'clip':
        return fresh(id, builder.clip(materialise(operation.a), operation.low, operation.high));
      case 'transpose':
      case 'relu':
      case 'exp':
      case 'sum':
        return fresh(id, builder[operation.op](materialise(operation.a)));
    }
  };

  for (let id = 0; id <= graph.output; id++) {
    if ((uses[id] ?? 0) === 0) continue;
    const value = visit(id);
    if (value !== undefined) values.set(id, value);
  }
  return materialise(graph.output);
};

/** A row as a constant: a single number where all are equal. */
const rowConstant = (row: Float64Array): readonly [readonly [number, number], Float64Array] =>
  row.every((each) => Object.is(each, row[0])) ? [[1, 1], row.slice(0, 1)] : [[1, row.length], row];

const combine = (
  a: Float64Array | undefined,
  b: Float64Array | undefined,
  f: (x: number, y: number) => number,
  none: number,
): Float64Array | undefined => {
  if (a === undefined) return b;
  if (b === undefined) return a;
  const out = a.map((each, i) => f(each, b[i] ?? NaN));
  return out.every((each) => each === none) ? undefined : out;
};
