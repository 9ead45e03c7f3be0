/**
 * What a folder of videos is once it has been read: sources, each with its
 * reference and its distorted rungs, their labels, and what was found to be
 * wrong. Plain data; every layout yields it and everything else works on it.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { Finding } from './finding.js';
import type { Label } from './label.js';

/** Frames per second as a rational. */
export interface FrameRate {
  /** Frames in `denominator` seconds. */
  readonly numerator: number;
  /** Seconds, 1 or more. */
  readonly denominator: number;
}

/** A file of the corpus. */
export interface MediaFile {
  /** Relative to the corpus root, parts joined by `/`, never leaving it. */
  readonly path: string;
  /** Size in bytes when the folder was read. */
  readonly bytes: number;
  /** How to read headerless samples; absent where the file says it itself. */
  readonly format?: VideoFormat;
  /** Where known. */
  readonly frameRate?: FrameRate;
  /** Frames that the size or a manifest promises; absent where only reading tells. */
  readonly frames?: number;
  /** SHA-256 of the file's bytes that a manifest promises, 64 hexadecimal digits. */
  readonly sha256?: string;
}

/** What names and manifests say about a clip: `height`, `kbps`, `codec`, `crf`, `quality`. Never trusted for arithmetic. */
export type Metadata = Readonly<Record<string, string | number>>;

/** A distorted clip of a source. */
export interface Rung {
  /** Unique in the corpus: the path, unless a manifest names it. */
  readonly clip: string;
  /** The distorted video. */
  readonly file: MediaFile;
  /** What names and manifests say of it. */
  readonly metadata: Metadata;
  /** Opinion scores of it. */
  readonly labels: readonly Label[];
}

/** A content: its reference, where there is one, and its distorted clips. */
export interface Source {
  /** Name of the content, unique in the corpus. */
  readonly id: string;
  /**
   * Contents that are the same under several names have one group; the unit of
   * every split. Default: the id.
   */
  readonly group: string;
  /** Absent where only distorted clips or only labels are there. */
  readonly reference?: MediaFile;
  /** Distorted clips, in order of name. */
  readonly rungs: readonly Rung[];
  /** What names and manifests say of the content. */
  readonly metadata: Metadata;
  /** Labels of the source itself, such as the MOS of a user's video. */
  readonly labels: readonly Label[];
}

/** A corpus as it was found. */
export interface Corpus {
  /** The folder, absolute, links resolved. */
  readonly root: string;
  /** Names of the layouts that were recognised. */
  readonly layouts: readonly string[];
  /** In order of id. */
  readonly sources: readonly Source[];
  /** What was rejected or is odd, each with its reason. */
  readonly findings: readonly Finding[];
}
