/**
 * Everything that a plan is made from, looked up: sources chosen, files
 * identified and hashed, ffmpeg asked, the ladder's folder read. Writes
 * nothing, so that `--dry-run` leaves no trace.
 */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  frameBytes,
  fromThrown,
  ioError,
  throwIfAborted,
  TinyVmafException,
  toPromise,
  tryTask,
  unwrap,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { fileState } from '../extract/identity.js';
import type { Sha256 } from '../store/contracts.js';
import { readSourceFolder } from './folder.js';
import { hashFile, remembered, type HashMemory } from './hash-memory.js';
import { planLadder, type LadderPlan, type RejectedSource } from './plan.js';
import { probeVideo, type Probed } from './probe.js';
import type { Recipe } from './recipe.js';
import type { LadderSource, SourceSpec } from './source.js';
import { readLadderState } from './state.js';
import { inspectFfmpeg, LADDER_TOOLS, type LadderTools } from './tools.js';

/** What to build from what, and where. */
export interface LadderRequest {
  /** Folder of the sources; every file must lie inside it. */
  readonly folder: string;
  /** Sources in it. Default: what {@link readSourceFolder} finds. */
  readonly sources?: readonly SourceSpec[];
  /** What the ladder shall be. */
  readonly recipe: Recipe;
  /** Folder of the ladder. */
  readonly out: string;
  /** Ids of the sources to take. Default: those of the recipe, else all. */
  readonly only?: readonly string[];
  /** First frame of sources that do not say theirs. Default 0. */
  readonly start?: number;
  /** Clips in work at a time, for the temporary space. Default 1. */
  readonly jobs?: number;
  /** Programs to run. Default: those on the PATH. */
  readonly tools?: LadderTools;
  /** Stops the planning, which reads new source files whole. */
  readonly signal?: AbortSignal;
}

/**
 * Plans a ladder from what is on the disk. A source that cannot be read, leads
 * outside the folder or is no video is rejected, with its reason in the plan;
 * where all are, its error is the left. Left: the errors of
 * {@link planLadder} and of reading folders, BackendUnavailable, Cancelled.
 */
export const prepareLadderTE = (request: LadderRequest): TE.TaskEither<TinyVmafError, LadderPlan> =>
  tryTask(async () => {
    const { recipe, signal, jobs } = request;
    const tools = request.tools ?? LADDER_TOOLS;
    const root = await realFolder(request.folder);
    const out = resolve(request.out);
    const specs = chooseSources(
      request.sources ?? (await readSourceFolder(root)),
      recipe,
      request.only,
    );
    const ffmpeg = await inspectFfmpeg(tools, signal);
    const state = await readLadderState(out);
    const context: Context = {
      root,
      tools,
      memory: state.hashes,
      hashed: new Map(),
      start: request.start ?? 0,
      signal,
    };
    const sources: LadderSource[] = [];
    const rejected: RejectedSource[] = [];
    for (const spec of specs) {
      try {
        sources.push(await inspectSource(spec, context));
      } catch (thrown) {
        rejected.push({ id: spec.id, file: spec.file, error: rejection(thrown) });
      }
    }
    const [first] = rejected;
    if (sources.length === 0 && first !== undefined) throw new TinyVmafException(first.error);
    const setting = { out, ffmpeg, state, rejected, ...(jobs === undefined ? {} : { jobs }) };
    return unwrap(planLadder(sources, recipe, setting));
  }, 'Planning the ladder');

/** {@link prepareLadderTE} as a Promise; rejects with `TinyVmafException`. */
export const prepareLadder = (request: LadderRequest): Promise<LadderPlan> =>
  toPromise(prepareLadderTE(request));

const realFolder = async (folder: string): Promise<string> => {
  try {
    return await realpath(folder);
  } catch (thrown) {
    throw new TinyVmafException(ioError('open', folder, thrown));
  }
};

/** The sources to take: those that are asked for, else the recipe's choice. Throws BadArgument. */
export const chooseSources = (
  specs: readonly SourceSpec[],
  recipe: Recipe,
  only: readonly string[] | undefined,
): readonly SourceSpec[] => {
  if (only !== undefined && only.length > 0) {
    const ids = new Set(specs.map(({ id }) => id));
    const unknown = only.find((id) => !ids.has(id));
    if (unknown === undefined) return specs.filter(({ id }) => only.includes(id));
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: '--only',
      rule: `must name sources among ${[...ids].slice(0, 40).join(', ')}${ids.size > 40 ? ', ...' : ''}`,
      value: unknown,
    });
  }
  if (recipe.sources === undefined) return specs;
  const { prefer, atMost } = recipe.sources;
  const preferred = specs.filter(({ id }) => prefer.includes(id));
  return (preferred.length > 0 ? preferred : specs).slice(0, atMost);
};

/** Why one source is left out, as plain data. Throws what concerns all of them. */
const rejection = (thrown: unknown): TinyVmafError => {
  const error = fromThrown(thrown, 'Planning the ladder');
  const all: readonly TinyVmafError['_tag'][] = ['Cancelled', 'BackendUnavailable', 'Internal'];
  if (all.includes(error._tag)) throw thrown;
  const { cause: _cause, ...data } = error;
  return data;
};

interface Context {
  readonly root: string;
  readonly tools: LadderTools;
  readonly memory: HashMemory;
  /** Files of this plan: several excerpts may be of one. */
  readonly hashed: Map<string, Sha256>;
  readonly start: number;
  readonly signal: AbortSignal | undefined;
}

const inspectSource = async (spec: SourceSpec, context: Context): Promise<LadderSource> => {
  const { root, tools, memory, hashed, signal } = context;
  throwIfAborted(signal, 'Planning the ladder');
  const { path, ...identity } = await fileState(root, spec.file);
  const start = spec.start ?? context.start;
  const seen = await measure(spec, path, identity.bytes, tools, signal);
  // Frames that are told together with a start are counted from there, all others from the file's first.
  const told = spec.frames !== undefined && spec.start !== undefined;
  const left = seen.frames - (told ? 0 : start);
  if (left < 1) {
    throw new TinyVmafException({
      _tag: 'NoFrames',
      source: spec.file,
      problem: `has ${seen.frames} frames and is to start at frame ${start}`,
    });
  }
  const known = hashed.get(path) ?? remembered(memory, path, identity);
  const sha256 = known ?? (await hashFile(path, signal));
  hashed.set(path, sha256);
  return {
    id: spec.id,
    path,
    file: spec.file,
    identity,
    sha256,
    start,
    frames: left,
    exact: spec.frames !== undefined || spec.raw !== undefined,
    width: seen.width,
    height: seen.height,
    frameRate: seen.frameRate,
    ...(spec.raw === undefined ? {} : { raw: spec.raw }),
    tags: spec.tags ?? [],
  };
};

/** Size, rate and frames: as told, by arithmetic for headerless files, else from the file. */
const measure = async (
  spec: SourceSpec,
  path: string,
  bytes: number,
  tools: LadderTools,
  signal: AbortSignal | undefined,
): Promise<Probed> => {
  const { raw, width, height, frameRate, frames } = spec;
  if (raw !== undefined) {
    const whole = Math.floor(bytes / frameBytes(raw.format));
    return { ...raw.format, frameRate: raw.frameRate, frames: frames ?? whole };
  }
  if (
    width !== undefined &&
    height !== undefined &&
    frameRate !== undefined &&
    frames !== undefined
  ) {
    return { width, height, frameRate, frames };
  }
  const probed = await probeVideo(tools, path, spec.file, signal);
  return {
    width: width ?? probed.width,
    height: height ?? probed.height,
    frameRate: frameRate ?? probed.frameRate,
    frames: frames ?? probed.frames,
  };
};
