/**
 * A4: twelve numbers to learn, a weight and a bias for each feature, in front of
 * a regressor that stays as it is. The regressor is one of A5's; its numbers are
 * part of the file and of its size. They are weights under A5's names with
 * `regressor.` in front; {@link reweighting} takes them from a trained A5.
 */
import * as t from 'io-ts';
import { buildGraph, type GraphBuilder } from '../graph/builder.js';
import type { NodeId, Weights } from '../graph/graph.js';
import { radialBasis } from './a5.js';
import type { Architecture } from './architecture.js';
import { integerWithin } from './standard.js';

const options = t.strict({ centres: integerWithin(1, 4096, 32) });

/** Options of A4: how many `centres` its regressor has, 32 by default. */
export type A4Options = t.TypeOf<typeof options>;

/** The features with a weight and a bias each; the identity at first. */
const reweighted = (b: GraphBuilder): NodeId => {
  const weight = b.parameter('weight', [1, 6], {
    initial: { kind: 'values', values: new Float64Array(6).fill(1) },
  });
  const bias = b.parameter('bias', [1, 6], { initial: { kind: 'zeros' } });
  return b.add(b.multiply(b.input(), weight), bias);
};

/** Weights and biases of the features before a frozen regressor. */
export const a4: Architecture<A4Options> = {
  apiVersion: 1,
  id: 'a4',
  title: 'Weights of the features before a frozen regressor',
  version: 1,
  input: 'frame',
  options,
  build: ({ centres }) =>
    buildGraph(
      'frame',
      (b) => {
        const regressor = { prefix: 'regressor.', frozen: true };
        return b.clip(radialBasis(b, reweighted(b), centres, regressor), 0, 100);
      },
      'a4',
    ),
  budget: { onnxBytes: 3000, tier: 'tiny' },
};

/**
 * Weights of A4 around a trained A5 with as many centres: the identity, so that
 * both give the same scores.
 */
export const reweighting = (a5Weights: Weights): Weights =>
  new Map([
    ['weight', new Float64Array(6).fill(1)],
    ['bias', new Float64Array(6)],
    ...[...a5Weights].map(([name, values]): [string, Float64Array] => [
      `regressor.${name}`,
      Float64Array.from(values),
    ]),
  ]);
