/**
 * Splits that never put the same content on both sides: the unit is the group,
 * and which side it falls on depends on its name alone or on the whole list of
 * groups, never on chance or on the order of files.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { sha256 } from '../store/keys.js';
import type { Dataset } from './dataset.js';

/** What a split looks at. */
export type Grouped = Pick<Dataset, 'rows' | 'group' | 'groups'>;

/** Rows to train on and rows to test on, as indices in ascending order. */
export interface Split {
  /** `fold 1 of 5`, or the group that is left out. */
  readonly name: string;
  /** Rows to train on. */
  readonly train: Int32Array;
  /** Rows to test on. */
  readonly test: Int32Array;
}

/** Salt of hash buckets; fixed, so that a group stays where it is when others come or go. */
export const SPLIT_SALT = 'tinyvmaf-split/1';

/** Place of a group in [0, 1): the first 48 bits of SHA-256 over salt and name. */
export const groupPlace = (group: string, salt: string = SPLIT_SALT): number =>
  parseInt(sha256(`${salt}\0${group}`).slice(0, 12), 16) / 2 ** 48;

/**
 * Parts by hash buckets: a group's part follows from its name and the shares,
 * whatever else is in the dataset. With few groups the parts are uneven, even
 * empty; {@link kFolds} balances.
 * @param shares shares of the parts, in order; they sum up to 1: `{ train: 0.8, test: 0.2 }`.
 * @returns row indices per part. Left: `BadArgument`.
 */
export const hashSplit = <K extends string>(
  dataset: Grouped,
  shares: Readonly<Record<K, number>>,
  salt: string = SPLIT_SALT,
): E.Either<TinyVmafError, Readonly<Record<K, Int32Array>>> => {
  const parts = Object.entries(shares) as [K, number][];
  const sum = parts.reduce((total, [, share]) => total + share, 0);
  // Shares such as 0.7 + 0.2 + 0.1 miss 1 by a few units in the last place.
  if (!(Math.abs(sum - 1) < 1e-9) || parts.some(([, share]) => !(share >= 0))) {
    return bad('shares', 'must be 0 or more each and 1 in sum', JSON.stringify(shares));
  }
  const partOf = dataset.groups.map((group) => {
    const place = groupPlace(group, salt);
    let end = 0;
    const found = parts.findIndex(([, share]) => place < (end += share));
    return found < 0 ? parts.length - 1 : found;
  });
  const rows = rowsByPart(dataset, partOf, parts.length);
  return E.right(
    Object.fromEntries(parts.map(([name], i) => [name, rows[i]])) as Record<K, Int32Array>,
  );
};

/**
 * Folds of about equal numbers of rows: groups in order of size go, one after
 * the other, to the fold that has the fewest rows. Every group is tested once.
 * @param k folds, 2 or more and not more than there are groups.
 * Left: `BadArgument`.
 */
export const kFolds = (dataset: Grouped, k: number): E.Either<TinyVmafError, readonly Split[]> => {
  const sizes = groupSizes(dataset);
  const present = presentGroups(dataset, sizes);
  if (!Number.isSafeInteger(k) || k < 2 || k > present.length) {
    return bad(
      'k',
      `must be a whole number from 2 to the number of groups, ${present.length}`,
      String(k),
    );
  }
  const loads = new Array<number>(k).fill(0);
  const counts = new Array<number>(k).fill(0);
  const foldOf = new Array<number>(dataset.groups.length).fill(-1);
  const bySize = [...present].sort(
    (a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || byName(dataset, a, b),
  );
  for (const group of bySize) {
    const fold = lightest(loads, counts);
    foldOf[group] = fold;
    loads[fold] = (loads[fold] ?? 0) + (sizes[group] ?? 0);
    counts[fold] = (counts[fold] ?? 0) + 1;
  }
  return E.right(
    Array.from({ length: k }, (_, fold) =>
      splitOf(dataset, `fold ${fold + 1} of ${k}`, (group) => foldOf[group] === fold),
    ),
  );
};

/** A split for every group, with that group to test on; in order of name. Left: `BadArgument` for fewer than two groups. */
export const leaveOneSourceOut = (dataset: Grouped): E.Either<TinyVmafError, readonly Split[]> => {
  const present = presentGroups(dataset, groupSizes(dataset));
  if (present.length < 2) {
    return bad('dataset', 'must have at least two groups to leave one out', String(present.length));
  }
  const inOrder = [...present].sort((a, b) => byName(dataset, a, b));
  return E.right(
    inOrder.map((out) => splitOf(dataset, dataset.groups[out] ?? '', (group) => group === out)),
  );
};

const bad = (argument: string, rule: string, value: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument, rule, value });

const byName = ({ groups }: Grouped, a: number, b: number): number => {
  const [x, y] = [groups[a] ?? '', groups[b] ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** Fewest rows; of equal ones the fewest groups, then the first. */
const lightest = (loads: readonly number[], counts: readonly number[]): number => {
  let best = 0;
  for (let i = 1; i < loads.length; i++) {
    const difference = (loads[i] ?? 0) - (loads[best] ?? 0);
    if (difference < 0 || (difference === 0 && (counts[i] ?? 0) < (counts[best] ?? 0))) best = i;
  }
  return best;
};

const groupSizes = ({ rows, group, groups }: Grouped): Float64Array => {
  const sizes = new Float64Array(groups.length);
  for (let i = 0; i < rows; i++) {
    const index = group[i] ?? 0;
    sizes[index] = (sizes[index] ?? 0) + 1;
  }
  return sizes;
};

const presentGroups = ({ groups }: Grouped, sizes: Float64Array): readonly number[] =>
  groups.map((_, i) => i).filter((i) => (sizes[i] ?? 0) > 0);

const splitOf = (dataset: Grouped, name: string, isTest: (group: number) => boolean): Split => {
  const partOf = dataset.groups.map((_, group) => (isTest(group) ? 1 : 0));
  const [train = new Int32Array(), test = new Int32Array()] = rowsByPart(dataset, partOf, 2);
  return { name, train, test };
};

const rowsByPart = (
  { rows, group }: Grouped,
  partOf: readonly number[],
  parts: number,
): readonly Int32Array[] => {
  const lengths = new Array<number>(parts).fill(0);
  for (let i = 0; i < rows; i++) {
    const part = partOf[group[i] ?? 0] ?? 0;
    lengths[part] = (lengths[part] ?? 0) + 1;
  }
  const lists = lengths.map((length) => new Int32Array(length));
  const filled = new Array<number>(parts).fill(0);
  for (let i = 0; i < rows; i++) {
    const part = partOf[group[i] ?? 0] ?? 0;
    const at = filled[part] ?? 0;
    const list = lists[part];
    if (list !== undefined) list[at] = i;
    filled[part] = at + 1;
  }
  return lists;
};
