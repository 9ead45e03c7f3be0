/**
 * From a corpus and a store to a plan: looks at the state of every file, never
 * into one. A pair is done where the hashes of both files are remembered and
 * the store has features of these contents.
 */
import { basename } from 'node:path';
import { frameBytes, throwIfAborted, toPromise, type VideoFormat } from '@tinyvmaf/core';
import type { ScaleMethod } from '@tinyvmaf/yuv-io';
import { taskEither as TE } from 'fp-ts';
import type { Corpus, MediaFile, Rung, Source } from '../corpus/corpus.js';
import { CHUNK_FRAMES } from '../hash/tree.js';
import type { ClipRecord, ContentHash, FileIdentity, Store, Task } from '../store/contracts.js';
import { keepLabels } from '../import/merge-labels.js';
import { EXTRACTOR } from './extractor-id.js';
import { fileState } from './identity.js';
import {
  JOB_FORMAT,
  PLAN_FORMAT,
  type CachedClip,
  type ExtractionJob,
  type ExtractionPlan,
  type JobRung,
} from './job.js';
import { knownContents, type KnownContents } from './known.js';
import { anyError, stored } from './outcome.js';
import { pairKey } from './pair-key.js';
import { clipRecord, recordName, sameRecord } from './records.js';
import type { Teacher } from './teacher.js';
import { referenceView, rungView } from './view.js';

/** What a plan is made for. */
export interface PlanOptions {
  /** Name of the corpus in the store. Default: that of its folder. */
  readonly name?: string;
  /** How rungs of another size are brought to that of the reference. Default `bicubic`. */
  readonly scale?: ScaleMethod;
  /** Models that are to score. Default: none. */
  readonly models?: readonly Teacher[];
  /** Fires to give up. */
  readonly signal?: AbortSignal;
}

/** More than this many videos are not read at a time: each holds pictures in memory. */
const MOST_RUNGS = 32;

/**
 * Makes the plan of an extraction.
 * Left: Cancelled, and Io or StoreCorrupt of a store that cannot be read. A
 * file that cannot be looked at is left to its job.
 */
export const planExtractionTE = (
  corpus: Corpus,
  store: Store,
  options: PlanOptions = {},
): Task<ExtractionPlan> => TE.tryCatch(() => makePlan(corpus, store, options), anyError);

/** {@link planExtractionTE} as a Promise; rejects with `TinyVmafException`. */
export const planExtraction = (
  corpus: Corpus,
  store: Store,
  options: PlanOptions = {},
): Promise<ExtractionPlan> => toPromise(planExtractionTE(corpus, store, options));

interface Planning {
  readonly root: string;
  readonly corpus: string;
  readonly scale: ScaleMethod;
  readonly models: readonly Teacher[];
  readonly store: Store;
  readonly contents: KnownContents;
  readonly records: ReadonlyMap<string, ClipRecord>;
}

const makePlan = async (
  { root, sources }: Corpus,
  store: Store,
  { name = basename(root), scale = 'bicubic', models = [], signal }: PlanOptions,
): Promise<ExtractionPlan> => {
  const kept = store.clips();
  const contents = knownContents(kept);
  const records = new Map(kept.map((record) => [recordName(record), record]));
  const planning = { root, corpus: name, scale, models, store, contents, records };
  const jobs: ExtractionJob[] = [];
  const cached: CachedClip[] = [];
  for (const source of sources) {
    throwIfAborted(signal, 'Planning the extraction');
    const planned = await planSource(source, planning);
    jobs.push(...planned.jobs);
    cached.push(...planned.cached);
  }
  const skipped = sources
    .filter(({ reference }) => reference === undefined)
    .flatMap(({ id, rungs }) =>
      rungs.map(({ clip }) => ({ source: id, clip, reason: 'no-reference' })),
    );
  const frames = sum(jobs.map((job) => job.frames));
  return {
    format: PLAN_FORMAT,
    root,
    corpus: name,
    scale,
    jobs,
    cached,
    skipped,
    clips: jobs.reduce((clips, { rungs }) => clips + rungs.length, 0),
    bytes: jobs.reduce((bytes, job) => bytes + job.bytes, 0),
    ...(frames === undefined ? {} : { frames }),
  };
};

const planSource = async (
  source: Source,
  planning: Planning,
): Promise<Pick<ExtractionPlan, 'jobs' | 'cached'>> => {
  const { reference } = source;
  if (reference === undefined || source.rungs.length === 0) return { jobs: [], cached: [] };
  const { root, corpus, scale, contents } = planning;
  const job = {
    format: JOB_FORMAT,
    ...{ root, corpus, source: source.id, group: source.group, extractor: EXTRACTOR },
    ...{ scale, reference },
  } satisfies Partial<ExtractionJob>;
  const known = await rememberedFile(planning, reference, referenceView(reference));
  // Without the size of the reference nobody can say how its rungs are looked at.
  const format =
    reference.format ?? (known.hash === undefined ? undefined : contents.formatOf(known.hash.root));
  const planned = await Promise.all(
    source.rungs.map((rung) => planRung(job, rung, known, format, planning)),
  );
  const missing = planned.flatMap((each) => ('done' in each ? [each] : []));
  const cached = planned.flatMap((each) => ('done' in each ? [] : [each]));
  return {
    cached,
    jobs: parts(missing).map((rungs) => ({ ...job, rungs, ...effort(job, rungs) })),
  };
};

const parts = (rungs: readonly JobRung[]): readonly (readonly JobRung[])[] =>
  Array.from({ length: Math.ceil(rungs.length / MOST_RUNGS) }, (_, i) =>
    rungs.slice(i * MOST_RUNGS, (i + 1) * MOST_RUNGS),
  );

type JobHead = Omit<ExtractionJob, 'rungs' | 'bytes' | 'frames'>;

/** What the store remembers of a file; neither where the file cannot be looked at. */
interface Remembered {
  readonly identity?: FileIdentity;
  readonly hash?: ContentHash;
}

const rememberedFile = async (
  { root, store }: Planning,
  file: MediaFile,
  view: string,
): Promise<Remembered> => {
  try {
    const identity = { ...(await fileState(root, file.path)), view };
    const hash = store.rememberedHash(identity);
    return { identity, ...(hash === undefined ? {} : { hash }) };
  } catch {
    return {};
  }
};

const planRung = async (
  job: JobHead,
  { clip, file, metadata, labels }: Rung,
  reference: Remembered,
  format: VideoFormat | undefined,
  planning: Planning,
): Promise<JobRung | CachedClip> => {
  const rung = { clip, file, metadata, labels };
  if (format === undefined) return { ...rung, done: 0 };
  const known = await rememberedFile(planning, file, rungView(file, format, job.scale));
  if (reference.hash !== undefined && known.hash !== undefined) {
    const hashes = { reference: reference.hash, distorted: known.hash };
    const record = keepLabels(
      clipRecord(job, rung, format, hashes),
      planning.records.get(recordName({ corpus: job.corpus, clip })),
    );
    if (planning.store.hasFeatures(record.features)) {
      return cachedClip(job, rung, record, planning);
    }
  }
  if (reference.identity === undefined || known.identity === undefined) {
    return { ...rung, done: 0 };
  }
  const key = pairKey(job.extractor, reference.identity, known.identity);
  const chunks = await stored(planning.store.readChunks(key));
  return { ...rung, done: chunks.length * CHUNK_FRAMES };
};

const cachedClip = (
  { reference }: JobHead,
  rung: Omit<JobRung, 'done'>,
  record: ClipRecord,
  { records, models, store }: Planning,
): CachedClip => ({
  rung: { ...rung, done: 0 },
  reference,
  record,
  recorded: sameRecord(records.get(recordName(record)), record),
  scores: models
    .map(({ sha256 }) => ({ features: record.features, model: sha256 }))
    .filter((address) => !store.hasScores(address)),
});

/** Bytes and frames of a job. */
const effort = (
  { reference }: JobHead,
  rungs: readonly JobRung[],
): Pick<ExtractionJob, 'bytes' | 'frames'> => {
  const frames = sum(
    rungs.map(({ file, done }) => {
      const length = frameCount(file) ?? frameCount(reference);
      return length === undefined ? undefined : Math.max(0, length - done);
    }),
  );
  return {
    bytes: rungs.reduce((bytes, { file }) => bytes + file.bytes, reference.bytes),
    ...(frames === undefined ? {} : { frames }),
  };
};

const frameCount = ({ bytes, format, frames }: MediaFile): number | undefined =>
  format === undefined ? frames : Math.floor(bytes / frameBytes(format));

/** `undefined` where any number is. */
const sum = (numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.reduce<number | undefined>(
    (total, n) => (total === undefined || n === undefined ? undefined : total + n),
    0,
  );
