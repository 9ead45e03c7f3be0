/** The extractor with worker threads behind it. */
import { availableParallelism } from 'node:os';
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { makeExtractor, type Extractor, type ExtractorConfig } from '../extractor/extractor.js';
import { localEngine } from '../extractor/engine.js';
import { poolEngine } from './pool/pool.js';

/** What to extract, and with how many threads. */
export interface NodeExtractorConfig extends ExtractorConfig {
  /**
   * Worker threads; 0 computes in the calling thread. Default: one per
   * processor, 0 for pictures below {@link SMALL_PICTURE} samples.
   */
  readonly threads?: number;
  /** Script of the workers, for bundlers that move it. */
  readonly workerUrl?: URL;
}

/** Below this many luma samples a frame costs less than its way to a worker and back. */
export const SMALL_PICTURE = 65_536;

/** Most threads that are taken. */
export const MAX_THREADS = 256;

/**
 * Makes an extractor whose frames are computed by worker threads. The same
 * bits for any number of them.
 * @returns left as `createExtractor` of `@tinyvmaf/features`, and BadArgument
 * for `threads`.
 */
export const createExtractor = (
  config: NodeExtractorConfig,
): E.Either<TinyVmafError, Extractor> => {
  const { format, threads = defaultThreads(format), workerUrl } = config;
  if (!Number.isInteger(threads) || threads < 0 || threads > MAX_THREADS) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'threads',
      rule: `must be an integer 0 to ${MAX_THREADS}`,
      value: String(threads),
    });
  }
  return makeExtractor(config, (kernels, backend) =>
    threads === 0
      ? localEngine(kernels)
      : poolEngine({ threads, backend, ...(workerUrl === undefined ? {} : { workerUrl }) }),
  );
};

const defaultThreads = ({ width, height }: VideoFormat): number =>
  width * height < SMALL_PICTURE ? 0 : availableParallelism();
