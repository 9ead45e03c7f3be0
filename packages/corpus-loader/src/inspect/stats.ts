/** What a corpus amounts to, as numbers: plain data for people and for JSON. */
import type { Corpus, MediaFile, Source } from '../corpus/corpus.js';
import type { Finding, Severity } from '../corpus/finding.js';
import type { Label, LabelScale } from '../corpus/label.js';

/** What kind of trouble a finding is. */
export type Trouble = 'missing' | 'duplicated' | 'odd';

const MISSING = new Set([
  'broken-link',
  'empty-file',
  'label-without-clip',
  'missing-file',
  'no-reference',
  'nothing-found',
  'reference-unusable',
  'unlabelled',
]);

const DUPLICATED = new Set(['duplicate', 'named-twice', 'same-name', 'linked-folder']);

/** Whether a finding is about something missing, doubled, or odd in another way. */
export const troubleOf = ({ code }: Finding): Trouble =>
  MISSING.has(code) ? 'missing' : DUPLICATED.has(code) ? 'duplicated' : 'odd';

/** Totals over files. */
export interface FileTotals {
  /** Number of files. */
  readonly files: number;
  /** Sum of sizes when the folder was read. */
  readonly bytes: number;
  /** Sum over the files whose number is known before reading. */
  readonly frames: number;
  /** Files whose number of frames only reading tells. */
  readonly framesUnknown: number;
  /** Sum over the files whose frames and rate are known. */
  readonly seconds: number;
  /** Files whose duration is not known. */
  readonly secondsUnknown: number;
}

/** Labels of one data set. */
export interface LabelTotals {
  /** Whose labels. */
  readonly dataset: string;
  /** `mos`, `dmos`. */
  readonly name: string;
  /** Number of labels, of sources and clips together. */
  readonly count: number;
  /** Their scale and direction. */
  readonly scale: LabelScale;
  /** Labels for evaluation only. */
  readonly restricted: number;
}

/** A corpus in numbers. */
export interface CorpusStats {
  /** The folder. */
  readonly root: string;
  /** Layouts that were recognised. */
  readonly layouts: readonly string[];
  /** Contents. */
  readonly sources: number;
  /** Units of every split. */
  readonly groups: number;
  /** Contents with clips or labels alone. */
  readonly sourcesWithoutReference: number;
  /** Contents without a distorted clip. */
  readonly sourcesWithoutRungs: number;
  /** Distorted clips. */
  readonly rungs: number;
  /** Distorted clips with one label or more. */
  readonly labelledRungs: number;
  /** Over the reference of each source. */
  readonly references: FileTotals;
  /** Over all distorted clips. */
  readonly distorted: FileTotals;
  /** One entry for each data set, name and scale. */
  readonly labels: readonly LabelTotals[];
  /** Number by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Number by kind. */
  readonly troubles: Readonly<Record<Trouble, number>>;
  /** By code, in alphabetical order. */
  readonly codes: Readonly<Record<string, number>>;
}

const total = (files: readonly MediaFile[]): FileTotals => {
  let [bytes, frames, framesUnknown, seconds, secondsUnknown] = [0, 0, 0, 0, 0];
  for (const file of files) {
    bytes += file.bytes;
    if (file.frames === undefined) framesUnknown++;
    else frames += file.frames;
    const rate = file.frameRate;
    if (file.frames === undefined || rate === undefined) secondsUnknown++;
    else seconds += (file.frames * rate.denominator) / rate.numerator;
  }
  return { files: files.length, bytes, frames, framesUnknown, seconds, secondsUnknown };
};

const labelTotals = (sources: readonly Source[]): readonly LabelTotals[] => {
  const totals = new Map<string, { first: Label; count: number; restricted: number }>();
  const add = (label: Label): void => {
    const { dataset, name, scale } = label;
    const key = JSON.stringify([dataset, name, scale.min, scale.max, scale.direction]);
    const entry = totals.get(key) ?? { first: label, count: 0, restricted: 0 };
    totals.set(key, entry);
    entry.count++;
    if (label.restriction !== undefined) entry.restricted++;
  };
  for (const source of sources) {
    source.labels.forEach(add);
    for (const rung of source.rungs) rung.labels.forEach(add);
  }
  return [...totals.values()].map(({ first, count, restricted }) => {
    const { dataset, name, scale } = first;
    return { dataset, name, count, scale, restricted };
  });
};

const count = <K extends string>(keys: readonly K[], items: readonly K[]): Record<K, number> => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const item of items) counts[item]++;
  return counts;
};

/** Adds a corpus up. */
export const corpusStats = (corpus: Corpus): CorpusStats => {
  const { sources, findings } = corpus;
  const rungs = sources.flatMap((source) => source.rungs);
  const codes = findings.map(({ code }) => code).sort();
  return {
    root: corpus.root,
    layouts: corpus.layouts,
    sources: sources.length,
    groups: new Set(sources.map(({ group }) => group)).size,
    sourcesWithoutReference: sources.filter(({ reference }) => reference === undefined).length,
    sourcesWithoutRungs: sources.filter((source) => source.rungs.length === 0).length,
    rungs: rungs.length,
    labelledRungs: rungs.filter(({ labels }) => labels.length > 0).length,
    references: total(
      sources.flatMap(({ reference }) => (reference === undefined ? [] : [reference])),
    ),
    distorted: total(rungs.map(({ file }) => file)),
    labels: labelTotals(sources),
    findings: count(
      ['error', 'warning', 'note'],
      findings.map(({ severity }) => severity),
    ),
    troubles: count(['missing', 'duplicated', 'odd'], findings.map(troubleOf)),
    codes: count([...new Set(codes)], codes),
  };
};
