/**
 * What an extractor will do, decided before the first frame: which kernels
 * with which options, the keys they report in which order, and what there is
 * to say about the picture size.
 */
import {
  BIT_DEPTHS,
  CHROMAS,
  describeFormat,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import { array as A, either as E, function as F } from 'fp-ts';
import { ADM_EXACT_SIZE, ADM_MIN_SIZE } from '../adm/adm.js';
import { COMPATS, MOTION_MINIMUM, type Compat } from '../motion/sad.js';
import { VIF_MINIMUM } from '../vif/vif.js';
import type { ExtractorName } from './options.js';
import { outputKey, outputs, type Output } from './outputs.js';
import { bad, resolveRequest, type ExtractorRequest, type ResolvedExtractor } from './request.js';

/** Something the user should know although the numbers can be computed. */
export interface ExtractorWarning {
  /** Stable code: `not-comparable-size`. */
  readonly code: string;
  /** A sentence for a person. */
  readonly message: string;
}

/** Extractors after merging, with their keys. */
export interface Plan {
  readonly format: VideoFormat;
  readonly compat: Compat;
  /** Spatial extractors look at every `subsample`-th frame, and only those are emitted. */
  readonly subsample: number;
  readonly extractors: readonly ResolvedExtractor[];
  readonly keys: readonly string[];
  readonly warnings: readonly ExtractorWarning[];
}

/** What {@link makePlan} needs. */
export interface PlanRequest {
  readonly format: VideoFormat;
  readonly extractors: readonly ExtractorRequest[];
  readonly compat: Compat;
  readonly subsample: number;
}

/** Checks everything that can be checked without a frame. Left: BadArgument, BadGeometry. */
export const makePlan = (request: PlanRequest): E.Either<TinyVmafError, Plan> => {
  const { format, compat, subsample } = request;
  return F.pipe(
    checkRun(request),
    E.chain(() => A.traverse(E.Applicative)(resolveRequest)([...request.extractors])),
    E.map(merge),
    E.chainFirst((extractors) => checkCompat(extractors, compat)),
    E.chainFirst((extractors) => checkSize(extractors, format)),
    E.chain((extractors) =>
      F.pipe(
        keysOf(extractors, compat),
        E.map((keys) => ({
          format,
          compat,
          subsample,
          extractors,
          keys,
          warnings: sizeWarnings(extractors, format),
        })),
      ),
    ),
  );
};

/** More samples than any kernel's scratch memory should be asked for: 16384 squared. */
const MOST_SAMPLES = 2 ** 28;

const checkRun = ({
  format,
  extractors,
  compat,
  subsample,
}: PlanRequest): E.Either<TinyVmafError, unknown> => {
  const { width, height, bitDepth, chroma } = format;
  const isSide = (n: number): boolean => Number.isInteger(n) && n >= 1;
  if (!isSide(width) || !isSide(height) || width * height > MOST_SAMPLES) {
    return badSize(format, `both sides must be whole numbers, with at most 2^28 samples together`);
  }
  if (!BIT_DEPTHS.includes(bitDepth)) {
    return bad('format.bitDepth', `must be one of ${BIT_DEPTHS.join(', ')}`, String(bitDepth));
  }
  if (!CHROMAS.includes(chroma)) {
    return bad('format.chroma', `must be one of ${CHROMAS.join(', ')}`, String(chroma));
  }
  if (!COMPATS.includes(compat)) {
    return bad('compat', `must be one of ${COMPATS.join(', ')}`, String(compat));
  }
  if (!Number.isSafeInteger(subsample) || subsample < 1) {
    return bad('subsample', 'must be a whole number >= 1', String(subsample));
  }
  if (extractors.length === 0) return bad('extractors', 'must name at least one extractor');
  return E.right(undefined);
};

/** Requests with equal options become one, in the place of the first; `debug` of any counts. */
const merge = (extractors: readonly ResolvedExtractor[]): readonly ResolvedExtractor[] => {
  const merged = new Map<string, ResolvedExtractor>();
  for (const extractor of extractors) {
    const identity = JSON.stringify([extractor.name, extractor.options]);
    const earlier = merged.get(identity);
    merged.set(identity, { ...extractor, debug: extractor.debug || earlier?.debug === true });
  }
  return [...merged.values()];
};

const MOTION_3_1_OPTIONS = /^(_force_0)?$/;

const checkCompat = (
  extractors: readonly ResolvedExtractor[],
  compat: Compat,
): E.Either<TinyVmafError, unknown> => {
  const newer = extractors.find(
    ({ name, suffix }) => name === 'motion' && !MOTION_3_1_OPTIONS.test(suffix),
  );
  return compat === 'libvmaf-3.1' && newer !== undefined
    ? bad('motion', 'has only the option motion_force_zero with compat libvmaf-3.1', newer.suffix)
    : E.right(undefined);
};

const MINIMUM: Readonly<Record<ExtractorName, number>> = {
  adm: ADM_MIN_SIZE,
  vif: VIF_MINIMUM,
  motion: MOTION_MINIMUM,
};

const LABEL: Readonly<Record<ExtractorName, string>> = { adm: 'ADM', vif: 'VIF', motion: 'motion' };

const checkSize = (
  extractors: readonly ResolvedExtractor[],
  format: VideoFormat,
): E.Either<TinyVmafError, unknown> => {
  const side = Math.min(format.width, format.height);
  const [tooLarge] = extractors
    .map(({ name }) => name)
    .filter((name) => side < MINIMUM[name])
    .toSorted((a, b) => MINIMUM[b] - MINIMUM[a]);
  return tooLarge === undefined
    ? E.right(undefined)
    : badSize(format, `${LABEL[tooLarge]} needs both sides >= ${MINIMUM[tooLarge]}`);
};

const badSize = ({ width, height }: VideoFormat, problem: string): E.Either<TinyVmafError, never> =>
  E.left({
    _tag: 'BadGeometry',
    source: 'The video',
    problem: `is ${width}x${height}; ${problem}`,
  });

const sizeWarnings = (
  extractors: readonly ResolvedExtractor[],
  format: VideoFormat,
): readonly ExtractorWarning[] => {
  const side = Math.min(format.width, format.height);
  if (side >= ADM_EXACT_SIZE || !extractors.some(({ name }) => name === 'adm')) return [];
  return [
    {
      code: 'not-comparable-size',
      message: `${describeFormat(format)}: below ${ADM_EXACT_SIZE} samples a side libvmaf's own ADM reads undefined memory at its smallest scale, so ADM and every score made with it cannot be compared with libvmaf.`,
    },
  ];
};

/** libvmaf lists names as they first appear: what is known at once, then what waits for a later frame. */
const keysOf = (
  extractors: readonly ResolvedExtractor[],
  compat: Compat,
): E.Either<TinyVmafError, readonly string[]> => {
  const named = extractors.flatMap((extractor) =>
    reportedOutputs(extractor, compat).map((output) => ({
      key: outputKey(extractor.name, output.name, extractor.suffix),
      delayed: output.delayed === true,
    })),
  );
  const keys = [
    ...named.filter(({ delayed }) => !delayed),
    ...named.filter(({ delayed }) => delayed),
  ].map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  return twice === undefined
    ? E.right(keys)
    : bad('extractors', `ask for different values under one name, ${twice}`);
};

/** The outputs that an extractor reports with its `debug` setting. */
const reportedOutputs = (
  extractor: ResolvedExtractor,
  compat: Compat,
): readonly Pick<Output<never>, 'name' | 'delayed'>[] =>
  outputsOf(extractor.name, compat).filter(({ debug }) => extractor.debug || !debug);

const outputsOf = (
  name: ExtractorName,
  compat: Compat,
): readonly Pick<Output<never>, 'name' | 'delayed' | 'debug'>[] =>
  name === 'motion' ? outputs.motion(compat) : outputs[name]();
