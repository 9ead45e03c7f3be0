/** What a label file or a table of features gives, whatever its syntax. */
import type { FeatureName } from '@tinyvmaf/core';
import type { Metadata } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import type { Label } from '../corpus/label.js';

/** One row. */
export interface ImportedClip {
  /** Unique in the table, as written there. */
  readonly clip: string;
  /** Names by which a corpus may know the clip, {@link clip} first. */
  readonly names: readonly string[];
  /** Content, where the table says it. */
  readonly source?: string;
  /** Contents that are one under several names; only with {@link source}. */
  readonly group?: string;
  /** Absent where the table has none for the clip. */
  readonly label?: Label;
  /** Votes of a clip that has no label. */
  readonly votes?: readonly number[];
  /** Whether the clip is the (hidden) reference itself. Default false. */
  readonly isReference?: boolean;
  /** Six features in the canonical order, where the table has them. */
  readonly features?: Float64Array;
  /** Everything else that the row says. */
  readonly metadata: Metadata;
}

/** A table, read whole. */
export interface ImportedTable {
  /** Path as given. */
  readonly path: string;
  /** Labels of clips, or rows of features that may have labels. */
  readonly kind: 'labels' | 'features';
  /** Whose labels: `nflx-public`, or the file's name. */
  readonly dataset: string;
  /** In order of the file. */
  readonly clips: readonly ImportedClip[];
  /** Which column or index was read as which feature, in the order of the file; only for features. */
  readonly featureOrder?: readonly FeatureName[];
  /** Of all labels and features of the table. */
  readonly restriction?: 'evaluation-only';
  /** What is odd about the table: `scale-assumed`, `unlabelled`. */
  readonly findings: readonly Finding[];
}
