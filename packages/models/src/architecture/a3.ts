/**
 * A3: a score for a whole clip. The trunk of A1 on every frame, one head of
 * self-attention with a residual, a score per frame kept within 0 .. 100, and a
 * softmax that says how much each frame counts. What attention adds and how
 * frames are weighed begin at zero: the model begins as the mean of A1's scores.
 */
import * as t from 'io-ts';
import { buildGraph } from '../graph/builder.js';
import type { Initial } from '../graph/graph.js';
import type { Architecture } from './architecture.js';
import { trunk } from './perceptron.js';
import { integerWithin, points } from './standard.js';

const options = t.strict({
  layers: integerWithin(1, 8, 2),
  width: integerWithin(1, 512, 64),
  attention: integerWithin(1, 256, 16),
});

/** Options of A3: `layers` and `width` of the trunk, and size of `attention`. */
export type A3Options = t.TypeOf<typeof options>;

const ZEROS: Initial = { kind: 'zeros' };

/** Attention over the frames of a clip. */
export const a3: Architecture<A3Options> = {
  apiVersion: 1,
  id: 'a3',
  title: 'Clip model: perceptron, self-attention, weighted pooling',
  version: 1,
  input: 'clip',
  options,
  build: ({ layers, width, attention }) =>
    buildGraph(
      'clip',
      (b) => {
        const hidden = trunk(b, { layers, width, int8: true });
        const project = (name: string): number =>
          b.matmul(
            hidden,
            b.parameter(`attention.${name}`, [width, attention], { storage: 'int8' }),
          );
        const likeness = b.matmul(project('query'), b.transpose(project('key')));
        const weights = b.softmax(b.scale(likeness, 1 / Math.sqrt(attention)), b.mask());
        const mixed = b.matmul(weights, project('value'));
        const back = b.parameter('attention.output', [attention, width], {
          storage: 'int8',
          initial: ZEROS,
        });
        const frames = b.add(hidden, b.matmul(mixed, back));
        const scores = points(b, b.linear(frames, 'score', 1));
        const pool = b.parameter('pool', [width, 1], { initial: ZEROS });
        const shares = b.softmax(b.transpose(b.matmul(frames, pool)), b.mask());
        return b.matmul(shares, scores);
      },
      'a3',
    ),
  budget: { onnxBytes: 100_000, tier: 'small' },
};
