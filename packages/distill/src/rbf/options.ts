/** What the trainer of radial basis functions can be told in a recipe. */
import * as t from 'io-ts';
import { within, wholeWithin } from '../recipe/numbers.js';

/** Codec of the options. */
export const rbfOptions = t.strict({
  /** Short searches, from which the best are taken on. */
  starts: t.strict({
    /** Points of each. */
    points: wholeWithin(10, 1_000_000),
    /** Searches from centres chosen by orthogonal least squares: 0 or 1. */
    orthogonal: wholeWithin(0, 1),
    /** Searches from centres spread over the points. */
    spread: wholeWithin(0, 1000),
    /** Most steps of each; 0 where there is one start, which needs no trial. */
    iterations: wholeWithin(0, 10_000),
  }),
  /** Long searches from the best starts. */
  polish: t.strict({
    points: wholeWithin(10, 1_000_000),
    /** How many starts are taken on. */
    keep: wholeWithin(1, 100),
    iterations: wholeWithin(1, 100_000),
  }),
  /** Penalty on the squares of the weights, relative to the number of points. */
  ridge: within(0, 1),
});

/** Options of the trainer of radial basis functions. */
export type RbfOptions = t.TypeOf<typeof rbfOptions>;
