/** The extractor with worker threads behind it. */
import { availableParallelism } from 'node:os';
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import { makeExtractor, type Extractor, type ExtractorConfig } from '../extractor/extractor.js';
import { localEngine } from '../extractor/engine.js';
import { poolEngine } from './pool/pool.js';
import { joinedModules } from './revectorize/compile.js';
import { pairedKernels } from './revectorize/kernels.js';
import {
  decide,
  REVECTORIZE_CHOICES,
  telling,
  type Revectorize,
  type Revectorizing,
} from './revectorize/revectorize.js';

/** What to extract, and with how many threads. */
export interface NodeExtractorConfig extends ExtractorConfig {
  /**
   * Worker threads; 0 computes in the calling thread. Default: one per
   * processor, 0 for pictures below {@link SMALL_PICTURE} samples.
   */
  readonly threads?: number;
  /** Script of the workers, for bundlers that move it. */
  readonly workerUrl?: URL;
  /**
   * Whether vectors are joined to 256 bits by an experimental flag of V8, which is
   * set while the kernels are compiled. For programs, not for libraries.
   * The numbers are the same. Default `off`.
   */
  readonly revectorize?: Revectorize;
}

/** Below this many luma samples a frame costs less than its way to a worker and back. */
export const SMALL_PICTURE = 65_536;

/** Most threads that are taken. */
export const MAX_THREADS = 256;

/**
 * Makes an extractor whose frames are computed by worker threads. The same
 * bits for any number of them.
 * @returns left as `createExtractor` of `@tinyvmaf/features`, and BadArgument
 * for `threads` and `revectorize`.
 */
export const createExtractor = (
  config: NodeExtractorConfig,
): E.Either<TinyVmafError, Extractor> => {
  const { format, threads = defaultThreads(format), workerUrl, revectorize = 'off' } = config;
  if (!Number.isInteger(threads) || threads < 0 || threads > MAX_THREADS) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'threads',
      rule: `must be an integer 0 to ${MAX_THREADS}`,
      value: String(threads),
    });
  }
  if (!REVECTORIZE_CHOICES.includes(revectorize)) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'revectorize',
      rule: `must be one of ${REVECTORIZE_CHOICES.join(', ')}`,
      value: String(revectorize),
    });
  }
  let revectorizing: Revectorizing | undefined;
  const made = makeExtractor(config, (kernels, backend) => {
    const paired = revectorizing?.used() === true ? joinedModules() : undefined;
    if (paired !== undefined) revectorizing?.begin(threads);
    const onRejected = (): void => revectorizing?.reject();
    if (threads === 0) {
      return localEngine(paired === undefined ? kernels : pairedKernels(paired, onRejected));
    }
    return poolEngine({
      threads,
      backend,
      onRejected,
      ...(paired === undefined ? {} : { paired }),
      ...(workerUrl === undefined ? {} : { workerUrl }),
    });
  });
  return F.pipe(
    made,
    E.map((extractor) => {
      revectorizing = decide(revectorize, extractor.backend);
      return telling(extractor, revectorizing);
    }),
  );
};

const defaultThreads = ({ width, height }: VideoFormat): number =>
  width * height < SMALL_PICTURE ? 0 : availableParallelism();
