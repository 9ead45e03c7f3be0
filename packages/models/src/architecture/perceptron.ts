/**
 * A1 and A2: multi-layer perceptrons with rectifiers, the plain choice. First
 * and last layer are binary32, because standardisation and the scale of scores
 * are folded into them; what lies between is kept in eight bits.
 */
import * as t from 'io-ts';
import { buildGraph, type GraphBuilder } from '../graph/builder.js';
import type { NodeId } from '../graph/graph.js';
import type { Architecture } from './architecture.js';
import { integerWithin, points, standardised } from './standard.js';

/** Options of the perceptrons. */
export interface PerceptronOptions {
  /** Hidden layers, 1 .. 8. */
  readonly layers: number;
  /** Units of each, 1 .. 512. */
  readonly width: number;
  /** Whether hidden matrices are kept in eight bits; they are by default. */
  readonly int8: boolean;
}

/** A boolean; what is missing becomes the default. */
const booleanOr = (preset: boolean): t.Type<boolean, boolean, unknown> =>
  new t.Type<boolean, boolean, unknown>(
    'a boolean',
    (value): value is boolean => typeof value === 'boolean',
    (value, context) =>
      value === undefined
        ? t.success(preset)
        : typeof value === 'boolean'
          ? t.success(value)
          : t.failure(value, context),
    (value) => value,
  );

const options = (layers: number, width: number): t.Type<PerceptronOptions, unknown> =>
  t.strict({
    layers: integerWithin(1, 8, layers),
    width: integerWithin(1, 512, width),
    int8: booleanOr(true),
  });

/** Hidden layers over the features, `[N, width]`; parameters `layer1.weight`, `layer1.bias`, ... */
export const trunk = (b: GraphBuilder, { layers, width, int8 }: PerceptronOptions): NodeId => {
  let hidden = standardised(b);
  for (let layer = 1; layer <= layers; layer++) {
    const first = layer === 1;
    const linear = b.linear(hidden, `layer${layer}`, width, {
      storage: int8 && !first ? 'int8' : 'float32',
      bias: first ? { kind: 'normal', deviation: 0.3 } : { kind: 'zeros' },
    });
    hidden = b.relu(linear);
  }
  return hidden;
};

const perceptron = (
  id: string,
  title: string,
  layers: number,
  width: number,
  budget: NonNullable<Architecture['budget']>,
): Architecture<PerceptronOptions> => ({
  apiVersion: 1,
  id,
  title,
  version: 1,
  input: 'frame',
  options: options(layers, width),
  build: (given) =>
    buildGraph('frame', (b) => points(b, b.linear(trunk(b, given), 'score', 1)), id),
  budget,
});

/** Two hidden layers of 64. */
export const a1: Architecture<PerceptronOptions> = perceptron(
  'a1',
  'Perceptron with two hidden layers of 64',
  2,
  64,
  { onnxBytes: 10_000, tier: 'tiny' },
);

/** Three hidden layers of 128. */
export const a2: Architecture<PerceptronOptions> = perceptron(
  'a2',
  'Perceptron with three hidden layers of 128',
  3,
  128,
  { onnxBytes: 50_000, tier: 'small' },
);
