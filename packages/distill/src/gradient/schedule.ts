/**
 * Learning rates: a straight warm-up, then half a wave of a cosine. The cosine
 * is a Taylor sum, because engines may choose the last bits of `Math.cos`.
 */

/** Steps with one schedule. */
export interface Schedule {
  readonly steps: number;
  /** Highest rate. */
  readonly rate: number;
  /** Last rate as a part of the highest. */
  readonly final: number;
  /** Steps until the highest rate. */
  readonly warmup: number;
}

/** Cosine of 0 .. pi / 2, below 1e-15 off. */
const quarterCosine = (x: number): number => {
  const square = x * x;
  let sum = 1;
  for (let k = 22; k > 0; k -= 2) sum = 1 - (sum * square) / (k * (k - 1));
  return sum;
};

/** (1 + cos(pi * part)) / 2 for a part of 0 .. 1: from 1 down to 0. */
export const halfWave = (part: number): number => {
  const root = quarterCosine((Math.PI / 2) * part);
  return root * root;
};

/** Learning rate of a step, counted from 0. */
export const rateAt = ({ steps, rate, final, warmup }: Schedule, step: number): number => {
  if (step < warmup) return (rate * (step + 1)) / warmup;
  const part = steps - warmup <= 1 ? 1 : (step - warmup) / (steps - warmup - 1);
  return rate * (final + (1 - final) * halfWave(part));
};
