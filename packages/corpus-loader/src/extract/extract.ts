/**
 * Carries out a plan: job after job, each with all processors. Whatever ends
 * it, what is finished is in the store, and the next run begins behind it.
 */
import {
  throwIfAborted,
  toPromise,
  TinyVmafException,
  type Incomplete,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { either as E, taskEither as TE } from 'fp-ts';
import { keepLabels } from '../import/merge-labels.js';
import type { ClipRecord, FeatureRows, Store, Task } from '../store/contracts.js';
import type { Checkpoints } from './chunk-writer.js';
import {
  startEvent,
  type ClipFailure,
  type ExtractionSummary,
  type OnExtractionEvent,
} from './event.js';
import { EXTRACTOR } from './extractor-id.js';
import { JOB_FORMAT, type CachedClip, type ExtractionJob, type ExtractionPlan } from './job.js';
import { runJob } from './job-run.js';
import type { FinishedClip } from './job-tools.js';
import { knownContents } from './known.js';
import { anyError, clipError, Fatal, stored } from './outcome.js';
import { recordName } from './records.js';
import { scoresOf, type Teacher } from './teacher.js';

/** How a plan is carried out. */
export interface ExtractOptions {
  /** Where everything goes; stays open. */
  readonly store: Store;
  /** Worker threads; 0 computes in the calling thread. Default: one per processor, none for small pictures. */
  readonly threads?: number;
  /** Models that score every clip. Default: none. */
  readonly models?: readonly Teacher[];
  /** End at the first clip that fails. Default false: it is reported, and the others go on. */
  readonly strict?: boolean;
  /** Fires to stop, within a frame; what is finished stays. */
  readonly signal?: AbortSignal;
  /** How often unfinished clips are written; see {@link Checkpoints}. */
  readonly checkpoints?: Checkpoints;
  /** Told what happens. */
  readonly onEvent?: OnExtractionEvent;
  /** Sentences for the summary, such as those of `loadTeachersTE`. */
  readonly warnings?: readonly string[];
}

/**
 * Carries out a plan.
 * @returns what was done, with the clips that failed; see {@link incomplete}.
 * Left: Cancelled, what the store fails with, and with `strict` the first
 * clip's error.
 */
export const extractTE = (plan: ExtractionPlan, options: ExtractOptions): Task<ExtractionSummary> =>
  TE.tryCatch(() => new Run(plan, options).run(), anyError);

/** {@link extractTE} as a Promise; rejects with `TinyVmafException`. */
export const extract = (
  plan: ExtractionPlan,
  options: ExtractOptions,
): Promise<ExtractionSummary> => toPromise(extractTE(plan, options));

/**
 * A summary without failures; left: Incomplete with both numbers.
 * @param leftOut files that discovery had to leave out, each an error of its own.
 */
export const incomplete = (
  summary: ExtractionSummary,
  leftOut = 0,
): E.Either<Incomplete, ExtractionSummary> => {
  const { failures, computed, cached, content } = summary;
  if (failures.length + leftOut === 0) return E.right(summary);
  const failed = `${failures.length} of ${computed + cached + content + failures.length} clips failed`;
  const files = leftOut === 1 ? '1 file was' : `${leftOut} files were`;
  return E.left({
    _tag: 'Incomplete',
    operation: 'corpus extract',
    problem: leftOut === 0 ? failed : `${failed}, ${files} left out of the corpus`,
    remedy:
      'The others are complete. Mend what was reported and run it again: only that is computed.',
  });
};

class Run {
  readonly #plan: ExtractionPlan;
  readonly #options: ExtractOptions;
  readonly #emit: OnExtractionEvent;
  readonly #failures: ClipFailure[] = [];
  /** Clips that have been reported, one way or the other. */
  readonly #told = new Set<string>();
  readonly #contents;
  /** Clips as the store had them. */
  readonly #before: ReadonlyMap<string, ClipRecord>;
  readonly #counts = { computed: 0, cached: 0, content: 0 };
  #frames = 0;
  #scored = 0;
  /** Records that are not in the store yet. */
  #records: ClipRecord[] = [];
  #refreshed = performance.now();

  constructor(plan: ExtractionPlan, options: ExtractOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#emit = options.onEvent ?? (() => undefined);
    const clips = options.store.clips();
    this.#contents = knownContents(clips);
    this.#before = new Map(clips.map((record) => [recordName(record), record]));
  }

  async run(): Promise<ExtractionSummary> {
    const { jobs, cached } = this.#plan;
    const warnings = this.#options.warnings ?? [];
    this.#emit(startEvent(this.#plan));
    for (const message of warnings) this.#emit({ type: 'warning', message });
    try {
      for (const clip of cached) await this.#takeCached(clip);
      await this.#flush();
      for (const job of jobs) await this.#runJob(job);
    } finally {
      await this.#flush();
    }
    const summary: ExtractionSummary = {
      ...this.#counts,
      frames: this.#frames,
      scored: this.#scored,
      failures: this.#failures,
      warnings,
    };
    this.#emit({ type: 'summary', summary });
    return summary;
  }

  async #runJob(job: ExtractionJob): Promise<void> {
    const { store, threads, signal, checkpoints } = this.#options;
    const { source, bytes, frames, rungs } = job;
    throwIfAborted(signal, OPERATION);
    await this.#refresh();
    const clips = rungs.map(({ clip }) => clip);
    this.#emit({ type: 'job', source, clips, bytes, ...(frames === undefined ? {} : { frames }) });
    await runJob(job, {
      store,
      contents: this.#contents,
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
      ...(checkpoints === undefined ? {} : { checkpoints }),
      emit: this.#emit,
      finish: (clip) => this.#finish(clip),
      fail: (clip, error) => {
        this.#fail(source, clip, error);
      },
    });
    await this.#flush();
    this.#emit({ type: 'job-end', source, bytes });
  }

  /** A clip that was known before: its scores and its record may be missing. */
  async #takeCached({ record, recorded, scores, rung, reference }: CachedClip): Promise<void> {
    const { source, group, corpus, clip } = record;
    throwIfAborted(this.#options.signal, OPERATION);
    const { store } = this.#options;
    // Read only where it is needed: a rerun over a complete store is to be quick.
    if (scores.length > 0 && (await stored(store.readFeatures(record.features))) === undefined) {
      const { root } = this.#plan;
      const bytes = reference.bytes + rung.file.bytes;
      const head = { format: JOB_FORMAT, root, corpus, source, group } as const;
      const job = { ...head, extractor: EXTRACTOR, scale: this.#plan.scale, reference };
      await this.#runJob({ ...job, rungs: [rung], bytes });
      return;
    }
    try {
      await this.#finish({ record, origin: 'cached', computed: 0 }, recorded);
    } catch (thrown) {
      this.#fail(source, clip, clipError(thrown));
    }
  }

  async #finish(finished: FinishedClip, recorded = false): Promise<void> {
    const { origin, computed } = finished;
    const record = keepLabels(finished.record, this.#before.get(recordName(finished.record)));
    const { source, clip, frames, features } = record;
    await this.#score(finished);
    if (this.#told.has(clip)) return;
    this.#told.add(clip);
    this.#counts[origin] += 1;
    this.#frames += computed;
    this.#contents.add(record);
    if (!recorded) this.#records.push(record);
    this.#emit({ type: 'clip', source, clip, frames, computed, features, origin });
  }

  async #score({ record, rows }: FinishedClip): Promise<void> {
    const { store, models = [] } = this.#options;
    let at: FeatureRows | undefined = rows;
    for (const teacher of models) {
      const address = { features: record.features, model: teacher.sha256 };
      if (store.hasScores(address)) continue;
      at ??= await stored(store.readFeatures(record.features));
      if (at === undefined) throw new TinyVmafException(gone(record));
      const scores = scoresOf(teacher, at);
      await stored(store.writeScores({ address, modelName: teacher.name, scores }));
      this.#scored += 1;
    }
  }

  #fail(source: string, clip: string, error: TinyVmafError): void {
    if (this.#told.has(clip)) return;
    this.#told.add(clip);
    const failure = { source, clip, error };
    this.#failures.push(failure);
    this.#emit({ type: 'failed', ...failure });
    if (this.#options.strict === true) throw new Fatal(error);
  }

  /** Looks from time to time at what others have added to the store meanwhile. */
  async #refresh(): Promise<void> {
    if (performance.now() - this.#refreshed < REFRESH_MS) return;
    await stored(this.#options.store.refresh());
    this.#refreshed = performance.now();
  }

  async #flush(): Promise<void> {
    const records = this.#records;
    if (records.length === 0) return;
    this.#records = [];
    await stored(this.#options.store.recordClips(records));
  }
}

const OPERATION = 'Extraction';

const REFRESH_MS = 10_000;

const gone = ({ clip, features }: ClipRecord): TinyVmafError => ({
  _tag: 'StoreCorrupt',
  source: features,
  problem: `the features of ${clip} cannot be read`,
  remedy: 'Run it again: they are computed anew.',
});
