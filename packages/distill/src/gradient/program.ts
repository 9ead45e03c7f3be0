/**
 * Reverse mode over a layer graph: a list of kernel calls that computes the
 * output of a batch, and one that carries the gradient of the output back to
 * the parameters. A matrix product with its bias and rectifier is one call.
 */
import type { GraphNode, LayerGraph, NodeId, Operation } from '@tinyvmaf/models';
import type { Arena, Kernel } from './kernel.js';
import type { ParameterBlocks } from './parameters.js';

/** Calls of the kernel, in order. */
type Calls = (() => void)[];

/** A graph ready for batches of one size. */
export interface Program {
  /** Address of the features, `[rows, 6]`. */
  readonly input: number;
  /** Address of the output, `[rows, 1]`: before the graph's last clip. */
  readonly output: number;
  /** Address of its gradient, which {@link Program.backward} starts from. */
  readonly gradient: number;
  /** Computes the output. */
  forward(): void;
  /** Computes the gradients of all parameters from that of the output. */
  backward(): void;
}

const ACCUMULATE = 1;
const RELU = 2;

const BINARY = { add: 0, subtract: 1, multiply: 2 } as const;

/** A matrix product, with what is done in the same call. */
interface Fused {
  readonly a: NodeId;
  readonly b: NodeId;
  readonly bias?: NodeId;
  readonly relu: boolean;
  readonly out: NodeId;
}

const operandsOf = (operation: Operation): readonly NodeId[] => [
  ...('a' in operation ? [operation.a] : []),
  ...('b' in operation ? [operation.b] : []),
];

/** What is learned: clipping would hide from training where scores lie beyond the range. */
const learnedNode = ({ nodes, output }: LayerGraph): NodeId => {
  let node = output;
  for (;;) {
    const operation = nodes[node]?.operation;
    if (operation?.op !== 'clip') return node;
    node = operation.a;
  }
};

/**
 * Lays out the graph of a frame model for batches of `rows` frames.
 * @param graph a checked graph without a mask.
 * @param blocks its parameters, in the same arena.
 * @returns the program; the kernel's memory must be reserved before it runs.
 */
export const compileProgram = (
  graph: LayerGraph,
  blocks: ParameterBlocks,
  rows: number,
  kernel: Kernel,
  arena: Arena,
): Program => {
  const root = learnedNode(graph);
  const nodeAt = (id: NodeId): GraphNode => {
    const node = graph.nodes[id];
    if (node === undefined) throw new RangeError(`no node ${id}`);
    return node;
  };
  const sizes = graph.nodes.map(({ shape: [r, c] }) => [
    r === 'N' ? rows : r,
    c === 'N' ? rows : c,
  ]);
  const rowsOf = (id: NodeId): number => sizes[id]?.[0] ?? 0;
  const columnsOf = (id: NodeId): number => sizes[id]?.[1] ?? 0;
  const countOf = (id: NodeId): number => rowsOf(id) * columnsOf(id);

  const uses = new Array<number>(graph.nodes.length).fill(0);
  uses[root] = 1;
  for (let id = root; id >= 0; id--) {
    if (uses[id] === 0) continue;
    for (const operand of operandsOf(nodeAt(id).operation))
      uses[operand] = (uses[operand] ?? 0) + 1;
  }

  /** Nodes that have no place of their own: a later call computes them on the way. */
  const inner = new Set<NodeId>();
  const fused = new Map<NodeId, Fused>();
  for (let id = 0; id <= root; id++) {
    const { operation } = nodeAt(id);
    if (uses[id] === 0) continue;
    if (operation.op === 'matmul') {
      fused.set(id, { a: operation.a, b: operation.b, relu: false, out: id });
    } else if (operation.op === 'add' || operation.op === 'relu') {
      const before = fused.get(operation.a);
      if (before === undefined || uses[operation.a] !== 1 || before.relu) continue;
      if (operation.op === 'relu') fused.set(id, { ...before, relu: true, out: id });
      else if (
        before.bias === undefined &&
        rowsOf(operation.b) === 1 &&
        columnsOf(operation.b) === columnsOf(id)
      ) {
        fused.set(id, { ...before, bias: operation.b, out: id });
      } else continue;
      inner.add(operation.a);
      fused.delete(operation.a);
    }
  }

  const values = new Map<NodeId, number>();
  const gradients = new Map<NodeId, number>();
  const constants: (readonly [number, Float64Array])[] = [];
  let input = 0;
  for (let id = 0; id <= root; id++) {
    if (uses[id] === 0 || inner.has(id)) continue;
    const { operation } = nodeAt(id);
    const slot = blocks.slots.get(id);
    const value = slot?.value ?? arena.take(countOf(id));
    values.set(id, value);
    if (operation.op === 'input') input = value;
    else if (operation.op === 'constant') constants.push([value, operation.values]);
    else if (slot !== undefined) {
      if (slot.gradient !== 0) gradients.set(id, slot.gradient);
    } else {
      const product = fused.get(id);
      const operands =
        product === undefined
          ? operandsOf(operation)
          : [product.a, product.b, ...(product.bias === undefined ? [] : [product.bias])];
      if (operands.some((operand) => gradients.has(operand))) {
        gradients.set(id, arena.take(countOf(id)));
      }
    }
  }
  const valueOf = (id: NodeId): number => values.get(id) ?? 0;
  const gradientOf = (id: NodeId): number => gradients.get(id) ?? 0;

  const forward: Calls = [];
  const backward: Calls = [];
  const written = new Set<NodeId>([root]);
  /** Whether a gradient has been begun; it counts as begun from then on. */
  const begun = (id: NodeId): boolean => {
    if (written.has(id)) return true;
    written.add(id);
    return false;
  };
  /** Address of a gradient that calls only add to; 0 where nobody wants it. */
  const added = (id: NodeId): number => {
    const at = gradientOf(id);
    if (at !== 0 && !begun(id)) {
      const from = at / 4;
      const to = from + countOf(id);
      backward.push(() => new Float32Array(kernel.memory.buffer).fill(0, from, to));
    }
    return at;
  };
  /** Room for a transposed operand. */
  const turned = (id: NodeId): number => arena.take(countOf(id));

  const forwardProduct = ({ a, b, bias, relu, out }: Fused): void => {
    const [m, n, k] = [rowsOf(a), columnsOf(b), columnsOf(a)];
    const [x, y, z] = [valueOf(a), valueOf(b), valueOf(out)];
    const start = bias === undefined ? 0 : valueOf(bias);
    forward.push(() => kernel.gemm(x, k, 1, y, start, z, m, n, k, relu ? RELU : 0));
  };
  const backwardProduct = ({ a, b, bias, relu, out }: Fused): void => {
    const [m, n, k] = [rowsOf(a), columnsOf(b), columnsOf(a)];
    const [x, y, z, d] = [valueOf(a), valueOf(b), valueOf(out), gradientOf(out)];
    if (relu) {
      const count = Math.ceil((m * n) / 4) * 4;
      backward.push(() => kernel.maskPositive(z, d, count));
    }
    const db = bias === undefined ? 0 : gradientOf(bias);
    if (bias !== undefined && db !== 0) {
      const flags = begun(bias) ? ACCUMULATE : 0;
      backward.push(() => kernel.columnSums(d, db, m, n, flags));
    }
    const dy = gradientOf(b);
    if (dy !== 0) {
      const flags = begun(b) ? ACCUMULATE : 0;
      // A single column lies as a row does, and rows are what the kernel does four at a time.
      if (n === 1) backward.push(() => kernel.gemm(d, 1, 1, x, 0, dy, 1, k, m, flags));
      else backward.push(() => kernel.gemm(x, 1, k, d, 0, dy, k, n, m, flags));
    }
    const dx = gradientOf(a);
    if (dx !== 0) {
      const flags = begun(a) ? ACCUMULATE : 0;
      const across = turned(b);
      backward.push(() => {
        kernel.transpose(y, across, k, n, 0);
        kernel.gemm(d, n, 1, across, 0, dx, m, k, n, flags);
      });
    }
  };

  const forwardOther = (id: NodeId, operation: Operation): void => {
    const out = valueOf(id);
    const [r, c, count] = [rowsOf(id), columnsOf(id), countOf(id)];
    switch (operation.op) {
      case 'add':
      case 'subtract':
      case 'multiply': {
        const [x, y, bi, bj] = broadcast(operation.a, operation.b);
        forward.push(() => kernel.binary(BINARY[operation.op], x, y, out, r, c, bi, bj));
        return;
      }
      case 'transpose': {
        const x = valueOf(operation.a);
        forward.push(() => kernel.transpose(x, out, c, r, 0));
        return;
      }
      case 'relu': {
        const x = valueOf(operation.a);
        forward.push(() => kernel.clamp(x, out, count, 0, Infinity));
        return;
      }
      case 'clip': {
        const x = valueOf(operation.a);
        const { low, high } = operation;
        forward.push(() => kernel.clamp(x, out, count, low, high));
        return;
      }
      case 'exp': {
        const x = valueOf(operation.a);
        forward.push(() => kernel.exponential(x, out, count));
        return;
      }
      case 'scale': {
        const x = valueOf(operation.a);
        const { factor } = operation;
        forward.push(() => kernel.scale(x, out, count, factor));
        return;
      }
      case 'sum': {
        const x = valueOf(operation.a);
        const columns = columnsOf(operation.a);
        forward.push(() => kernel.rowSums(x, out, r, columns));
        return;
      }
      case 'softmax': {
        const x = valueOf(operation.a);
        forward.push(() => kernel.softmax(x, 0, out, r, c));
        return;
      }
      case 'distances': {
        const [x, y, k] = [valueOf(operation.a), valueOf(operation.b), columnsOf(operation.a)];
        forward.push(() => kernel.distances(x, y, out, r, c, k));
        return;
      }
      case 'input':
      case 'mask':
      case 'parameter':
      case 'constant':
      case 'matmul':
    }
  };
  /** Places of two operands and the steps of the second. */
  const broadcast = (a: NodeId, b: NodeId): readonly [number, number, number, number] => [
    valueOf(a),
    valueOf(b),
    rowsOf(b) === 1 ? 0 : columnsOf(b),
    columnsOf(b) === 1 ? 0 : 1,
  ];

  const backwardOther = (id: NodeId, operation: Operation): void => {
    const [out, d] = [valueOf(id), gradientOf(id)];
    const [r, c, count] = [rowsOf(id), columnsOf(id), countOf(id)];
    switch (operation.op) {
      case 'add':
      case 'subtract':
      case 'multiply': {
        const [x, y, bi, bj] = broadcast(operation.a, operation.b);
        const da = added(operation.a);
        const db = added(operation.b);
        const op = BINARY[operation.op];
        backward.push(() => kernel.binaryBack(op, x, y, d, da, db, r, c, bi, bj));
        return;
      }
      case 'transpose': {
        const da = added(operation.a);
        backward.push(() => kernel.transpose(d, da, r, c, ACCUMULATE));
        return;
      }
      case 'relu': {
        const [x, da] = [valueOf(operation.a), added(operation.a)];
        backward.push(() => kernel.clampBack(x, d, da, count, 0, Infinity));
        return;
      }
      case 'clip': {
        const [x, da] = [valueOf(operation.a), added(operation.a)];
        const { low, high } = operation;
        backward.push(() => kernel.clampBack(x, d, da, count, low, high));
        return;
      }
      case 'exp': {
        const da = added(operation.a);
        backward.push(() => kernel.exponentialBack(out, d, da, count));
        return;
      }
      case 'scale': {
        const da = added(operation.a);
        const { factor } = operation;
        backward.push(() => kernel.scaleBack(d, da, count, factor));
        return;
      }
      case 'sum': {
        const da = added(operation.a);
        const columns = columnsOf(operation.a);
        backward.push(() => kernel.rowSumsBack(d, da, r, columns));
        return;
      }
      case 'softmax': {
        const da = added(operation.a);
        backward.push(() => kernel.softmaxBack(out, d, da, r, c));
        return;
      }
      case 'distances': {
        const [x, y, k] = [valueOf(operation.a), valueOf(operation.b), columnsOf(operation.a)];
        const da = added(operation.a);
        const db = added(operation.b);
        backward.push(() => kernel.distancesBack(x, y, d, da, db, r, c, k));
        return;
      }
      case 'input':
      case 'mask':
      case 'parameter':
      case 'constant':
      case 'matmul':
    }
  };

  const computed = [...values.keys()];
  for (const id of computed) {
    const product = fused.get(id);
    if (product === undefined) forwardOther(id, nodeAt(id).operation);
    else forwardProduct(product);
  }
  for (const id of computed.reverse()) {
    if (!gradients.has(id)) continue;
    const product = fused.get(id);
    if (product === undefined) backwardOther(id, nodeAt(id).operation);
    else backwardProduct(product);
  }

  let ready = false;
  return {
    input,
    output: valueOf(root),
    gradient: gradientOf(root),
    forward: () => {
      if (!ready) {
        const memory = new Float32Array(kernel.memory.buffer);
        for (const [at, numbers] of constants) memory.set(numbers, at / 4);
        ready = true;
      }
      for (const call of forward) call();
    },
    backward: () => {
      for (const call of backward) call();
    },
  };
};
