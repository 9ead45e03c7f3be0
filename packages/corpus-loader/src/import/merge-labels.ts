/** Labels of one clip from several places: one of each kind, the newer counts. */
import type { Label } from '../corpus/label.js';
import type { ClipRecord } from '../store/contracts.js';

const kindOf = ({ dataset, name }: Label): string => JSON.stringify([dataset, name]);

/** The labels of both; of two of a kind the one of `newer`. */
export const mergeLabels = (older: readonly Label[], newer: readonly Label[]): readonly Label[] => {
  const kinds = new Set(newer.map(kindOf));
  const kept = older.filter((label) => !kinds.has(kindOf(label)));
  return kept.length === 0 ? newer : [...kept, ...newer];
};

/** A record as it is found anew, with the labels that were imported for it. */
export const keepLabels = (found: ClipRecord, before: ClipRecord | undefined): ClipRecord =>
  before === undefined || before.labels.length === 0
    ? found
    : { ...found, labels: mergeLabels(before.labels, found.labels) };
