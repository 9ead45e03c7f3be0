// The layer graph as a function of jax-js, whose gradients somebody else wrote:
// an oracle for ours. Binary32, on its WebAssembly backend.
import type { LayerGraph, NodeId, Weights } from '@tinyvmaf/models';
import { parameters } from '@tinyvmaf/models';

// It looks for this class, which Node has from version 24 on, and does without what it would hold.
const holder = globalThis as { Float16Array?: unknown };
holder.Float16Array ??= class {};

const jax = await import('@jax-js/jax');
await jax.init('wasm');
jax.defaultDevice('wasm');
const { grad, nn, numpy: np } = jax;
type Value = ReturnType<typeof np.add>;

const matrix = (values: ArrayLike<number>, rows: number, columns: number): Value =>
  np.array(
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (__, j) => values[i * columns + j]!),
    ),
  );

/** Gradients of the sum of `pull * output`, by parameter, row by row. */
export const byJax = async (
  graph: LayerGraph,
  weights: Weights,
  features: Float64Array,
  pull: Float64Array,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const rows = pull.length;
  const all = parameters(graph);
  const trained = all.filter(({ frozen }) => !frozen);
  const of = ({ name, rows: r, columns: c }: (typeof all)[number]): Value =>
    matrix(weights.get(name)!, r, c);

  const loss = (given: Value[]): Value => {
    const values: Value[] = [];
    /** Each use of a value counts: jax-js frees what has been used as often as it was asked for. */
    const at = (node: NodeId): Value => values[node]!.ref;
    for (const { operation, shape } of graph.nodes) {
      values.push(
        ((): Value => {
          switch (operation.op) {
            case 'input':
              return matrix(features, rows, 6);
            case 'constant':
              return matrix(operation.values, Number(shape[0]), Number(shape[1]));
            case 'parameter': {
              const index = trained.findIndex(({ name }) => name === operation.name);
              return index >= 0
                ? given[index]!.ref
                : of(all.find(({ name }) => name === operation.name)!);
            }
            case 'add':
              return np.add(at(operation.a), at(operation.b));
            case 'subtract':
              return np.add(at(operation.a), np.multiply(at(operation.b), -1));
            case 'multiply':
              return np.multiply(at(operation.a), at(operation.b));
            case 'matmul':
              return np.matmul(at(operation.a), at(operation.b));
            case 'transpose':
              return np.transpose(at(operation.a));
            case 'relu':
              return np.maximum(at(operation.a), 0);
            case 'exp':
              return np.exp(at(operation.a));
            case 'scale':
              return np.multiply(at(operation.a), operation.factor);
            case 'clip':
              return np.clip(at(operation.a), operation.low, operation.high);
            case 'sum':
              return np.sum(at(operation.a), 1, { keepdims: true });
            case 'softmax':
              return nn.softmax(at(operation.a), 1);
            case 'distances': {
              const difference = np.add(
                np.expandDims(at(operation.a), 1),
                np.multiply(np.expandDims(at(operation.b), 0), -1),
              );
              return np.sum(np.multiply(difference.ref, difference), 2);
            }
            case 'mask':
              throw new Error('frame models have no mask');
          }
        })(),
      );
    }
    return np.sum(np.multiply(at(graph.output), matrix(pull, rows, 1)));
  };

  const gradients = grad(loss)(trained.map(of));
  const out = new Map<string, readonly number[]>();
  for (const [i, { name }] of trained.entries()) {
    out.set(name, ((await gradients[i]!.js()) as number[][]).flat());
  }
  return out;
};
