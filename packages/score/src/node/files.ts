/**
 * Scoring by path: opens the inputs and the models, scores, and closes
 * everything again however the run ends.
 */
import { toPromise, type TinyVmafError } from '@tinyvmaf/core';
import { parseFeatureSpec, type ExtractorRequest } from '@tinyvmaf/features';
import { createExtractor, type Revectorize } from '@tinyvmaf/features/node';
import type { FrameSource, VideoHints } from '@tinyvmaf/yuv-io';
import { openVideosTE } from '@tinyvmaf/yuv-io/node';
import { either as E, function as F, readonlyArray as RA, taskEither as TE } from 'fp-ts';
import { anyRequest, checkRequest } from '../request.js';
import { loadModelsTE, nameModelsTE, type ReadyModel } from './models.js';
import { filesRequest } from './request.js';
import type { ScoreReport } from '../report.js';
import {
  compareThroughTE,
  type CompareRequest as CompareSourcesRequest,
  type ScoreRequest as ScoreSourcesRequest,
  type ScoreSettings,
} from '../score.js';

/** An input: a path, `-` for standard input, or an opened source, which stays the caller's. */
export type VideoInput = string | FrameSource;

/** Settings of a comparison by path. */
export interface FileSettings extends Omit<ScoreSettings, 'models' | 'features'> {
  /**
   * Models in libvmaf's grammar: `version=vmaf_v0.6.1:name=vmaf`, `path=FILE`.
   * Students too: `FILE.onnx`, or the name of one of the package or of the data
   * folder, such as `a5`; `default` is the default student. Where this is absent the
   * teacher `vmaf_v0.6.1` scores, and on a machine without it the default student,
   * under its own name and with the warning `student-instead-of-teacher`. An empty
   * list computes features alone.
   */
  readonly models?: readonly string[];
  /** Further features in libvmaf's grammar: `adm=debug=true`. */
  readonly features?: readonly string[];
  /** File or folder in which to look for model versions first. */
  readonly teacher?: string;
  /**
   * Worker threads; 0 computes in the calling thread. Default: one per
   * processor, none for pictures too small to gain from it.
   */
  readonly threads?: number;
  /**
   * Whether vectors are joined to 256 bits by an experimental flag of V8;
   * the numbers are the same. For programs, not for libraries. Default `off`.
   */
  readonly revectorize?: Revectorize;
  /** How to open the reference. */
  readonly referenceHints?: VideoHints;
  /** How to open the distorted videos. */
  readonly distortedHints?: VideoHints;
}

/** One reference and one distorted video by path. */
export interface ScoreRequest
  extends FileSettings, Pick<ScoreSourcesRequest, 'onStart' | 'onFrame'> {
  /** The pristine video. */
  readonly reference: VideoInput;
  /** The video to judge. */
  readonly distorted: VideoInput;
}

/** One reference and any number of distorted videos by path. */
export interface CompareRequest
  extends FileSettings, Pick<CompareSourcesRequest, 'onStart' | 'onFrame'> {
  /** The pristine video, read once. */
  readonly reference: VideoInput;
  /** The videos to judge, at least one. */
  readonly distorted: readonly VideoInput[];
}

/**
 * Scores distorted videos against one reference.
 * @returns one report per distorted video; fails with what opening, models and
 * scoring can raise, see `compareTE` of `@tinyvmaf/score`.
 */
export const compareTE = (
  request: CompareRequest,
): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> =>
  F.pipe(
    checkRequest(filesRequest, request),
    E.bindTo('checked'),
    E.bind('features', () => parseFeatures(request.features ?? [])),
    TE.fromEither,
    TE.bind('named', () => nameModelsTE(request.models)),
    TE.flatMap(({ features, named }) =>
      TE.bracket(
        openAll(request),
        (sources) =>
          F.pipe(
            loadModelsTE(named, request.teacher),
            TE.flatMap((models) => compareWith(request, sources, models, features)),
          ),
        (sources) => closeOwn(request, sources),
      ),
    ),
  );

/** {@link compareTE} as a Promise; rejects with `TinyVmafException`. */
export const compare = (request: CompareRequest): Promise<readonly ScoreReport[]> =>
  toPromise(compareTE(request));

/** Scores one distorted video against its reference; errors as {@link compareTE}. */
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

const computingOf = ({
  threads,
  revectorize,
}: CompareRequest): { readonly threads?: number; readonly revectorize?: Revectorize } => ({
  ...(threads === undefined ? {} : { threads }),
  ...(revectorize === undefined ? {} : { revectorize }),
});

const compareWith = (
  request: CompareRequest,
  [reference, ...distorted]: Sources,
  models: readonly ReadyModel[],
  features: readonly ExtractorRequest[],
): TE.TaskEither<TinyVmafError, readonly ScoreReport[]> =>
  F.pipe(
    compareThroughTE((config) => createExtractor({ ...config, ...computingOf(request) }))({
      ...settingsOf(request),
      models: models.map(({ model }) => model),
      features,
      reference,
      distorted,
    }),
    TE.map((reports) =>
      reports.map((report) => ({
        ...report,
        warnings: [...models.flatMap(({ warnings }) => warnings), ...report.warnings],
      })),
    ),
  );

const settingsOf = (
  request: CompareRequest,
): Omit<ScoreSettings, 'models' | 'features'> &
  Pick<CompareSourcesRequest, 'onStart' | 'onFrame'> => ({
  ...(request.compat === undefined ? {} : { compat: request.compat }),
  ...(request.subsample === undefined ? {} : { subsample: request.subsample }),
  ...(request.allowShorter === undefined ? {} : { allowShorter: request.allowShorter }),
  ...(request.scale === undefined ? {} : { scale: request.scale }),
  ...(request.backend === undefined ? {} : { backend: request.backend }),
  ...(request.signal === undefined ? {} : { signal: request.signal }),
  ...(request.onStart === undefined ? {} : { onStart: request.onStart }),
  ...(request.onFrame === undefined ? {} : { onFrame: request.onFrame }),
});

const parseFeatures = (
  specs: readonly string[],
): E.Either<TinyVmafError, readonly ExtractorRequest[]> =>
  F.pipe(specs, RA.traverse(E.Applicative)(parseFeatureSpec));

type Sources = readonly [reference: FrameSource, ...distorted: FrameSource[]];

/** Opens all inputs at once: writers of named pipes may come in any order. */
const openAll = (request: CompareRequest): TE.TaskEither<TinyVmafError, Sources> => {
  const inputs = [
    { input: request.reference, hints: request.referenceHints },
    ...request.distorted.map((input) => ({ input, hints: request.distortedHints })),
  ];
  const requests = inputs.flatMap(({ input, hints }) =>
    typeof input === 'string' ? [{ path: input, ...(hints === undefined ? {} : { hints }) }] : [],
  );
  return F.pipe(
    openVideosTE(requests, request.signal),
    TE.flatMap((opened) => {
      const next = opened.values();
      const [reference, ...distorted] = inputs.flatMap(({ input }) => {
        const source = typeof input === 'string' ? next.next().value : input;
        return source === undefined ? [] : [source];
      });
      return reference === undefined
        ? TE.left<TinyVmafError>({ _tag: 'Internal', problem: 'no reference was opened' })
        : TE.right<TinyVmafError, Sources>([reference, ...distorted]);
    }),
  );
};

/** Closes what {@link openAll} opened, not what the caller brought. */
const closeOwn =
  (request: CompareRequest, sources: readonly FrameSource[]): TE.TaskEither<TinyVmafError, void> =>
  async () => {
    const brought = [request.reference, ...request.distorted];
    await Promise.all(
      sources.filter((source) => !brought.includes(source)).map((source) => source.close()),
    );
    return E.right(undefined);
  };
