/**
 * Videos in, named feature values out: one reference against any number of
 * distorted videos, frame by frame, in the order and under the names that
 * libvmaf prints. What depends on the reference alone is computed once per
 * frame.
 */
import {
  fromThrown,
  throwIfAborted,
  TinyVmafException,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { FrameSource } from '@tinyvmaf/yuv-io';
import { either as E, function as F } from 'fp-ts';
import type { Kernels } from '../backends/kernels.js';
import { REFERENCE } from '../backends/reference.js';
import type { Compat } from '../motion/sad.js';
import { createBench } from './bench.js';
import { createBreather } from './breather.js';
import { checkFrame } from './frame-check.js';
import { createLane, type DecidedFrame } from './lane.js';
import { lockstep } from './lockstep.js';
import { makePlan, type ExtractorWarning, type Plan } from './plan.js';
import type { ExtractorRequest } from './request.js';
import { checkSources } from './sources.js';

/** Backends by name. */
const BACKENDS = { reference: REFERENCE } as const satisfies Record<string, Kernels>;

/** Name of a backend. */
export type BackendName = keyof typeof BACKENDS;

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
  /** Default `reference`, the only one so far. */
  readonly backend?: BackendName;
}

/** The values of one frame of one distorted video. */
export interface FrameFeatures {
  /** Index of the frame, from 0. */
  readonly frame: number;
  /** Index of the distorted video, from 0. */
  readonly distorted: number;
  /** Values by printed name, in the order of {@link Extractor.keys}. */
  readonly values: ReadonlyMap<string, number>;
}

/** A configured extractor; it can run any number of times. */
export interface Extractor {
  /** Names of all values, in libvmaf's order of first appearance. */
  readonly keys: readonly string[];
  /** What the user should know, such as `not-comparable-size`. */
  readonly warnings: readonly ExtractorWarning[];
  /** Name of the backend in use. */
  readonly backend: string;
  /**
   * Extracts. Each item holds one frame: an entry per distorted video, in
   * order, without those that have ended (`allowShorter` only). The sources
   * are read once and their streams closed; the sources themselves stay open.
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
export const createExtractor = (config: ExtractorConfig): E.Either<TinyVmafError, Extractor> => {
  const { format, extractors, compat = 'libvmaf-3.2', subsample = 1 } = config;
  return F.pipe(
    makePlan({ format, extractors, compat, subsample }),
    E.bindTo('plan'),
    E.bind('kernels', () => findBackend(config.backend ?? 'reference')),
    E.map(({ plan, kernels }) => ({
      keys: plan.keys,
      warnings: plan.warnings,
      backend: kernels.name,
      run: (reference, distorted, signal) => {
        const allowShorter = config.allowShorter ?? false;
        return extract({ plan, kernels, reference, distorted, allowShorter, signal });
      },
    })),
  );
};

const findBackend = (name: string): E.Either<TinyVmafError, Kernels> => {
  const found = Object.entries<Kernels>(BACKENDS).find(([known]) => known === name);
  return found === undefined
    ? E.left({
        _tag: 'BackendUnavailable',
        backend: name,
        problem: 'is not a backend',
        remedy: `There is ${Object.keys(BACKENDS).join(', ')}.`,
      })
    : E.right(found[1]);
};

interface Run {
  readonly plan: Plan;
  readonly kernels: Kernels;
  readonly reference: FrameSource;
  readonly distorted: readonly FrameSource[];
  readonly allowShorter: boolean;
  readonly signal: AbortSignal | undefined;
}

const OPERATION = 'Feature extraction';

/** {@link steps}, with everything that is thrown as a `TinyVmafException`. */
async function* extract(run: Run): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, reference, distorted, allowShorter } = run;
  try {
    checkSources(plan.format, reference, distorted, allowShorter);
    yield* steps(run);
  } catch (thrown) {
    throw new TinyVmafException(fromThrown(thrown, OPERATION));
  }
}

async function* steps(run: Run): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, kernels, reference, distorted, allowShorter, signal } = run;
  const bench = createBench(plan, kernels);
  const lanes = distorted.map((_, index) => ({ index, lane: createLane<Spatial>(bench.motions) }));
  const breathe = createBreather();

  const settled = (): readonly (readonly FrameFeatures[])[] => {
    const out: (readonly FrameFeatures[])[] = [];
    for (;;) {
      const owing = lanes.filter(({ lane }) => !lane.finished());
      if (owing.length === 0 || !owing.every(({ lane }) => lane.ready())) return out;
      const frames = owing.map(({ lane, index }) => named(lane.take(), index));
      const emitted = frames.filter((features) => features !== undefined);
      if (emitted.length > 0) out.push(emitted);
    }
  };

  const named = (decided: DecidedFrame<Spatial>, index: number): FrameFeatures | undefined => {
    if (decided.spatial === undefined) return undefined;
    const found = new Map([...decided.spatial, ...bench.motionValues(decided.motion)]);
    const values = new Map(plan.keys.map((key) => [key, found.get(key) ?? NaN]));
    return { frame: decided.frame, distorted: index, values };
  };

  for await (const step of lockstep(reference, distorted, allowShorter, signal)) {
    checkFrame(reference, step.reference, step.index);
    const scores = bench.motion.next(step.reference.luma);
    const wanted = step.index % plan.subsample === 0;
    const compare = wanted ? bench.prepare(step.reference.luma) : undefined;
    for (const { index, lane } of lanes) {
      const [frame, source] = [step.distorted[index], distorted[index]];
      if (frame === undefined || source === undefined) {
        lane.end();
        continue;
      }
      throwIfAborted(signal, OPERATION);
      checkFrame(source, frame, step.index);
      lane.push(compare?.(frame.luma), scores);
      await breathe();
    }
    yield* settled();
  }
  for (const { lane } of lanes) lane.end();
  yield* settled();
}

/** Values of the spatial extractors; `undefined` for a frame that is not emitted. */
type Spatial = ReadonlyMap<string, number> | undefined;
