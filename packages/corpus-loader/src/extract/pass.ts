/**
 * One pass over a source: the reference and some of its rungs, from a frame to
 * another, features appended to each pair as they come. Frames beside the part
 * are read along where motion looks at its neighbours, so that parts give the
 * same bits as the whole.
 */
import { availableParallelism } from 'node:os';
import { unwrap, type VideoFormat } from '@tinyvmaf/core';
import { featureVectorOf } from '@tinyvmaf/features';
import { createExtractor } from '@tinyvmaf/features/node';
import type { ScaleMethod } from '@tinyvmaf/yuv-io';
import { CHUNK_FRAMES } from '../hash/tree.js';
import { COMPAT, REQUESTS } from './extractor-id.js';
import { createReread } from './reread.js';
import type { Rows } from './rows.js';
import type { Segment } from './segments.js';
import { tapped, type VideoHash } from './tap.js';
import type { Video } from './video.js';

/** Motion of a frame looks at the one before it, and `motion2` at the motion of the one after. */
const BESIDE = 1;

/**
 * Files that workers may have open together, each all of a pass: less than the
 * thousand that a process is allowed on careful systems. Where there would be
 * more, frames pass through the calling thread, which opens each file once.
 */
const OPEN_FILES = 800;

/** A video of a pass with its hash. */
export interface PassVideo {
  readonly video: Video;
  readonly hash: VideoHash;
}

/** A rung of a pass. */
export interface PassRung extends PassVideo {
  /** Grows by the frames of the pass. */
  readonly rows: Rows;
}

/** What a pass works on. */
export interface Pass<R extends PassRung> {
  /** Format of the reference; rungs are brought to its size. */
  readonly format: VideoFormat;
  readonly scale: ScaleMethod;
  readonly reference: PassVideo;
  /** Those of the segment. */
  readonly rungs: readonly R[];
  readonly segment: Segment;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** One frame of all rungs is done. */
  readonly onFrame: () => void;
  /** Rungs have all frames before `end`, a multiple of a chunk, and frame `end` exists. */
  readonly onChunk: (end: number) => Promise<void>;
}

/**
 * Runs a pass.
 * @throws what the sources, the extractor and `onChunk` throw; the rows that
 * were appended before it are right.
 */
export const runPass = async <R extends PassRung>(pass: Pass<R>): Promise<void> => {
  const { format, scale, reference, rungs, signal } = pass;
  const { start, end = Infinity } = pass.segment;
  const first = Math.max(0, start - BESIDE);
  const limit = end === Infinity ? undefined : end + BESIDE - first;
  const files = (1 + rungs.length) * (pass.threads ?? availableParallelism());
  const reread = files > OPEN_FILES ? undefined : createReread();
  const part = ({ video, hash }: PassVideo) =>
    tapped(video.part(first, limit, format, scale), first, hash, reread);
  const extractor = unwrap(
    createExtractor({
      format,
      extractors: REQUESTS,
      compat: COMPAT,
      ...(pass.threads === undefined ? {} : { threads: pass.threads }),
    }),
  );
  try {
    for await (const step of extractor.run(part(reference), rungs.map(part), signal)) {
      const frame = first + (step[0]?.frame ?? 0);
      if (frame < start || frame >= end) continue;
      for (const { distorted, values } of step) {
        rungs[distorted]?.rows.push(unwrap(featureVectorOf(values)));
      }
      pass.onFrame();
      // The frame behind a chunk is there, so the chunk is not the end of the clip.
      if (frame > 0 && frame % CHUNK_FRAMES === 0) await pass.onChunk(frame);
    }
  } finally {
    reread?.close();
  }
  if (end % CHUNK_FRAMES === 0) await pass.onChunk(end);
};
