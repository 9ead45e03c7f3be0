/**
 * How far two series of scores agree, over all and by group. Ranks are taken of
 * scores rounded to 1e-4: static pictures repeat one score, and noise in the
 * last bit would otherwise move a rank correlation.
 */
import { percentile, plcc, srocc } from '@tinyvmaf/core';

/** Figures of agreement, points of VMAF where not said. */
export interface Agreement {
  /** Rows compared. */
  readonly rows: number;
  /** Root of the mean squared difference. */
  readonly rmse: number;
  /** Largest difference. */
  readonly max: number;
  /** Difference that 99 % of rows stay below. */
  readonly p99: number;
  /** Pearson's correlation, -1 .. 1; absent where one side is constant. */
  readonly plcc?: number;
  /** Spearman's correlation of scores rounded to 1e-4; absent where one side is constant. */
  readonly srocc?: number;
}

/** Agreement of two series of equal length, at least 1. */
export const agreement = (scores: ArrayLike<number>, truth: ArrayLike<number>): Agreement => {
  const differences = Float64Array.from(truth, (value, i) => Math.abs((scores[i] ?? NaN) - value));
  let squares = 0;
  let max = 0;
  for (const difference of differences) {
    squares += difference * difference;
    // Passes NaN on, unlike a comparison.
    max = Math.max(max, difference);
  }
  const linear = plcc(scores, truth);
  const rank = srocc(scores, truth);
  return {
    rows: differences.length,
    rmse: Math.sqrt(squares / differences.length),
    max,
    p99: percentile(differences, 99),
    ...(linear === undefined ? {} : { plcc: linear }),
    ...(rank === undefined ? {} : { srocc: rank }),
  };
};

/** Agreement of the rows of one group. */
export interface GroupAgreement extends Agreement {
  /** Name of the group. */
  readonly name: string;
}

/** Agreement by group, in order of the names. */
export const agreementBy = (
  groups: readonly string[],
  scores: ArrayLike<number>,
  truth: ArrayLike<number>,
): readonly GroupAgreement[] => {
  const members = new Map<string, number[]>();
  for (const [i, name] of groups.entries()) {
    const known = members.get(name);
    if (known === undefined) members.set(name, [i]);
    else known.push(i);
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => ({
      name,
      ...agreement(
        rows.map((i) => scores[i] ?? NaN),
        rows.map((i) => truth[i] ?? NaN),
      ),
    }));
};
