/**
 * One reference against one or more distorted videos: features, prediction
 * and pooling in a single pass. Sources belong to the caller, who closes them.
 */
import { toPromise, tryTask, type TinyVmafError, type VideoFormat } from '@tinyvmaf/core';
import {
  createExtractor,
  type BackendChoice,
  type Extractor,
  type ExtractorConfig,
  type ExtractorRequest,
} from '@tinyvmaf/features';
import {
  compareSources,
  type FrameSource,
  type ScaleMethod,
  type SourceInfo,
} from '@tinyvmaf/yuv-io';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import {
  identicalWarnings,
  modelHeightWarnings,
  rangeWarnings,
  subsampleWarnings,
} from './guards.js';
import { counting } from './counting.js';
import {
  planScore,
  seriesKeys,
  type PlannedModel,
  type ScoreModel,
  type ScorePlan,
} from './plan.js';
import { notify } from './listener.js';
import { predictInto } from './predict.js';
import { anyRequest, checkRequest, sourcesRequest } from './request.js';
import type { Compat, ModelResult, ScoreReport, Warning } from './report.js';
import { atSizeOf } from './scaling.js';
import { SeriesBuilder, type Series } from './series.js';

/** Features and scores of one frame, by key. */
export interface ScoredFrame {
  /** Frame number from 0, counted after skipped frames. */
  readonly frame: number;
  /** Values by key, in the order of the series. */
  readonly values: ReadonlyMap<string, number>;
}

/** What is known before the first frame. */
export interface ScoreStart {
  /** Format of both videos. */
  readonly format: VideoFormat;
  /** How the reference is read. */
  readonly reference: SourceInfo;
  /** How the distorted video is read. */
  readonly distorted: SourceInfo;
  /** Frames to come where that is known before reading. */
  readonly frameCount?: number;
  /** Keys of the series in order. */
  readonly keys: readonly string[];
}

/** What every comparison can be told. */
export interface ScoreSettings {
  /** Models to evaluate; none computes `features` alone. */
  readonly models: readonly ScoreModel[];
  /** Extractors beyond those the models need. */
  readonly features?: readonly ExtractorRequest[];
  /** Which libvmaf to be equal to. Default `libvmaf-3.2`. */
  readonly compat?: Compat;
  /** Score frames whose number is a multiple of this. Default 1. */
  readonly subsample?: number;
  /** Score the frames all videos have where lengths differ. Default false: an error. */
  readonly allowShorter?: boolean;
  /**
   * How distorted videos of another size are brought to the reference's.
   * Default: not at all, another size is a `FormatMismatch`.
   */
  readonly scale?: ScaleMethod;
  /** Which kernels compute; the numbers are the same. Default `auto`: the fastest that run here. */
  readonly backend?: BackendChoice;
  /** Stops the run within a frame; it then fails with `Cancelled`. */
  readonly signal?: AbortSignal;
}

/** One reference, one distorted video. */
export interface ScoreRequest extends ScoreSettings {
  /** The pristine video. */
  readonly reference: FrameSource;
  /** The video to judge. */
  readonly distorted: FrameSource;
  /** Called once both inputs are open and everything about the run is checked. */
  readonly onStart?: (start: ScoreStart) => void | Promise<void>;
  /** Called with each frame as soon as it is known; the run waits for a promise. */
  readonly onFrame?: (frame: ScoredFrame) => void | Promise<void>;
}

/** One reference, any number of distorted videos. */
export interface CompareRequest extends ScoreSettings {
  /** The pristine video, read once. */
  readonly reference: FrameSource;
  /** The videos to judge, at least one, each a source of its own. */
  readonly distorted: readonly FrameSource[];
  /** As in {@link ScoreRequest}, with the index of the distorted video. */
  readonly onStart?: (start: ScoreStart, distorted: number) => void | Promise<void>;
  /** As in {@link ScoreRequest}, with the index of the distorted video. */
  readonly onFrame?: (frame: ScoredFrame, distorted: number) => void | Promise<void>;
}

/**
 * Scores several distorted videos against one reference, which is read once.
 * @returns one report per distorted video, in their order; fails with
 * `BadArgument`, `ModelFormat`, `FormatMismatch`, `FrameCountMismatch`, `BadGeometry`,
 * `NoFrames`, `SampleRange`, whatever reading raises, or `Cancelled`.
 */
export const compareTE = (
  request: CompareRequest,
): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> =>
  compareThroughTE(createExtractor)(request);

/** How an extractor is made: in this thread, or with workers where there are any. */
export type MakeExtractor = (config: ExtractorConfig) => E.Either<TinyVmafError, Extractor>;

/** {@link compareTE} with a maker of extractors; `@tinyvmaf/score/node` brings worker threads. */
export const compareThroughTE =
  (makeExtractor: MakeExtractor) =>
  (request: CompareRequest): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> =>
    F.pipe(
      checkRequest(sourcesRequest, request),
      E.bindTo('checked'),
      E.bind('plan', () => planScore(request.models, request.features ?? [])),
      E.bind('extractor', ({ plan }) =>
        makeExtractor({
          format: request.reference.format,
          extractors: plan.extractors,
          compat: request.compat ?? 'libvmaf-3.2',
          subsample: request.subsample ?? 1,
          allowShorter: request.allowShorter ?? false,
          backend: request.backend ?? 'auto',
        }),
      ),
      E.bind('keys', ({ plan, extractor }) =>
        seriesKeys(
          extractor.keys.filter((key) => !plan.hidden.has(key)),
          plan.models,
        ),
      ),
      E.bind('distorted', () => atSizeOf(request.reference, request.distorted, request.scale)),
      TE.fromEither,
      TE.flatMap(({ distorted, ...ready }) =>
        tryTask(() => run({ ...request, distorted }, ready), 'Scoring'),
      ),
    );

/** {@link compareTE} as a Promise; rejects with `TinyVmafException`. */
export const compare = (request: CompareRequest): Promise<readonly ScoreReport[]> =>
  toPromise(compareTE(request));

/** Scores one distorted video against its reference; see {@link compareTE} for errors. */
export const scoreTE = (request: ScoreRequest): TE.TaskEither<TinyVmafError, ScoreReport> =>
  F.pipe(
    TE.fromEither(checkRequest(anyRequest, request)),
    TE.flatMap(({ distorted, ...rest }) => compareTE({ ...rest, distorted: [distorted] })),
    TE.flatMap(([report]) =>
      report === undefined
        ? TE.left<TinyVmafError>({ _tag: 'Internal', problem: 'a run gave no report' })
        : TE.right(report),
    ),
  );

/** {@link scoreTE} as a Promise; rejects with `TinyVmafException`. */
export const score = (request: ScoreRequest): Promise<ScoreReport> => toPromise(scoreTE(request));

/** Everything that is settled before the first frame. */
interface ReadyRun {
  readonly plan: ScorePlan;
  readonly extractor: Extractor;
  /** Keys of the series. */
  readonly keys: readonly string[];
}

const run = async (
  request: CompareRequest,
  { plan, extractor, keys }: ReadyRun,
): Promise<readonly ScoreReport[]> => {
  const { reference, distorted, onFrame } = request;
  const builders = distorted.map(() => new SeriesBuilder(keys));
  for (const [index, source] of distorted.entries()) {
    const start = startOf(reference, source, keys);
    await notify('onStart', () => request.onStart?.(start, index));
  }
  const started = performance.now();
  const first = counting(reference);
  const others = distorted.map(counting);
  for await (const features of extractor.run(first, others, request.signal)) {
    // One entry per distorted video; a shorter one ends earlier than the others.
    for (const { frame, distorted: index, values: computed } of features) {
      const values = new Map(computed);
      for (const key of plan.hidden) values.delete(key);
      for (const model of plan.models) predictInto(values, model);
      builders[index]?.append(frame, values);
      await notify('onFrame', () => onFrame?.({ frame, values }, index));
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return builders.map((series, index) => {
    const source = distorted[index] ?? reference;
    const frameCount = Math.min(first.delivered(), others[index]?.delivered() ?? 0);
    return {
      compat: request.compat ?? 'libvmaf-3.2',
      format: reference.format,
      reference: reference.info,
      distorted: source.info,
      series,
      models: plan.models.map((model) => modelResult(model, series)),
      frameCount,
      fps: frameCount / seconds,
      backend: extractor.backend,
      warnings: collectWarnings(request, { plan, extractor, keys }, source, series),
    };
  });
};

const startOf = (
  reference: FrameSource,
  distorted: FrameSource,
  keys: readonly string[],
): ScoreStart => {
  const counts = [reference.frameCount, distorted.frameCount].filter((n) => n !== undefined);
  return {
    format: reference.format,
    reference: reference.info,
    distorted: distorted.info,
    keys,
    ...(counts.length === 0 ? {} : { frameCount: Math.min(...counts) }),
  };
};

const modelResult = (model: PlannedModel, series: Series): ModelResult => {
  const mean = (suffix: string): number => series.pooled(`${model.name}${suffix}`).mean;
  const base = {
    name: model.name,
    label: model.label,
    score: mean(''),
    ...(model.student === undefined ? {} : { student: model.student.info }),
  };
  return model.outputKeys.length === 1
    ? base
    : {
        ...base,
        bootstrap: {
          bagging: mean('_bagging'),
          stddev: mean('_stddev'),
          ciP95: [mean('_ci_p95_lo'), mean('_ci_p95_hi')],
        },
      };
};

const collectWarnings = (
  request: CompareRequest,
  { plan, extractor }: ReadyRun,
  distorted: FrameSource,
  series: Series,
): readonly Warning[] => [
  ...extractor.warnings,
  ...modelHeightWarnings(plan.models, request.reference.format),
  ...subsampleWarnings(request.subsample ?? 1),
  ...compareSources(request.reference.info, distorted.info),
  ...request.reference.warnings(),
  ...distorted.warnings(),
  ...identicalWarnings(distorted.info.name, series, plan.models),
  ...rangeWarnings(distorted.info.name, series, plan.models),
];
