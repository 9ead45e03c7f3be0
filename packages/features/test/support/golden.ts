// Golden clips through the extractor: every value of a case by printed name.
// Results are remembered within a test file.
import type { VideoFormat } from '@tinyvmaf/core';
import type { BackendName, ExtractorRequest } from '@tinyvmaf/features';
import {
  goldenCase,
  goldenChroma,
  goldenLuma,
  goldenNames,
  has,
  type GoldenCase,
  type GoldenSeries,
  type Luma,
} from '@tinyvmaf/testkit';
import { runSources, type RunOptions } from './run.js';
import { memorySource } from './sources.js';

/** Values over the frames of a clip, by printed name. */
export type AllSeries = ReadonlyMap<string, readonly number[]>;

/** Extracts from a pair of clips. */
export const extractSeries = async (
  reference: readonly Luma[],
  distorted: readonly Luma[],
  extractors: readonly ExtractorRequest[],
  options: RunOptions & { readonly chroma?: VideoFormat['chroma'] } = {},
): Promise<AllSeries> => {
  const { chroma = '420', ...rest } = options;
  const frames = await runSources(
    memorySource(reference, { chroma }),
    [memorySource(distorted, { chroma })],
    { extractors, ...rest },
  );
  const series = new Map<string, number[]>();
  for (const [entry] of frames) {
    for (const [key, value] of entry?.values ?? []) {
      series.set(key, [...(series.get(key) ?? []), value]);
    }
  }
  return series;
};

/** What the suites over golden values run on. */
export const BACKENDS: readonly BackendName[] = ['reference', 'wasm'];

const debug = true;

/** Everything the golden groups `integer` and `integer_neg` hold. */
export const EVERYTHING: readonly ExtractorRequest[] = [
  { name: 'vif', options: { debug } },
  { name: 'adm', options: { debug } },
  { name: 'motion', options: { debug } },
  { name: 'vif', options: { debug, egl: 1 } },
  { name: 'adm', options: { debug, egl: 1 } },
];

/** Extracts from the clips of a golden case. */
export const extractCase = (
  golden: GoldenCase,
  extractors: readonly ExtractorRequest[],
  options: RunOptions = {},
): Promise<AllSeries> =>
  extractSeries(goldenLuma(golden, 'ref'), goldenLuma(golden, 'dis'), extractors, {
    chroma: goldenChroma(golden),
    ...options,
  });

/** Names of the golden cases whose smaller side lies in a range; none where the set is missing. */
export const casesOf = (
  wanted: (smallerSide: number, name: string) => boolean,
): readonly string[] =>
  has('shared')
    ? goldenNames().filter((name) => {
        const { width, height } = goldenCase(name).format;
        return wanted(Math.min(width, height), name);
      })
    : [];

/** 1920x1080 and more: seconds a frame. */
export const isLarge = (name: string): boolean => {
  const { width, height } = goldenCase(name).format;
  return width * height >= 1920 * 1080;
};

/**
 * The series of the groups `integer` and `integer_neg`. What libvmaf's
 * portable path leaves undefined is not in the files.
 */
export const definedSeries = (golden: GoldenCase): readonly (readonly [string, GoldenSeries])[] =>
  ['integer', 'integer_neg'].flatMap((block) => Object.entries(golden.features[block] ?? {}));

/** A golden number; not-a-number and infinities are written as text. */
export const goldenNumber = (value: unknown): number => {
  switch (value) {
    case 'nan':
    case '-nan':
      return NaN;
    case 'inf':
      return Infinity;
    case '-inf':
      return -Infinity;
    default:
      if (typeof value !== 'number') throw new Error(`golden value ${String(value)}`);
      return value;
  }
};
