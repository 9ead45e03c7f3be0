/**
 * Something that is wrong or odd about a corpus: with the file, what it is and
 * should be, and the way to mend it. Findings are data; commands print them.
 */

/** How grave a finding is: an `error` leaves a clip out, a `warning` does not. */
export type Severity = 'error' | 'warning' | 'note';

/** One finding. */
export interface Finding {
  /** Stable code: `not-whole-frames`, `no-reference`, `outside-root`. */
  readonly code: string;
  /** How grave it is. */
  readonly severity: Severity;
  /** File or folder, relative to the root. */
  readonly path?: string;
  /** What is wrong, with both numbers where there are two. */
  readonly problem: string;
  /** The way to mend it; empty where there is none. */
  readonly remedy: string;
}
