/**
 * One run of a build: the queue of jobs, what has failed, and the names that
 * are given. Holds the ladder's lock while it lives.
 */
import { readFile, stat } from 'node:fs/promises';
import {
  fromThrown,
  ioError,
  throwIfAborted,
  TinyVmafException,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { writeFileAtomic } from '../store/atomic.js';
import type { BuildOptions } from './build.js';
import type { LadderEvent, LadderFailure, LadderReport } from './event.js';
import { memoryText } from './hash-memory.js';
import type { Addressed, ClipJob, LadderJob } from './job.js';
import { at, PATHS } from './layout.js';
import { manifestOf, manifestText, nameSource, type ManifestSource } from './manifest.js';
import { placeSource, type Shelf } from './place.js';
import { planBytes } from './plan-bytes.js';
import { isFinished, type LadderPlan, type PlannedSource } from './plan.js';
import { createQueue } from './pool.js';
import type { LadderSource } from './source.js';
import { readLadderState, type FoundResult, type LadderState } from './state.js';
import { makeFolders, prune, sweep } from './sweep.js';
import { diskFull, makeClip, makeReference, type Workshop } from './work.js';

type Settled = Required<Pick<BuildOptions, 'jobs' | 'strict' | 'prune' | 'checkSpace'>> &
  Pick<BuildOptions, 'signal' | 'onProgress'>;

/** Errors after which nothing else could be done either. */
const isFatal = (error: TinyVmafError): boolean =>
  error._tag === 'Cancelled' ||
  error._tag === 'BackendUnavailable' ||
  error._tag === 'Internal' ||
  (error._tag === 'Io' && error.operation === 'write');

/** A build; used once. */
export class Builder {
  private readonly queue = createQueue();
  private readonly stop = new AbortController();
  private readonly failures: LadderFailure[] = [];
  private readonly entries = new Map<string, ManifestSource>();
  private readonly workshop: Workshop;
  private fatal: TinyVmafError | undefined;
  /** Names are given one source at a time. */
  private naming: Promise<void> = Promise.resolve();
  private shelf: Shelf;
  private done = 0;
  private computed = 0;
  private reused = 0;
  private changed = false;

  constructor(
    private readonly plan: LadderPlan,
    private readonly options: Settled,
  ) {
    this.workshop = {
      out: plan.out,
      ffmpeg: plan.ffmpeg.tools.ffmpeg,
      keepEncodes: plan.recipe.keepEncodes,
      signal: this.stop.signal,
    };
    this.shelf = { out: plan.out, results: new Map(), named: new Map() };
  }

  /** Does everything. Throws what ends a build early. */
  async build(): Promise<LadderReport> {
    const { plan, options } = this;
    const onAbort = (): void => this.end({ _tag: 'Cancelled', operation: 'Building the ladder' });
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      throwIfAborted(options.signal, 'Building the ladder');
      await makeFolders(plan.out, plan.recipe.keepEncodes);
      await sweep(plan.out);
      const state = await readLadderState(plan.out);
      const pruned = options.prune ? await this.prune(state) : 0;
      this.begin(state);
      this.checkSpace(state);
      await this.rememberSources(state);
      throwIfAborted(options.signal, 'Building the ladder');
      await this.queue.drain(Math.max(1, options.jobs));
      await this.naming;
      if (this.fatal !== undefined) throw new TinyVmafException(this.fatal);
      await this.writeManifest();
      return this.report(pruned);
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  private tell(event: LadderEvent): void {
    this.options.onProgress?.(event);
  }

  /** Ends the build: nothing new begins, what runs is killed. */
  private end(error: TinyVmafError): void {
    this.fatal ??= error;
    this.queue.clear();
    this.stop.abort();
  }

  private get jobs(): readonly Addressed<LadderJob>[] {
    return this.plan.sources.flatMap(({ reference, clips }) => [reference, ...clips]);
  }

  private async prune(state: LadderState): Promise<number> {
    const wanted = new Set(this.jobs.map(({ hash }) => hash));
    const ids = new Set(this.plan.sources.map(({ source }) => source.id));
    return prune(this.plan.out, state, wanted, ids);
  }

  private begin(state: LadderState): void {
    const { keepEncodes } = this.plan.recipe;
    const results = Object.entries(state.results);
    this.shelf = {
      out: this.plan.out,
      results: new Map(results),
      named: new Map(Object.entries(state.named)),
    };
    const finished = this.jobs.filter(({ hash }) => isFinished(state, hash, keepEncodes));
    this.reused = finished.length;
    this.done = this.reused;
    this.tell({ kind: 'begin', total: this.jobs.length, reused: this.reused });
    const there = new Set(finished.map(({ hash }) => hash));
    for (const planned of this.plan.sources) this.schedule(planned, there);
  }

  private checkSpace(state: LadderState): void {
    if (!this.options.checkSpace) return;
    const { sources, recipe, out } = this.plan;
    const there = new Set(
      Object.keys(state.results).filter((hash) => isFinished(state, hash, recipe.keepEncodes)),
    );
    const bytes = planBytes(sources, there, recipe, state, this.options.jobs);
    if (bytes.enough || bytes.toWrite === 0) return;
    this.queue.clear();
    throw new TinyVmafException({
      ...diskFull(out),
      problem: `${bytes.toWrite + bytes.temporary} bytes are needed and ${bytes.free ?? 0} are free; make room, name another folder, or ask for less`,
    });
  }

  /** Puts a source's open jobs into the queue. */
  private schedule(planned: PlannedSource, there: ReadonlySet<string>): void {
    const open = planned.clips.filter(({ hash }) => !there.has(hash));
    let left = open.length;
    const ended = (): void => {
      left--;
      if (left <= 0) this.nameLater(planned);
    };
    const clips = open.map((clip) => () => this.clip(clip, planned, ended));
    if (there.has(planned.reference.hash)) {
      if (open.length === 0) this.nameLater(planned);
      for (const clip of clips) this.queue.add(clip);
      return;
    }
    this.queue.add(async () => {
      const made = await this.reference(planned);
      // A source's clips come before other sources, so that one after the other is complete.
      if (made && clips.length > 0) this.queue.addFirst(clips);
      else if (made) this.nameLater(planned);
    });
  }

  /** Does a job; failures are noted. @returns whether there is a result. */
  private async attempt(
    { hash, job }: Addressed<LadderJob>,
    work: () => Promise<FoundResult>,
  ): Promise<boolean> {
    const about = { source: job.source, ...(job.kind === 'clip' ? { rung: job.rung } : {}) };
    try {
      const result = await work();
      this.shelf.results.set(hash, result);
      this.computed++;
      this.done++;
      this.changed = true;
      const { frames } = result.record;
      const { done } = this;
      this.tell({ kind: 'done', job: job.kind, ...about, frames, done, total: this.jobs.length });
      return true;
    } catch (thrown) {
      const error = fromThrown(thrown, 'Building the ladder');
      // What an ending build kills has not failed.
      if (this.fatal !== undefined) return false;
      if (isFatal(error)) {
        this.end(error);
        return false;
      }
      const failure: LadderFailure = { ...about, error };
      this.failures.push(failure);
      this.tell({ kind: 'failed', ...failure });
      if (this.options.strict) this.end(error);
      return false;
    }
  }

  private reference({ source, reference }: PlannedSource): Promise<boolean> {
    return this.attempt(reference, () =>
      makeReference(reference, source.path, this.workshop, () => checkUnchanged(source)),
    );
  }

  private async clip(
    clip: Addressed<ClipJob>,
    { reference }: PlannedSource,
    ended: () => void,
  ): Promise<void> {
    const made = this.shelf.results.get(reference.hash);
    if (made !== undefined) await this.attempt(clip, () => makeClip(clip, made, this.workshop));
    ended();
  }

  private nameLater(planned: PlannedSource): void {
    this.naming = this.naming.then(async () => {
      if (this.fatal !== undefined) return;
      try {
        await this.name(planned);
      } catch (thrown) {
        this.end(fromThrown(thrown, 'Building the ladder'));
      }
    });
  }

  private async name(planned: PlannedSource): Promise<void> {
    const { id } = planned.source;
    const names = nameSource(planned, this.shelf.results, this.plan.recipe);
    if (names === undefined) return;
    const naming = await placeSource(this.shelf, id, names.files);
    this.entries.set(id, names.entry);
    if (naming === 'unchanged') return;
    this.changed = true;
    this.tell({ kind: 'named', source: id, renamed: naming === 'renamed' });
  }

  private async rememberSources(state: LadderState): Promise<void> {
    const added = this.plan.sources.map(
      ({ source: { path, identity, sha256 } }) => [path, { ...identity, sha256 }] as const,
    );
    const text = memoryText({ ...state.hashes, ...Object.fromEntries(added) });
    if (text !== memoryText(state.hashes)) {
      await writeFileAtomic(at(this.plan.out, PATHS.hashes), text);
    }
  }

  private async writeManifest(): Promise<void> {
    const sources = this.plan.sources.flatMap(({ source }) => {
      const entry = this.entries.get(source.id);
      return entry === undefined ? [] : [entry];
    });
    if (sources.length === 0) return;
    const path = at(this.plan.out, PATHS.manifest);
    const text = manifestText(manifestOf(this.plan, sources));
    const old = await readFile(path, 'utf8').catch(() => undefined);
    if (old === text) return;
    this.changed = true;
    await writeFileAtomic(path, text);
  }

  private report(pruned: number): LadderReport {
    const entries = [...this.entries.values()];
    return {
      out: this.plan.out,
      computed: this.computed,
      reused: this.reused,
      failures: this.failures,
      sources: entries.length,
      clips: entries.reduce((sum, { clips }) => sum + clips.length, 0),
      pruned,
      changed: this.changed || pruned > 0,
    };
  }
}

/** Makes sure that a source is still what was planned with. Throws DamagedInput, Io. */
const checkUnchanged = async ({ path, file, identity }: LadderSource): Promise<void> => {
  const now = await stat(path, { bigint: true }).catch((thrown: unknown) => {
    throw new TinyVmafException(ioError('read', path, thrown));
  });
  const same =
    Number(now.size) === identity.bytes &&
    String(now.mtimeNs) === identity.mtimeNs &&
    `${now.dev}:${now.ino}` === identity.inode;
  if (same) return;
  throw new TinyVmafException({
    _tag: 'DamagedInput',
    source: file,
    problem: `it has changed since the ladder was planned (${identity.bytes} bytes then, ${now.size} now); run it again`,
  });
};
