// Random graphs over the whole closed set, for properties that every graph has.
import { createRandom, type Random } from '@tinyvmaf/core';
import {
  graphBuilder,
  parameters,
  type GraphBuilder,
  type LayerGraph,
  type NodeId,
  type Weights,
} from '@tinyvmaf/models';

const STORAGES = ['float32', 'float64', 'int8'] as const;

/** A builder that remembers what it has made, and picks from it. */
interface Sketch {
  readonly b: GraphBuilder;
  readonly random: Random;
  readonly values: NodeId[];
  names: number;
}

const pick = <A>(random: Random, items: readonly A[]): A => items[random.below(items.length)]!;

/** A parameter or constant of this shape. */
const leaf = ({ b, random }: Sketch, rows: number, columns: number, name: string): NodeId => {
  if (random.below(3) === 0) {
    const values = Float64Array.from({ length: rows * columns }, () => random.float() * 2 - 1);
    return b.constant([rows, columns], random.below(2) === 0 ? values : values.map(Math.fround));
  }
  return b.parameter(name, [rows, columns], {
    storage: pick(random, STORAGES),
    initial: { kind: 'normal', deviation: 0.5 },
  });
};

const step = (sketch: Sketch, kind: LayerGraph['kind']): void => {
  const { b, random, values } = sketch;
  const name = `p${sketch.names++}`;
  const a = random.below(3) === 0 ? pick(random, values) : values.at(-1)!;
  const [rows, columns] = b.shape(a);
  const own = (): NodeId | undefined =>
    columns === 'N'
      ? b.constant([1, 1], [random.float()])
      : leaf(sketch, 1, random.below(3) === 0 ? 1 : columns, name);
  const op = pick(random, ['add', 'subtract', 'multiply'] as const);
  const made = ((): NodeId | undefined => {
    switch (random.below(12)) {
      case 0:
      case 1:
        return b[op](a, own()!);
      case 2: {
        const fitting = values.filter((value) => {
          const [r, c] = b.shape(value);
          return (r === rows || r === 1) && (c === columns || c === 1);
        });
        return b[op](a, pick(random, fitting));
      }
      case 3:
      case 4:
        return columns === 'N'
          ? undefined
          : b.matmul(a, leaf(sketch, columns, 1 + random.below(5), name));
      case 5:
        return b.relu(a);
      case 6:
        return b.exp(b.clip(a, -3, 2));
      case 7:
        return b.scale(a, pick(random, [-1, 1, 0.5, 2]));
      case 8:
        return columns === 'N' ? undefined : b.softmax(a);
      case 9:
        return b.sum(a);
      case 10:
        return columns === 'N'
          ? undefined
          : b.distances(a, leaf(sketch, 1 + random.below(4), columns, name));
      default:
        return kind === 'frame' ? b.clip(a, -2, 2) : clipStep(sketch, a);
    }
  })();
  if (made !== undefined) values.push(made);
};

/** Operations that mix frames. */
const clipStep = ({ b, random, values }: Sketch, a: NodeId): NodeId | undefined => {
  const [rows, columns] = b.shape(a);
  if (rows !== 'N' || columns === 'N') return b.transpose(a);
  switch (random.below(4)) {
    case 0:
      return b.matmul(b.softmax(b.matmul(a, b.transpose(a)), b.mask()), a);
    case 1:
      return b.multiply(a, b.mask());
    case 2: {
      const shares = b.softmax(b.transpose(b.sum(a)), b.mask());
      return b.matmul(
        shares,
        pick(
          random,
          values.filter((value) => b.shape(value)[0] === 'N'),
        ),
      );
    }
    default:
      return b.clip(b.distances(a, a), 0, 5);
  }
};

/** The last value as a score of the graph's kind. */
const finish = ({ b, random, values }: Sketch, kind: LayerGraph['kind']): LayerGraph => {
  const usable = values.filter((value) => b.shape(value)[0] === 'N' && b.shape(value)[1] !== 'N');
  const last = usable.at(-1)!;
  const columns = b.shape(last)[1] as number;
  const score =
    random.below(2) === 0
      ? b.sum(last)
      : b.matmul(last, b.parameter('last', [columns, 1], { storage: pick(random, STORAGES) }));
  const moved = random.below(2) === 0 ? b.add(b.scale(score, 30), b.constant([1, 1], [60])) : score;
  const out = kind === 'frame' ? moved : b.matmul(b.softmax(b.transpose(moved), b.mask()), moved);
  return b.finish(random.below(3) === 0 ? out : b.clip(out, 0, 100));
};

/** A random graph of 3 to 15 operations; the same for the same seed. */
export const randomGraph = (seed: number, kind: LayerGraph['kind']): LayerGraph => {
  const random = createRandom(seed);
  const b = graphBuilder(kind);
  const scale = b.constant([1, 6], [1, 1, 1, 1, 1, 0.05]);
  const sketch: Sketch = { b, random, values: [b.multiply(b.input(), scale)], names: 0 };
  const steps = 3 + random.below(12);
  for (let i = 0; i < steps; i++) step(sketch, kind);
  return finish(sketch, kind);
};

/** Weights that are no beginnings: none is zero. */
export const someWeights = (graph: LayerGraph, seed: number): Weights => {
  const random = createRandom(seed);
  return new Map(
    parameters(graph).map(({ name, rows, columns }) => [
      name,
      Float64Array.from({ length: rows * columns }, () => random.float() * 2 - 1),
    ]),
  );
};
