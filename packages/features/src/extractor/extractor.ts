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
import {
  chooseBackend,
  type BackendChoice,
  type BackendName,
  type RunningBackend,
} from '../backends/choose.js';
import type { Kernels } from '../backends/kernels.js';
import type { Compat } from '../motion/sad.js';
import {
  FramesElsewhere,
  localEngine,
  type Engine,
  type EngineFactory,
  type FrameResult,
} from './engine.js';
import { checkSize } from './frame-check.js';
import { createLanes, type FrameFeatures } from './lanes.js';
import { lockstep } from './lockstep.js';
import { motionRequests } from './motion-requests.js';
import { makePlan, type ExtractorWarning, type Plan } from './plan.js';
import type { ExtractorRequest } from './request.js';
import { checkSources } from './sources.js';
import { inOrder, videosOf, type Videos } from './videos.js';

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

interface Run {
  readonly plan: Plan;
  readonly engine: EngineFactory;
  readonly reference: FrameSource;
  readonly distorted: readonly FrameSource[];
  readonly allowShorter: boolean;
  readonly signal: AbortSignal | undefined;
}

const OPERATION = 'Feature extraction';

/** All frames, with everything that is thrown as a `TinyVmafException`. */
async function* extract(run: Run): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, reference, distorted, allowShorter } = run;
  try {
    checkSources(plan.format, reference, distorted, allowShorter);
    yield* persistent(run, videosOf(reference, distorted, allowShorter));
  } catch (thrown) {
    throw new TinyVmafException(fromThrown(thrown, OPERATION));
  }
}

/**
 * {@link steps}; once more from the start where frames turn out to lie
 * elsewhere, without those that have been given out. They are the same.
 */
async function* persistent(
  run: Run,
  videos: Videos,
): AsyncGenerator<readonly FrameFeatures[], void, void> {
  let given = 0;
  try {
    for await (const frames of steps(run, videos)) {
      given += 1;
      yield frames;
    }
  } catch (thrown) {
    if (!(thrown instanceof FramesElsewhere)) throw thrown;
    for await (const frames of steps(run, inOrder(videos))) {
      given -= 1;
      if (given < 0) yield frames;
    }
  }
}

/** A frame that is computed. */
interface Computed {
  readonly result: FrameResult;
  /** Which distorted videos have it. */
  readonly present: readonly boolean[];
}

async function* steps(
  run: Run,
  videos: Videos,
): AsyncGenerator<readonly FrameFeatures[], void, void> {
  const { plan, signal } = run;
  const engine = run.engine(plan, videos);
  const lanes = createLanes(plan, motionRequests(plan), run.distorted.length);
  const stop = (): void => void engine.close();
  signal?.addEventListener('abort', stop);
  try {
    throwIfAborted(signal, OPERATION);
    const computed =
      engine.results === undefined ? submitted(run, engine) : located(run, engine.results());
    for await (const { result, present } of computed) {
      yield* lanes.settle(result, present);
      throwIfAborted(signal, OPERATION);
    }
    yield* lanes.end();
  } catch (thrown) {
    throwIfAborted(signal, OPERATION);
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', stop);
    await engine.close();
  }
}

/** Reads the videos in step and hands their pictures to the engine. */
async function* submitted(run: Run, engine: Engine): AsyncGenerator<Computed, void, void> {
  const { plan, reference, distorted, allowShorter, signal } = run;
  const underWay: { readonly result: Promise<FrameResult>; readonly present: boolean[] }[] = [];
  async function* settled(atMost: number): AsyncGenerator<Computed, void, void> {
    while (underWay.length > atMost) {
      const earliest = underWay.shift();
      if (earliest !== undefined) {
        yield { result: await earliest.result, present: earliest.present };
      }
    }
  }
  for await (const step of lockstep(reference, distorted, allowShorter, signal)) {
    checkSize(reference, step.reference, step.index);
    const planes = step.distorted.map((frame, index) => {
      const source = distorted[index];
      if (frame !== undefined && source !== undefined) checkSize(source, frame, step.index);
      return frame?.luma;
    });
    const result = engine.submit({
      index: step.index,
      wanted: step.index % plan.subsample === 0,
      reference: step.reference.luma,
      distorted: planes,
    });
    // It is awaited later; until then a failure must not count as unhandled.
    result.catch(() => undefined);
    underWay.push({ result, present: planes.map((plane) => plane !== undefined) });
    yield* settled(engine.capacity - 1);
  }
  yield* settled(0);
}

/** Takes what the engine makes of videos that it reads itself, and tells their sources. */
async function* located(
  { reference, distorted }: Run,
  results: AsyncIterable<FrameResult>,
): AsyncGenerator<Computed, void, void> {
  let index = 0;
  for await (const result of results) {
    const present = [reference, ...distorted].map(({ located: frames }, i) => {
      const has = index < (frames?.location.frames ?? 0);
      if (has) frames?.passed(index, result.evidence?.[i]);
      return has;
    });
    yield { result, present: present.slice(1) };
    index += 1;
  }
}
