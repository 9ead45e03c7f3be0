/**
 * A5: radial basis functions whose centres are placed by optimisation,
 * `y = offset + sum of weight_k * exp(-|x - centre_k|^2)` with x the features
 * times one scale each. The smallest net known that cannot be told from the
 * teacher. Scale and offset take up every standardisation and the width of the
 * functions, so nothing is left to fold.
 */
import * as t from 'io-ts';
import { buildGraph, type GraphBuilder } from '../graph/builder.js';
import type { NodeId } from '../graph/graph.js';
import type { Architecture } from './architecture.js';
import { FEATURE_DEVIATION, integerWithin, SCORE_MEAN } from './standard.js';

const options = t.strict({ centres: integerWithin(1, 4096, 32) });

/** Options of A5: `centres` is their number, 1 .. 4096, 32 by default. */
export type A5Options = t.TypeOf<typeof options>;

/**
 * How far a feature's deviation carries in the units of the centres: a width of
 * about 18 deviations, as smooth as the teacher.
 */
const REACH = 0.04;

/**
 * The regressor of A5 over scaled features: parameters `PREFIXscale` [1, 6],
 * `PREFIXcentres` [K, 6], `PREFIXweights` [K, 1], all binary32, and
 * `PREFIXoffset` [1, 1] in binary64; points of VMAF, not yet clipped.
 */
export const radialBasis = (
  b: GraphBuilder,
  features: NodeId,
  centres: number,
  { prefix = '', frozen = false }: { readonly prefix?: string; readonly frozen?: boolean } = {},
): NodeId => {
  const scale = b.parameter(`${prefix}scale`, [1, 6], {
    initial: {
      kind: 'values',
      values: Float64Array.from(FEATURE_DEVIATION, (deviation) => REACH / deviation),
    },
    frozen,
  });
  const places = b.parameter(`${prefix}centres`, [centres, 6], {
    initial: { kind: 'normal', deviation: 0.25 },
    frozen,
  });
  const weights = b.parameter(`${prefix}weights`, [centres, 1], {
    initial: { kind: 'normal', deviation: 1 },
    frozen,
  });
  const offset = b.parameter(`${prefix}offset`, [1, 1], {
    initial: { kind: 'values', values: Float64Array.of(SCORE_MEAN) },
    storage: 'float64',
    frozen,
  });
  const distances = b.distances(b.multiply(features, scale), places);
  return b.add(b.matmul(b.exp(b.scale(distances, -1)), weights), offset);
};

/** Radial basis functions; `centres` of them. */
export const a5: Architecture<A5Options> = {
  apiVersion: 1,
  id: 'a5',
  title: 'Radial basis functions with optimised centres',
  version: 1,
  input: 'frame',
  options,
  build: ({ centres }) =>
    buildGraph('frame', (b) => b.clip(radialBasis(b, b.input(), centres), 0, 100), 'a5'),
  budget: { onnxBytes: 2500, tier: 'nano' },
};
