// Compares a case with its golden file as bits, frame values and pooled ones.
import { harmonicMean, maximum, mean, minimum } from '@tinyvmaf/core';
import type { BackendName } from '@tinyvmaf/features';
import { goldenCase, type GoldenSeries } from '@tinyvmaf/testkit';
import { definedSeries, EVERYTHING, extractCase, goldenNumber, type AllSeries } from './golden.js';

/** What a comparison covered and found. */
export interface Comparison {
  readonly series: number;
  readonly frameValues: number;
  readonly pooledValues: number;
  readonly differences: readonly string[];
}

const POOLS = { min: minimum, max: maximum, mean, harmonic_mean: harmonicMean } as const;

/** Compares golden series with extracted ones, as bits. */
export const compareSeries = (
  expected: readonly (readonly [string, Pick<GoldenSeries, 'frames'> & Partial<GoldenSeries>])[],
  actual: AllSeries,
): Comparison => {
  const differences: string[] = [];
  let frameValues = 0;
  let pooledValues = 0;
  const compare = (what: string, is: number | undefined, should: unknown): void => {
    if (!Object.is(is, goldenNumber(should))) {
      differences.push(`${what} is ${is}, should be ${String(should)}`);
    }
  };
  for (const [name, { frames, pooled }] of expected) {
    const values = actual.get(name) ?? [];
    if (values.length !== frames.length) differences.push(`${name}: ${values.length} frames`);
    frames.forEach((value, i) => {
      compare(`${name}[${i}]`, values[i], value);
      frameValues += 1;
    });
    for (const [pool, value] of Object.entries(pooled ?? {})) {
      compare(`${name} ${pool}`, POOLS[pool as keyof typeof POOLS](values), value);
      pooledValues += 1;
    }
  }
  return { series: expected.length, frameValues, pooledValues, differences };
};

/** Compares every defined `integer*` series of a case of 33 samples and more. */
export const compareCase = async (name: string, backend: BackendName): Promise<Comparison> => {
  const golden = goldenCase(name);
  return compareSeries(definedSeries(golden), await extractCase(golden, EVERYTHING, { backend }));
};

/** Adds up what a list of comparisons covered. */
export const covered = (
  all: readonly Comparison[],
): Readonly<Record<'cases' | 'series' | 'frameValues' | 'pooledValues', number>> => ({
  cases: all.length,
  series: all.reduce((sum, { series }) => sum + series, 0),
  frameValues: all.reduce((sum, { frameValues }) => sum + frameValues, 0),
  pooledValues: all.reduce((sum, { pooledValues }) => sum + pooledValues, 0),
});
