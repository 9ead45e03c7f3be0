/** What the gradient trainer can be told in a recipe. */
import * as t from 'io-ts';
import { within, wholeWithin } from '../recipe/numbers.js';

const phase = t.strict({
  steps: wholeWithin(1, 10_000_000),
  /** Highest learning rate. */
  rate: within(0, 1),
  /** Last rate as a part of the highest. */
  final: within(0, 1),
  /** Steps until the highest rate. */
  warmup: wholeWithin(0, 1_000_000),
  /** Whether eight-bit matrices are rounded in every step, as their file will be. */
  quantised: t.boolean,
});

const options = t.strict({
  /** Points that batches are drawn from. */
  points: wholeWithin(16, 4_000_000),
  /** Points of a step; a multiple of 4. */
  batch: t.refinement(wholeWithin(4, 65_536), (value) => value % 4 === 0, 'a multiple of 4'),
  /** Whether points beyond the teacher's range count less, as for radial basis functions. */
  damped: t.boolean,
  /** One after the other; each begins with new moments. */
  phases: t.array(phase),
});

/** Codec of the options. */
export const gradientOptions = t.refinement(
  options,
  ({ points, batch, phases }) => batch <= points && phases.length > 0,
  'points for at least one batch, and at least one phase',
);

/** Options of the gradient trainer. */
export type GradientOptions = t.TypeOf<typeof gradientOptions>;
