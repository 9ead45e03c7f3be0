/**
 * From sources, recipe and what is there to a plan: plain data that says which
 * jobs there are, which are finished, what cannot be built and why, and how
 * many bytes it takes. Nothing is read or written here.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Sha256 } from '../store/contracts.js';
import { CODECS, type Codec } from './codecs.js';
import { encodeSize, even, referenceSize, type Size } from './geometry.js';
import {
  clipJob,
  jobFrameBytes,
  referenceJob,
  type Addressed,
  type ClipJob,
  type ReferenceJob,
} from './job.js';
import { encodeName, ID_RULE, idKey, isSafeId } from './names.js';
import { planBytes, type PlanBytes } from './plan-bytes.js';
import { newsOf } from './plan-news.js';
import type { Recipe, RungRecipe } from './recipe.js';
import type { LadderSource } from './source.js';
import type { LadderState } from './state.js';
import type { Ffmpeg } from './tools.js';

/** A source with all that is to be made of it. */
export interface PlannedSource {
  /** What it is made from. */
  readonly source: LadderSource;
  /** The job of its reference. */
  readonly reference: Addressed<ReferenceJob>;
  /** The jobs of its clips, in the recipe's order. */
  readonly clips: readonly Addressed<ClipJob>[];
}

/** A rung that is not built, for one source or for all. */
export interface LeftOut {
  /** Name of the rung. */
  readonly rung: string;
  /** Absent where it holds for all sources. */
  readonly source?: string;
  /** In words, both numbers where there are two. */
  readonly reason: string;
  /** `encoder`: this ffmpeg lacks it. `size`: no picture of that size. */
  readonly cause: 'encoder' | 'size';
}

/** A source that cannot be used. */
export interface RejectedSource {
  /** Id that the source would have. */
  readonly id: string;
  /** Relative to the folder of sources. */
  readonly file: string;
  /** Why, as plain data. */
  readonly error: TinyVmafError;
}

/** What is to be done. */
export interface LadderPlan {
  readonly format: 'tinyvmaf-ladder-plan/1';
  /** The folder of the ladder, absolute. */
  readonly out: string;
  /** What the ladder shall be. */
  readonly recipe: Recipe;
  /** What builds it. */
  readonly ffmpeg: Ffmpeg;
  /** Names of the rungs that can be built, in the recipe's order. */
  readonly rungs: readonly string[];
  /** All that is to be built, in the order of the manifest. */
  readonly sources: readonly PlannedSource[];
  /** Hashes of jobs of this plan whose results are there. */
  readonly finished: readonly Sha256[];
  /** Rungs that are not built, with reasons. */
  readonly leftOut: readonly LeftOut[];
  /** Sources that cannot be used, with reasons. */
  readonly rejected: readonly RejectedSource[];
  /** What has changed since the last time, and what lies there unused. */
  readonly news: readonly string[];
  /** The disk it takes. */
  readonly bytes: PlanBytes;
}

/** Everything a plan is made from besides sources and recipe. */
export interface LadderSetting {
  /** The folder of the ladder, absolute. */
  readonly out: string;
  /** The installed ffmpeg. */
  readonly ffmpeg: Ffmpeg;
  /** What lies in the folder. */
  readonly state: LadderState;
  /** Clips in work at a time, for the temporary space. Default 1. */
  readonly jobs?: number;
  /** Sources that could not be looked at; they make the ladder incomplete. Default: none. */
  readonly rejected?: readonly RejectedSource[];
}

/**
 * Plans a ladder. Left: CorpusLayout for no sources, BadArgument for ids that
 * cannot be file names, are there twice or give two files one name,
 * BackendUnavailable where this ffmpeg has none of the encoders.
 */
export const planLadder = (
  sources: readonly LadderSource[],
  recipe: Recipe,
  { out, ffmpeg, state, jobs, rejected = [] }: LadderSetting,
): E.Either<TinyVmafError, LadderPlan> => {
  const wrong = sourcesProblem(sources, out);
  if (wrong !== undefined) return E.left(wrong);
  const missing = recipe.rungs.filter(({ codec }) => !hasEncoder(ffmpeg, CODECS[codec]));
  const rungs = recipe.rungs.filter((rung) => !missing.includes(rung));
  if (rungs.length === 0) {
    const names = [...new Set(missing.map(({ codec }) => CODECS[codec].encoder))];
    return E.left({
      _tag: 'BackendUnavailable',
      backend: ffmpeg.version,
      problem: `has none of the encoders that the recipe needs (${names.join(', ')})`,
      remedy: ENCODER_REMEDY,
    });
  }
  const leftOut: LeftOut[] = missing.map(({ name, codec }) => ({
    rung: name,
    reason: `this ffmpeg has no encoder ${CODECS[codec].encoder}`,
    cause: 'encoder',
  }));
  const planned = sources.map((source) => planSource(source, rungs, recipe, ffmpeg, leftOut));
  const clash = recipe.keepEncodes ? clashOf(planned) : undefined;
  if (clash !== undefined) return E.left(clash);
  const wanted = planned.flatMap(({ reference, clips }) => [reference, ...clips]);
  const finished = wanted
    .map(({ hash }) => hash)
    .filter((hash) => isFinished(state, hash, recipe.keepEncodes));
  return E.right({
    format: 'tinyvmaf-ladder-plan/1',
    out,
    recipe,
    ffmpeg,
    rungs: rungs.map(({ name }) => name),
    sources: planned,
    finished,
    leftOut,
    rejected,
    news: newsOf(planned, state),
    bytes: planBytes(planned, new Set(finished), recipe, state, jobs ?? 1),
  });
};

/** What to do about a missing encoder. */
export const ENCODER_REMEDY =
  'Install an ffmpeg that has them (`ffmpeg -encoders` lists them), or leave those rungs out (--codecs).';

const hasEncoder = (ffmpeg: Ffmpeg, codec: Codec): boolean =>
  ffmpeg.encoders.includes(codec.encoder);

/** Whether a job's result is there, with its bit stream where that is to be kept. */
export const isFinished = (state: LadderState, hash: Sha256, keepEncodes: boolean): boolean => {
  const found = state.results[hash];
  return (
    found !== undefined &&
    !(keepEncodes && found.record.job.kind === 'clip' && found.encode === undefined)
  );
};

const sourcesProblem = (
  sources: readonly LadderSource[],
  out: string,
): TinyVmafError | undefined => {
  if (sources.length === 0) {
    return {
      _tag: 'CorpusLayout',
      source: out,
      problem: 'is to hold a ladder of no sources at all',
      remedy: 'Name a folder with videos.',
    };
  }
  const unsafe = sources.find(({ id }) => !isSafeId(id));
  if (unsafe !== undefined) {
    return { _tag: 'BadArgument', argument: 'id of a source', rule: ID_RULE, value: unsafe.id };
  }
  const seen = new Set<string>();
  for (const { id } of sources) {
    if (seen.has(idKey(id))) {
      return { _tag: 'BadArgument', argument: 'id of a source', rule: 'must be unique', value: id };
    }
    seen.add(idKey(id));
  }
  return undefined;
};

/** Two encodes that would have one name: `A-x` with rung `y`, and `A` with rung `x-y`. */
const clashOf = (planned: readonly PlannedSource[]): TinyVmafError | undefined => {
  const seen = new Set<string>();
  for (const { job } of planned.flatMap(({ clips }) => clips)) {
    const name = encodeName(job.source, job.rung, job.extension);
    if (seen.has(idKey(name))) {
      return {
        _tag: 'BadArgument',
        argument: 'id of a source',
        rule: `must not give two encodes the name ${name}; rename a rung or the source`,
        value: job.source,
      };
    }
    seen.add(idKey(name));
  }
  return undefined;
};

const planSource = (
  source: LadderSource,
  rungs: readonly RungRecipe[],
  recipe: Recipe,
  ffmpeg: Ffmpeg,
  leftOut: LeftOut[],
): PlannedSource => {
  const own = { width: even(source.width), height: even(source.height) };
  const size = recipe.size === 'source' ? own : referenceSize(source, recipe.size, recipe.upscale);
  const reference = referenceJob(source, recipe, size, ffmpeg);
  const clips: Addressed<ClipJob>[] = [];
  for (const rung of rungs) {
    const encode = encodeSize(size, rung.height);
    const reason = sizeProblem(rung, encode, size);
    if (encode === undefined || reason !== undefined) {
      leftOut.push({ rung: rung.name, source: source.id, reason: reason ?? '', cause: 'size' });
    } else {
      clips.push(clipJob(reference, rung, encode, recipe));
    }
  }
  return { source, reference, clips };
};

const sizeProblem = (
  rung: RungRecipe,
  encode: Size | undefined,
  reference: Size,
): string | undefined => {
  if (encode === undefined) {
    return `its height ${rung.height} lies above the reference's ${reference.height}`;
  }
  const { encoder, smallestSide } = CODECS[rung.codec];
  return Math.min(encode.width, encode.height) < smallestSide
    ? `${encoder} takes sides of ${smallestSide} and more, the encode is ${encode.width}x${encode.height}`
    : undefined;
};

/** Bytes of the samples a source gives. */
export const sourceBytes = ({ reference, clips }: PlannedSource): number =>
  jobFrameBytes(reference.job) * reference.job.frames * (1 + clips.length);
