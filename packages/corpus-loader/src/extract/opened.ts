/**
 * The files of a job, opened: what each was when the job began, what is known
 * of its content, and the chunks that an interrupted run left of each pair.
 */
import type { FrameSource, Size } from '@tinyvmaf/yuv-io';
import { CHUNK_FRAMES } from '../hash/tree.js';
import type { MediaFile } from '../corpus/corpus.js';
import type { Chunk, ContentHash, Sha256 } from '../store/contracts.js';
import { checkUnchanged, settledState, type SettledState } from './identity.js';
import type { ExtractionJob, JobRung } from './job.js';
import type { JobTools } from './job-tools.js';
import { stored } from './outcome.js';
import { pairKey } from './pair-key.js';
import { hashOf, knownHash, NO_LEAF, takenHash, type VideoHash } from './tap.js';
import { openCorpusVideo, type Video } from './video.js';
import { referenceView, rungView } from './view.js';

/** A file of a job. */
export interface OpenedFile extends SettledState {
  readonly path: string;
  readonly view: string;
  readonly video: Video;
  /** Its frames from the first, as they are scored. */
  readonly whole: () => FrameSource;
  /** Remembered, or read by {@link learnHash}. */
  known: ContentHash | undefined;
}

/** A rung of a job. */
export interface OpenedRung extends OpenedFile {
  readonly clip: string;
  readonly rung: JobRung;
  /** Key of the pair's chunks. */
  readonly key: Sha256;
  readonly chunks: readonly Chunk[];
}

/** Opens the reference. Throws what opening throws. */
export const openReference = async (job: ExtractionJob, tools: JobTools): Promise<OpenedFile> =>
  openFile(job, job.reference, referenceView(job.reference), tools);

/** Opens a rung, to be brought to the size of the reference. Throws what opening throws. */
export const openRung = async (
  job: ExtractionJob,
  rung: JobRung,
  reference: OpenedFile,
  tools: JobTools,
): Promise<OpenedRung> => {
  const size = reference.video.format;
  const file = await openFile(job, rung.file, rungView(rung.file, size, job.scale), tools, size);
  const key = pairKey(
    job.extractor,
    { ...reference.state, view: reference.view },
    { ...file.state, view: file.view },
  );
  return { ...file, clip: rung.clip, rung, key, chunks: await stored(tools.store.readChunks(key)) };
};

const openFile = async (
  { root, scale }: ExtractionJob,
  file: MediaFile,
  view: string,
  { store, signal, opened }: JobTools,
  size?: Size,
): Promise<OpenedFile> => {
  const { state, settled } = await settledState(root, file.path);
  const video = await openCorpusVideo(root, file, signal);
  opened(video);
  return {
    path: file.path,
    state,
    settled,
    view,
    video,
    whole: () => video.part(0, undefined, size, scale),
    known: store.rememberedHash({ ...state, view }),
  };
};

/**
 * Remembers the content hash of a file, unless the file may change once more
 * without showing it: then it is read again next time.
 */
export const remember = async (
  { state, settled, view }: Pick<OpenedFile, 'state' | 'settled' | 'view'>,
  hash: ContentHash,
  { store }: Pick<JobTools, 'store'>,
): Promise<void> => {
  if (settled) await stored(store.rememberHash({ ...state, view }, hash));
};

/**
 * Reads a file for its content hash alone, and remembers it. Throws what
 * reading throws.
 */
export const learnHash = async (
  { root }: ExtractionJob,
  file: OpenedFile,
  tools: JobTools,
): Promise<ContentHash> => {
  const hash = await hashOf(file.whole(), tools.signal);
  await checkUnchanged(root, file.path, file.state);
  await remember(file, hash, tools);
  file.known = hash;
  return hash;
};

/**
 * The hash of a file during the passes: known, or taken from the frames that
 * pass by, behind the leaves that are there. Where those do not reach the first
 * frame that will pass, the file is read for its hash alone.
 * @param start first frame that is to be computed.
 */
export const passHash = async (
  job: ExtractionJob,
  file: OpenedFile,
  leaves: readonly Sha256[],
  start: number,
  tools: JobTools,
): Promise<VideoHash> => {
  if (file.known !== undefined) return knownHash(file.known);
  const missing = leaves.indexOf(NO_LEAF);
  const usable = missing < 0 ? leaves : leaves.slice(0, missing);
  return usable.length * CHUNK_FRAMES >= start
    ? takenHash(file.whole().format, usable)
    : knownHash(await learnHash(job, file, tools));
};
