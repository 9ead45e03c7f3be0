/**
 * Opinion scores. A number means nothing without its scale and direction, so
 * both are part of the type; raw votes are kept where they are published.
 */

/** Scale of a label. */
export interface LabelScale {
  /** Lower end. */
  readonly min: number;
  /** Upper end; single values may exceed it where `open` says so. */
  readonly max: number;
  /** Whether a larger number is a better picture. */
  readonly direction: 'higher-is-better' | 'lower-is-better';
  /** Values beyond the ends occur and are right (the NFLX public DMOS). Default false. */
  readonly open?: boolean;
}

/** An opinion score of one clip. */
export interface Label {
  /** What it is: `mos`, `dmos`. */
  readonly name: string;
  /** Whose: `nflx-public`, `vqeghd3`, `avt-vqdb-uhd-1`, or the file's name. */
  readonly dataset: string;
  /** Verbatim, on {@link scale}. Finite. */
  readonly value: number;
  /** Scale and direction of the value. */
  readonly scale: LabelScale;
  /** Half width of the confidence interval, as published. */
  readonly ci?: number;
  /** Votes of the subjects, as published. */
  readonly votes?: readonly number[];
  /** Number of votes where only that is known. */
  readonly voteCount?: number;
  /** `evaluation-only` where the licence bars training of what is shipped. Default: none. */
  readonly restriction?: 'evaluation-only';
}
