/**
 * Shapes of the graph's operations: which operands fit, and what comes out.
 * The one place where these rules are written; the builder and the check of
 * foreign graphs both ask here.
 */
import type { GraphNode, LayerGraph, Operation, Shape } from './graph.js';

/** Number of features of a frame: columns of the input. */
export const INPUT_COLUMNS = 6;

/** Most elements of one parameter or constant. */
const MAX_LEAF_ELEMENTS = 2 ** 22;

/** A shape as messages show it: `[N, 6]`. */
export const shapeText = ([rows, columns]: Shape): string => `[${rows}, ${columns}]`;

/** Number of elements of a shape without `N`; `undefined` with. */
const elementCount = ([rows, columns]: Shape): number | undefined =>
  rows === 'N' || columns === 'N' ? undefined : rows * columns;

/** What a node is called in messages: `node 4 (matmul)`, with the name of a parameter. */
export const nodeName = (index: number, operation: Operation): string =>
  operation.op === 'parameter'
    ? `node ${index} (parameter ${operation.name})`
    : `node ${index} (${operation.op})`;

/** Operands of an operation, in order. */
export const operands = (operation: Operation): readonly number[] => {
  switch (operation.op) {
    case 'input':
    case 'mask':
    case 'parameter':
    case 'constant':
      return [];
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'matmul':
    case 'distances':
      return [operation.a, operation.b];
    case 'softmax':
      return operation.mask === undefined ? [operation.a] : [operation.a, operation.mask];
    case 'transpose':
    case 'relu':
    case 'exp':
    case 'scale':
    case 'sum':
    case 'clip':
      return [operation.a];
  }
};

/** Shape of an operation's value, or what does not fit. */
export type Inferred = { readonly shape: Shape } | { readonly problem: string };

const fits = (shape: Shape): Inferred => ({ shape });
const wrong = (problem: string): Inferred => ({ problem });

const isSize = (value: number | 'N'): boolean =>
  value === 'N' || (Number.isSafeInteger(value) && value >= 1);

const leaf = (operation: Operation & { op: 'parameter' | 'constant' }, shape: Shape): Inferred => {
  if (!isSize(shape[0]) || !isSize(shape[1])) {
    return wrong(`the shape ${shapeText(shape)} must be two integers >= 1`);
  }
  const count = elementCount(shape);
  if (count === undefined) return wrong(`the shape ${shapeText(shape)} must not hold N`);
  if (count > MAX_LEAF_ELEMENTS) {
    return wrong(
      `${shapeText(shape)} has ${count} numbers; at most ${MAX_LEAF_ELEMENTS} are taken`,
    );
  }
  const values =
    operation.op === 'constant'
      ? operation.values
      : operation.initial.kind === 'values'
        ? operation.initial.values
        : undefined;
  if (values !== undefined && values.length !== count) {
    return wrong(`${shapeText(shape)} needs ${count} numbers, ${values.length} are given`);
  }
  if (values !== undefined && !values.every(Number.isFinite)) {
    return wrong('all numbers must be finite');
  }
  if (operation.op === 'constant') return fits(shape);
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(operation.name)) {
    return wrong('a name is a letter and up to 63 letters, digits, dots, hyphens or underscores');
  }
  if (!['float32', 'float64', 'int8'].includes(operation.storage)) {
    return wrong(`the storage must be float32, float64 or int8, is ${String(operation.storage)}`);
  }
  const { initial } = operation;
  if (
    initial.kind === 'normal' &&
    !(Number.isFinite(initial.deviation) && initial.deviation >= 0)
  ) {
    return wrong(`the deviation must be a finite number >= 0, is ${initial.deviation}`);
  }
  return fits(shape);
};

const elementwise = (a: Shape, b: Shape): Inferred =>
  (b[0] === a[0] || b[0] === 1) && (b[1] === a[1] || b[1] === 1)
    ? fits(a)
    : wrong(
        `the shape ${shapeText(b)} of b does not fit ${shapeText(a)} of a: each side must be equal or 1`,
      );

/**
 * Shape of a value.
 * @param nodes the nodes before it.
 * @param declared shape that a parameter or constant says it has.
 */
export const inferShape = (
  kind: LayerGraph['kind'],
  operation: Operation,
  nodes: readonly GraphNode[],
  declared: Shape,
): Inferred => {
  const inferred = infer(kind, operation, nodes, declared);
  // The rows of a frame model are frames that know nothing of each other.
  return kind === 'frame' && 'shape' in inferred && inferred.shape[1] === 'N'
    ? wrong(`the value would be ${shapeText(inferred.shape)}; a frame model must not mix frames`)
    : inferred;
};

const infer = (
  kind: LayerGraph['kind'],
  operation: Operation,
  nodes: readonly GraphNode[],
  declared: Shape,
): Inferred => {
  const shapeOf = (node: number): Shape => shapeAt(nodes, node);
  switch (operation.op) {
    case 'input':
      return fits(['N', INPUT_COLUMNS]);
    case 'mask':
      return kind === 'clip' ? fits(['N', 1]) : wrong('only clip models have a mask');
    case 'parameter':
    case 'constant':
      return leaf(operation, declared);
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwise(shapeOf(operation.a), shapeOf(operation.b));
    case 'matmul': {
      const a = shapeOf(operation.a);
      const b = shapeOf(operation.b);
      return a[1] === b[0]
        ? fits([a[0], b[1]])
        : wrong(`a is ${shapeText(a)} and b ${shapeText(b)}: columns of a must equal rows of b`);
    }
    case 'transpose': {
      const [rows, columns] = shapeOf(operation.a);
      return fits([columns, rows]);
    }
    case 'relu':
    case 'exp':
      return fits(shapeOf(operation.a));
    case 'scale':
      return Number.isFinite(operation.factor)
        ? fits(shapeOf(operation.a))
        : wrong(`the factor must be finite, is ${operation.factor}`);
    case 'clip':
      return Number.isFinite(operation.low) &&
        Number.isFinite(operation.high) &&
        operation.low <= operation.high
        ? fits(shapeOf(operation.a))
        : wrong(`low ${operation.low} and high ${operation.high} must be finite and in order`);
    case 'sum':
      return fits([shapeOf(operation.a)[0], 1]);
    case 'softmax': {
      const a = shapeOf(operation.a);
      if (operation.mask === undefined) {
        return a[1] === 'N'
          ? wrong('a softmax over frames needs the mask, or padding would count')
          : fits(a);
      }
      if (nodes[operation.mask]?.operation.op !== 'mask') {
        return wrong(`its mask is node ${operation.mask}, which is not the mask of the clip`);
      }
      const mask = shapeOf(operation.mask);
      return mask[0] === a[1] && mask[1] === 1
        ? fits(a)
        : wrong(`a is ${shapeText(a)}, so the mask must be [${a[1]}, 1], is ${shapeText(mask)}`);
    }
    case 'distances': {
      const a = shapeOf(operation.a);
      const b = shapeOf(operation.b);
      return a[1] === b[1] && a[1] !== 'N'
        ? fits([a[0], b[0]])
        : wrong(`a is ${shapeText(a)} and b ${shapeText(b)}: both need the same columns, not N`);
    }
  }
};

/** Shape of the output that a kind of model must have. */
export const outputShape = (kind: LayerGraph['kind']): Shape =>
  kind === 'frame' ? ['N', 1] : [1, 1];

/** Shape of a node; `[0, 0]` for what is not there, which {@link inferShape} then refuses. */
export const shapeAt = (nodes: readonly GraphNode[], node: number): Shape =>
  nodes[node]?.shape ?? [0, 0];
