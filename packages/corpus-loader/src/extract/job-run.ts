/**
 * One job from its files to what the store keeps: opens the source and its
 * rungs, finds out what need not be computed after all, computes the rest, and
 * writes the features of each pair. A rung that fails leaves the others alone.
 */
import { TinyVmafException } from '@tinyvmaf/core';
import { CHUNK_FRAMES } from '../hash/tree.js';
import type { ContentHash } from '../store/contracts.js';
import { featureKey } from '../store/keys.js';
import { findKnown } from './find-known.js';
import { eachClip } from './guard.js';
import { checkUnchanged } from './identity.js';
import type { ExtractionJob } from './job.js';
import type { FinishedClip, JobTools } from './job-tools.js';
import {
  openReference,
  openRung,
  passHash,
  remember,
  type OpenedFile,
  type OpenedRung,
} from './opened.js';
import { clipError, stored } from './outcome.js';
import { runPasses, type PairRun } from './passes.js';
import { clipRecord } from './records.js';
import { Rows } from './rows.js';
import { NO_LEAF, type VideoHash } from './tap.js';
import type { Video } from './video.js';

/**
 * Runs a job. Clips go to `finish` or `fail`.
 * @throws Fatal, and Cancelled as an exception.
 */
export const runJob = async (
  job: ExtractionJob,
  tools: Omit<JobTools, 'opened'>,
): Promise<void> => {
  const videos: Video[] = [];
  try {
    await computeJob(job, { ...tools, opened: (video) => void videos.push(video) });
  } catch (thrown) {
    // It is about the reference: no rung can do without.
    const error = clipError(thrown);
    for (const { clip } of job.rungs) tools.fail(clip, error);
  } finally {
    await Promise.all(videos.map((video) => video.close()));
  }
};

const computeJob = async (job: ExtractionJob, tools: JobTools): Promise<void> => {
  const reference = await openReference(job, tools);
  const opened = await eachClip(job.rungs, tools, (rung) => openRung(job, rung, reference, tools));
  const rungs = await findKnown(job, reference, opened, tools);
  if (rungs.length === 0) return;
  const hash = await referenceHash(job, reference, rungs, tools);
  const pairs = await eachClip(rungs, tools, (rung) => pairRun(job, reference, rung, hash, tools));
  const { path, video } = reference;
  const complete = await runPasses(
    {
      source: job.source,
      format: video.format,
      scale: job.scale,
      reference: { path, video, hash },
      pairs,
    },
    tools,
  );
  if (complete.length === 0) return;
  await checkUnchanged(job.root, path, reference.state);
  const whole = await finishedHash(reference, hash, tools);
  // Side by side: each waits for the disk more than for anything else.
  const kept = complete.map((pair) => {
    const work = keepPair(job, reference, whole, pair, tools);
    // It is awaited in order; until then a failure must not count as unhandled.
    work.catch(() => undefined);
    return { clip: pair.clip, work };
  });
  try {
    await eachClip(kept, tools, async ({ work }) => tools.finish(await work));
  } finally {
    await Promise.allSettled(kept.map(({ work }) => work));
  }
};

/** A rung on its way, with what is needed to finish it. */
interface Pair extends PairRun {
  readonly opened: OpenedRung;
  /** Frames that were there before this run. */
  readonly before: number;
}

const doneFrames = ({ chunks }: OpenedRung): number => chunks.length * CHUNK_FRAMES;

/** Goes on behind the leaves of the pair that is furthest. */
const referenceHash = (
  job: ExtractionJob,
  reference: OpenedFile,
  rungs: readonly OpenedRung[],
  tools: JobTools,
): Promise<VideoHash> => {
  const leaves = rungs
    .map(({ chunks }) => chunks.map(({ referenceLeaf }) => referenceLeaf))
    .toSorted((a, b) => taken(b) - taken(a))[0];
  const start = Math.min(...rungs.map(doneFrames));
  return passHash(job, reference, leaves ?? [], start, tools);
};

const taken = (leaves: readonly string[]): number =>
  leaves.includes(NO_LEAF) ? leaves.indexOf(NO_LEAF) : leaves.length;

const pairRun = async (
  job: ExtractionJob,
  reference: OpenedFile,
  opened: OpenedRung,
  ofReference: VideoHash,
  tools: JobTools,
): Promise<Pair> => {
  const { clip, path, video, key, chunks } = opened;
  const leaves = chunks.map(({ distortedLeaf }) => distortedLeaf);
  const hash = await passHash(job, opened, leaves, doneFrames(opened), tools);
  const rows = new Rows();
  for (const chunk of chunks) rows.append(chunk.rows);
  return {
    ...{ clip, path, video, key, opened, hash, rows },
    before: rows.frames,
    written: chunks.length,
    lasting: reference.settled && opened.settled,
    leaves: (chunk) => ({
      referenceLeaf: ofReference.leaf(chunk),
      distortedLeaf: hash.leaf(chunk),
    }),
  };
};

/** The content hash at the end of the passes; remembered. */
const finishedHash = async (
  file: OpenedFile,
  hash: VideoHash,
  tools: JobTools,
): Promise<ContentHash> => {
  const whole = hash.finish();
  if (file.known === undefined) await remember(file, whole, tools);
  return whole;
};

/** Puts the features of a complete pair into the store. */
const keepPair = async (
  job: ExtractionJob,
  { video: { format } }: OpenedFile,
  reference: ContentHash,
  { opened, key, hash, rows, before, written }: Pair,
  tools: JobTools,
): Promise<FinishedClip> => {
  const { store } = tools;
  await checkUnchanged(job.root, opened.path, opened.state);
  // Remembered first: a run that dies here goes on from the chunks, without a hash to take.
  const distorted = await finishedHash(opened, hash, tools);
  const lengths = [rows.frames, reference.frames, distorted.frames];
  if (lengths.some((frames) => frames !== rows.frames)) {
    throw new TinyVmafException({
      _tag: 'Internal',
      problem: `rows and hashes of ${opened.clip} differ in length: ${lengths.join(', ')}`,
    });
  }
  const record = clipRecord(job, opened.rung, format, { reference, distorted });
  const address = {
    reference: reference.root,
    distorted: distorted.root,
    extractor: job.extractor,
  };
  const features = rows.slice();
  // Before them: whoever finds both knows that the chunks are of no use any more.
  if (written > 0) await stored(store.closeChunks(key, featureKey(address)));
  await stored(store.writeFeatures({ ...features, address, format }));
  await stored(store.dropChunks(key));
  return { record, origin: 'computed', computed: rows.frames - before, rows: features };
};
