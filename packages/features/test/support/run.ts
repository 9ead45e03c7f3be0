// Runs an extractor over clips in memory and collects what it emits.
import { unwrap } from '@tinyvmaf/core';
import { createExtractor, type ExtractorConfig, type FrameFeatures } from '@tinyvmaf/features';
import type { Luma } from '@tinyvmaf/testkit';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { memorySource } from './sources.js';

export const ALL: ExtractorConfig['extractors'] = [
  { name: 'adm' },
  { name: 'vif' },
  { name: 'motion' },
];

export const collect = async <A>(items: AsyncIterable<A>): Promise<readonly A[]> => {
  const all: A[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export type RunOptions = Partial<ExtractorConfig> & { readonly signal?: AbortSignal };

/** Extracts from sources; the format is the reference's. */
export const runSources = (
  reference: FrameSource,
  distorted: readonly FrameSource[],
  { signal, ...config }: RunOptions = {},
): Promise<readonly (readonly FrameFeatures[])[]> => {
  const extractor = unwrap(
    createExtractor({ format: reference.format, extractors: ALL, ...config }),
  );
  return collect(extractor.run(reference, distorted, signal));
};

/** Extracts from clips. */
export const runClips = (
  reference: readonly Luma[],
  distorted: readonly (readonly Luma[])[],
  options?: RunOptions,
): Promise<readonly (readonly FrameFeatures[])[]> =>
  runSources(
    memorySource(reference, { name: 'reference' }),
    distorted.map((frames, i) => memorySource(frames, { name: `distorted ${i}` })),
    options,
  );

/** One key's values over the frames of one distorted video. */
export const seriesOf = (
  frames: readonly (readonly FrameFeatures[])[],
  key: string,
  distorted = 0,
): readonly (number | undefined)[] =>
  frames.flatMap((entries) =>
    entries.filter((entry) => entry.distorted === distorted).map((entry) => entry.values.get(key)),
  );
