/**
 * What the built-in architectures share: constants that bring the features to
 * about mean 0 and deviation 1, the scale of scores, and codecs of their
 * options. The constants are those of the teacher's support vectors in two
 * digits, so they depend on no corpus.
 */
import * as t from 'io-ts';
import type { GraphBuilder } from '../graph/builder.js';
import type { NodeId } from '../graph/graph.js';

/** Middle of each feature, canonical order. */
const FEATURE_MEAN: readonly number[] = [0.88, 0.44, 0.76, 0.84, 0.89, 5];

/** Deviation of each feature, canonical order. */
export const FEATURE_DEVIATION: readonly number[] = [0.064, 0.16, 0.14, 0.12, 0.095, 4.4];

/** Scores are learned as (score - 60) / 30. */
export const SCORE_MEAN = 60;
/** See {@link SCORE_MEAN}. */
const SCORE_DEVIATION = 30;

/** The features with mean about 0 and deviation about 1. */
export const standardised = (b: GraphBuilder): NodeId =>
  b.multiply(
    b.subtract(b.input(), b.constant([1, 6], FEATURE_MEAN)),
    b.constant(
      [1, 6],
      FEATURE_DEVIATION.map((deviation) => 1 / deviation),
    ),
  );

/** From learned units to points of VMAF within 0 .. 100. */
export const points = (b: GraphBuilder, value: NodeId): NodeId =>
  b.clip(b.add(b.scale(value, SCORE_DEVIATION), b.constant([1, 1], [SCORE_MEAN])), 0, 100);

/** An integer within two limits; what is missing becomes the default. */
export const integerWithin = (
  low: number,
  high: number,
  preset: number,
): t.Type<number, number, unknown> => {
  const name = `an integer ${low} .. ${high}`;
  const is = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
  return new t.Type<number, number, unknown>(
    name,
    is,
    (value, context) =>
      value === undefined
        ? t.success(preset)
        : is(value)
          ? t.success(value)
          : t.failure(value, context),
    (value) => value,
  );
};
