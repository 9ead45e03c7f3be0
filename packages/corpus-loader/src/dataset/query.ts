/**
 * Which rows of a store are wanted, and with which labels. A query is plain
 * data but for `where`; nothing is read to judge it.
 */
import type { PoolMethod, TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { ClipRecord, ExtractorId } from '../store/contracts.js';

/** A value, or any of several. */
export type OneOf<A> = A | readonly A[];

/**
 * What to load; everything given must hold. The empty query is all frames of
 * all clips, without labels.
 * @typeParam L names of the label columns.
 */
export interface DatasetQuery<L extends string = string> {
  /** Names of corpora. */
  readonly corpus?: OneOf<string>;
  /** Names of sources. */
  readonly source?: OneOf<string>;
  /** Names of clips. */
  readonly clip?: OneOf<string>;
  /** Members of the clip's metadata and the values they may have: `{ codec: ['h264', 'hevc'] }`. */
  readonly metadata?: Readonly<Record<string, OneOf<string | number>>>;
  /** Any other condition. */
  readonly where?: (clip: ClipRecord) => boolean;
  /**
   * Label columns: a teacher by its model's name (`vmaf_v0.6.1`), with
   * `@<first digits of its SHA-256>` where a name stands for several files; an
   * opinion score as `<dataset>/<name>` (`nflx-public/dmos`). Default: none.
   */
  readonly labels?: readonly L[];
  /** Rows without a wanted label: left out and counted, or kept with NaN. Default `leave-out`. */
  readonly missing?: 'leave-out' | 'nan';
  /** A row per frame or per clip. Default `frame`. */
  readonly level?: 'frame' | 'clip';
  /** How a clip's frames become one row, features and teacher scores alike. Default `mean`. */
  readonly pool?: PoolMethod;
  /** `evaluate` lets labels through that their licence bars from training. Default `train`. */
  readonly purpose?: 'train' | 'evaluate';
  /** Takes features of this extractor only. Default: there must be only one. */
  readonly extractor?: Partial<ExtractorId>;
}

/** Clips that a query names, in the order of the store. Left: `BadArgument` where that is none. */
export const selectClips = (
  clips: readonly ClipRecord[],
  query: DatasetQuery,
): E.Either<TinyVmafError, readonly ClipRecord[]> => {
  if (clips.length === 0) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'The store',
      rule: 'must hold a clip; extract a corpus into it first',
    });
  }
  const corpora = new Set(clips.map(({ corpus }) => corpus));
  const unknown = listOf(query.corpus).find((name) => !corpora.has(name));
  if (unknown !== undefined) {
    return E.left({
      _tag: 'BadArgument',
      argument: 'query.corpus',
      rule: `must be a corpus of the store (${namesOf(corpora)})`,
      value: unknown,
    });
  }
  const selected = clips.filter((clip) => matches(clip, query));
  return selected.length > 0
    ? E.right(selected)
    : E.left({
        _tag: 'BadArgument',
        argument: 'query',
        rule: `must select at least one clip; none of the store's ${clips.length} fits`,
      });
};

/** Names in a message: at most eight. */
export const namesOf = (names: Iterable<string>): string => {
  const all = [...names];
  if (all.length === 0) return 'it has none';
  return `${all.slice(0, 8).join(', ')}${all.length > 8 ? `, and ${all.length - 8} more` : ''}`;
};

const listOf = <A>(value: OneOf<A> | undefined): readonly A[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly A[]) : [value as A];

const fits = <A>(value: A | undefined, wanted: OneOf<A> | undefined): boolean =>
  wanted === undefined || (value !== undefined && listOf(wanted).includes(value));

const matches = (clip: ClipRecord, query: DatasetQuery): boolean =>
  fits(clip.corpus, query.corpus) &&
  fits(clip.source, query.source) &&
  fits(clip.clip, query.clip) &&
  Object.entries(query.metadata ?? {}).every(([name, wanted]) =>
    fits(Object.hasOwn(clip.metadata, name) ? clip.metadata[name] : undefined, wanted),
  ) &&
  (query.where?.(clip) ?? true);
