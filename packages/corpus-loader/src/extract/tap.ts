/**
 * The content hash of a video, taken from the frames that pass by on their way
 * to the extractor, so that a file is read once. A hash goes on where an
 * interrupted run left it, and sees each frame once however often it passes.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Frame, FrameSource, Plane, PlaneChoice } from '@tinyvmaf/yuv-io';
import { createTreeHash } from '../hash/tree.js';
import type { ContentHash, Sha256 } from '../store/contracts.js';

/** Stands in a chunk where the hash of the file was known and no leaf was taken. */
export const NO_LEAF: Sha256 = '0'.repeat(64);

/** Content hash of one video: in the making, or known from the start. */
export interface VideoHash {
  /** Whether frames have to be shown to it. */
  readonly wanting: boolean;
  /** Shows a frame by its index in the video. All frames have to come by, in order; repeats do no harm. */
  look(index: number, luma: Plane): void;
  /** The leaf of a chunk that has passed by. */
  leaf(chunk: number): Sha256;
  /** The hash of all frames that have passed by. */
  finish(): ContentHash;
}

/** A hash that is remembered: nothing is to be read for it. */
export const knownHash = (hash: ContentHash): VideoHash => ({
  wanting: false,
  look: () => undefined,
  leaf: () => NO_LEAF,
  finish: () => hash,
});

/** A hash to be taken, from behind the frames of the leaves that are there. */
export const takenHash = (format: VideoFormat, leaves: readonly Sha256[]): VideoHash => {
  const tree = createTreeHash(format, leaves);
  return {
    wanting: true,
    look(index, luma) {
      if (index === tree.frames) tree.add(luma);
    },
    leaf: (chunk) => tree.chunks[chunk] ?? NO_LEAF,
    finish: () => tree.finish(),
  };
};

/**
 * The source with its frames shown to a hash; the source itself where the hash
 * is known. The wrapper has `frames` alone: no reader may go around it.
 * @param first index in the video of the source's frame 0.
 */
export const tapped = (source: FrameSource, first: number, hash: VideoHash): FrameSource => {
  if (!hash.wanting) return source;
  const { format, info, frameCount } = source;
  async function* frames(
    signal?: AbortSignal,
    planes?: PlaneChoice,
  ): AsyncGenerator<Frame, void, undefined> {
    for await (const frame of source.frames(signal, planes)) {
      hash.look(first + frame.index, frame.luma);
      yield frame;
    }
  }
  return {
    format,
    info,
    ...(frameCount === undefined ? {} : { frameCount }),
    frames,
    warnings: () => source.warnings(),
    close: () => source.close(),
  };
};

/** Reads a whole video for its hash alone. Throws what the source throws. */
export const hashOf = async (source: FrameSource, signal?: AbortSignal): Promise<ContentHash> => {
  const tree = createTreeHash(source.format);
  for await (const frame of source.frames(signal, 'luma')) tree.add(frame.luma);
  return tree.finish();
};
