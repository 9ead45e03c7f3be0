/**
 * Points that every run judges its model on: like the training points, but
 * drawn with other seeds, and far outside. They need no video. What they say
 * about real pictures is little; the model's page has that.
 */
import { unwrap } from '@tinyvmaf/core';
import { evaluateRows, scorerOf, type Evaluation } from '../evaluate/evaluate.js';
import { drawPoints, type Mixture } from '../sample/index.js';
import type { Teacher } from '../teacher/teacher.js';

/** Like encodes, and the edges of what may happen. */
const INSIDE: Mixture = { chain: 0.5, mix: 0.2, box: 0.15, corner: 0.1, identity: 0.05 };
const INSIDE_COUNT = 20_000;
const FAR_COUNT = 5000;
/** Seeds that no recipe should use for training. */
const SEED = 0x7e57_0000;

/** Figures of a model on points nobody trained on. */
export interface SyntheticEvaluation {
  /** Within the domain; by sampler. */
  readonly inside: Evaluation;
  /** adm2 to 1.4, vif to 1.7, motion to 100. */
  readonly far: Evaluation;
}

/** Judges the bytes of a file on synthetic points. Throws what the file's reader finds. */
export const evaluateSynthetic = (bytes: Uint8Array, teacher: Teacher): SyntheticEvaluation => {
  const score = unwrap(scorerOf(bytes));
  const on = (mixture: Mixture, count: number, seed: number, name: string): Evaluation =>
    unwrap(
      evaluateRows(
        score,
        {
          features: drawPoints(mixture, count, seed, teacher.anchors),
          sources: new Array<string>(count).fill(name),
        },
        teacher,
      ),
    );
  return {
    inside: on(INSIDE, INSIDE_COUNT, SEED, 'inside'),
    far: on({ far: 1 }, FAR_COUNT, SEED + 1, 'far'),
  };
};
