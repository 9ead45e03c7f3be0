/**
 * Videos in, named feature values out: one reference against any number of
 * distorted videos, frame by frame, in the order and under the names that
 * libvmaf prints. What depends on the reference alone is computed once per
 * frame.
 */
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { either as E, function as F } from 'fp-ts';
import {
  chooseBackend,
  type BackendChoice,
  type BackendName,
  type RunningBackend,
} from '../backends/choose.js';
import type { Kernels } from '../backends/kernels.js';
import type { Compat } from '../motion/sad.js';
import { localEngine, type EngineFactory } from './engine.js';
import type { FrameFeatures } from './lanes.js';
import { makePlan, type ExtractorWarning } from './plan.js';
import type { ExtractorRequest } from './request.js';
import { extract } from './run.js';

/** What to extract, from which kind of video, and how. */
export interface ExtractorConfig {
  /** Format of all videos. */
  readonly format: VideoFormat;
  /** What to compute; requests with equal options are merged. */
  readonly extractors: readonly ExtractorRequest[];
  /** Whose motion: `libvmaf-3.2` (default), or `libvmaf-3.1` for releases 2.1 to 3.1. */
  readonly compat?: Compat;
  /** Emit every n-th frame only (index mod n = 0); motion still sees all. Default 1. */
  readonly subsample?: number;
  /** Unequal lengths: extract what both sides of a pair have. Default false: an error. */
  readonly allowShorter?: boolean;
  /** Which kernels run; the numbers are the same. Default `auto`: the fastest that run here. */
  readonly backend?: BackendChoice;
}

/** A configured extractor; it can run any number of times. */
export interface Extractor {
  /** Names of all values, in libvmaf's order of first appearance. */
  readonly keys: readonly string[];
  /** What the user should know: `not-comparable-size`, `no-simd`. */
  readonly warnings: readonly ExtractorWarning[];
  /** Name of the backend in use; final after the run, see `wasm-paired`. */
  readonly backend: RunningBackend;
  /**
   * Extracts. Each item holds one frame: an entry per distorted video, in
   * order, without those that have ended (`allowShorter` only). The sources
   * are read once and their streams closed; the sources themselves stay open.
   * Where all are files that workers read themselves, see `located`, one that
   * is changed meanwhile ends the run with Io or TruncatedFrame.
   *
   * Throws `TinyVmafException`: FormatMismatch, FrameCountMismatch (before any
   * work where both lengths are known), NoFrames, SampleRange, DamagedInput,
   * Cancelled (within a frame of the signal), BadArgument, and what the
   * sources throw.
   */
  run(
    reference: FrameSource,
    distorted: readonly FrameSource[],
    signal?: AbortSignal,
  ): AsyncIterable<readonly FrameFeatures[]>;
}

/**
 * Makes an extractor.
 * @returns left: BadArgument for options and names, BadGeometry for pictures
 * that are too small (ADM 17, VIF 16, motion 3 samples a side),
 * BackendUnavailable.
 */
export const createExtractor = (config: ExtractorConfig): E.Either<TinyVmafError, Extractor> =>
  makeExtractor(config, localEngine);

/** Makes an extractor with an engine for the chosen kernels. Left as `createExtractor`. */
export const makeExtractor = (
  config: ExtractorConfig,
  engineOf: (kernels: Kernels, backend: BackendName) => EngineFactory,
): E.Either<TinyVmafError, Extractor> => {
  const { format, extractors, compat = 'libvmaf-3.2', subsample = 1, backend = 'auto' } = config;
  return F.pipe(
    makePlan({ format, extractors, compat, subsample }),
    E.bindTo('plan'),
    E.bind('backend', () => chooseBackend(backend)),
    E.map(({ plan, backend: { name, kernels, warnings } }) => ({
      keys: plan.keys,
      warnings: [...plan.warnings, ...warnings],
      backend: name,
      run: (reference, distorted, signal) => {
        const allowShorter = config.allowShorter ?? false;
        const engine = engineOf(kernels, name);
        return extract({ plan, engine, reference, distorted, allowShorter, signal });
      },
    })),
  );
};
