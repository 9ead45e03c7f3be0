/**
 * The one interface behind which every way of naming files hides. A layout
 * looks at the list of files, takes those it understands and says what they
 * are; it opens none but small text files of its own.
 */
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';

/** A regular file below the root, links resolved and inside. */
export interface TreeFile {
  /** Relative to the root, parts joined by `/`. */
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Where the file really lies, relative to the root; present for links only. */
  readonly target?: string;
}

/** The files of a corpus root. */
export interface Tree {
  /** Absolute, links resolved. */
  readonly root: string;
  /** In order of path. */
  readonly files: readonly TreeFile[];
  /** Reads a small text file whole. Fails with Io, TableFormat (too large). */
  readText(path: string): TE.TaskEither<TinyVmafError, string>;
}

/** What the user says about a corpus that its names do not say. */
export interface LayoutOptions {
  /** Geometry of all raw files without a manifest. */
  readonly geometry?: VideoFormat;
  /** For the layout `folder`: how distorted files name their reference; see {@link Layout}. */
  readonly pattern?: string;
}

/** What a layout made of the files. */
export interface LayoutReading {
  /** Contents with their references and rungs. */
  readonly sources: readonly Source[];
  /** Paths that the layout has explained, rejected ones with a finding included. */
  readonly claimed: ReadonlySet<string>;
  /** What was rejected or is odd. */
  readonly findings: readonly Finding[];
}

/** A way of laying out and naming the files of a corpus. */
export interface Layout {
  /** Short name for `--layout`. */
  readonly name: string;
  /** A line for people. */
  readonly title: string;
  /** Explains what it can of the files that no earlier layout has claimed. */
  read(
    tree: Tree,
    unclaimed: readonly TreeFile[],
    options: LayoutOptions,
  ): TE.TaskEither<TinyVmafError, LayoutReading>;
}
