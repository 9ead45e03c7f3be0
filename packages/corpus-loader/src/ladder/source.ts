/**
 * Source videos of a ladder: as somebody names them, and as they are once they
 * have been looked at.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Corpus, FrameRate, Source } from '../corpus/corpus.js';
import type { Sha256 } from '../store/contracts.js';
import { safeId } from './names.js';

/** Headerless samples: their format and rate, which the file does not say. */
export interface RawSource {
  /** Size, depth and chroma. */
  readonly format: VideoFormat;
  /** Exact rate. */
  readonly frameRate: FrameRate;
}

/** A source as somebody names it: an excerpt of a file. */
export interface SourceSpec {
  /** Name of the content, unique; becomes part of file names. */
  readonly id: string;
  /** Relative to the folder of sources, parts joined by `/`; links must stay inside. */
  readonly file: string;
  /** First frame. Default 0. */
  readonly start?: number;
  /** Frames from there on that are surely there. Default: all that the file has. */
  readonly frames?: number;
  /** For headerless files. */
  readonly raw?: RawSource;
  /** Width as shown, after any rotation, where it is known. */
  readonly width?: number;
  /** Height as shown, where it is known. */
  readonly height?: number;
  /** Exact rate, where it is known. */
  readonly frameRate?: FrameRate;
  /** Carried into the manifest. */
  readonly tags?: readonly string[];
}

/** What tells that a file is still the same without reading it. */
export interface SourceIdentity {
  /** Size of the file. */
  readonly bytes: number;
  /** Nanoseconds since 1970, as decimal text. */
  readonly mtimeNs: string;
  /** Device and inode, as decimal text joined by `:`. */
  readonly inode: string;
}

/** A source that was looked at. */
export interface LadderSource {
  /** Name of the content, unique in the ladder. */
  readonly id: string;
  /** Absolute, links resolved. */
  readonly path: string;
  /** As the manifest has it: relative to the folder of sources. */
  readonly file: string;
  /** Tells whether the file is still the one that was hashed. */
  readonly identity: SourceIdentity;
  /** Of the file's bytes. */
  readonly sha256: Sha256;
  /** First frame. */
  readonly start: number;
  /** Frames from `start` on. */
  readonly frames: number;
  /** False where `frames` was only counted in the container and decoding may give fewer. */
  readonly exact: boolean;
  /** Width as shown, in samples. */
  readonly width: number;
  /** Height as shown, in samples. */
  readonly height: number;
  /** Exact rate. */
  readonly frameRate: FrameRate;
  /** For headerless files. */
  readonly raw?: RawSource;
  /** Carried into the manifest. */
  readonly tags: readonly string[];
}

const specOf = (source: Source): readonly SourceSpec[] => {
  const { reference } = source;
  if (reference === undefined) return [];
  const { path: file, format, frameRate, frames } = reference;
  // A headerless file without a rate gets the commonest one; samples do not depend on it.
  const rate = frameRate ?? { numerator: 25, denominator: 1 };
  const raw: Pick<SourceSpec, 'raw' | 'frames'> =
    format === undefined
      ? {}
      : { raw: { format, frameRate: rate }, ...(frames === undefined ? {} : { frames }) };
  return [{ id: safeId(source.id), file, ...raw }];
};

/** The references of a discovered corpus as sources of a ladder; files are relative to its root. */
export const sourcesOfCorpus = (corpus: Corpus): readonly SourceSpec[] =>
  corpus.sources.flatMap(specOf);
