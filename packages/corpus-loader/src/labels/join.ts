/**
 * Puts imported labels on the clips of a corpus, by exact names only: a label
 * on the wrong clip is worse than none. What finds no partner is counted.
 */
import type { Corpus, Rung, Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { capFindings } from '../corpus/merge.js';
import type { Label } from '../corpus/label.js';
import { nameOf } from '../data-root/inside.js';
import { stemOf } from '../layouts/media.js';
import type { ImportedClip, ImportedTable } from './imported.js';

/** How a join went. */
export interface Joined {
  /** The corpus with labels and with the findings of the join. */
  readonly corpus: Corpus;
  /** Labels that have found their clip or source. */
  readonly matched: number;
  /** Names of rows with a label that fit no clip. */
  readonly unmatched: readonly string[];
}

/** Clips and references under each of their names: clip name, path, file name with and without extension. */
class Names {
  readonly #owners = new Map<string, Set<string>>();

  add(names: readonly string[], owner: string): void {
    for (const name of names) {
      const owners = this.#owners.get(name);
      if (owners === undefined) this.#owners.set(name, new Set([owner]));
      else owners.add(owner);
    }
  }

  /** Paths under the first of these names that anything has. */
  find(names: readonly string[]): readonly string[] {
    for (const name of names) {
      const owners = this.#owners.get(name);
      if (owners !== undefined) return [...owners];
    }
    return [];
  }
}

const namesOf = (path: string, clip = path): readonly string[] => [
  ...new Set([clip, path, nameOf(path), stemOf(path)]),
];

const index = (corpus: Corpus): Names => {
  const names = new Names();
  for (const { reference, rungs } of corpus.sources) {
    for (const { file, clip } of rungs) names.add(namesOf(file.path, clip), file.path);
    if (reference !== undefined) names.add(namesOf(reference.path), reference.path);
  }
  return names;
};

const withLabels = (
  corpus: Corpus,
  found: ReadonlyMap<string, readonly Label[]>,
): readonly Source[] => {
  const rung = (one: Rung): Rung => {
    const labels = found.get(one.file.path);
    return labels === undefined ? one : { ...one, labels: [...one.labels, ...labels] };
  };
  return corpus.sources.map((source) => {
    const own = found.get(source.reference?.path ?? '');
    const rungs = source.rungs.map(rung);
    return own === undefined
      ? { ...source, rungs }
      : { ...source, rungs, labels: [...source.labels, ...own] };
  });
};

const ambiguous = (
  table: ImportedTable,
  clip: ImportedClip,
  paths: readonly string[],
): Finding => ({
  code: 'ambiguous-label',
  severity: 'error',
  path: table.path,
  problem: `the label of ${clip.clip} could belong to ${paths.length} files: ${paths.slice(0, 4).join(', ')}`,
  remedy: 'Name the clip by its path below the data root.',
});

const counts = (table: ImportedTable, matched: number, unmatched: number): readonly Finding[] => {
  const of = matched + unmatched;
  const note: Finding = {
    code: 'labels-matched',
    severity: 'note',
    path: table.path,
    problem: `${matched} of ${of} labels of ${table.dataset} have found their clip`,
    remedy: '',
  };
  if (unmatched === 0) return [note];
  return [
    note,
    {
      code: 'label-without-clip',
      severity: 'warning',
      path: table.path,
      problem: `${unmatched} of ${of} labels of ${table.dataset} fit no clip of the corpus`,
      remedy: 'Names must agree exactly: the path, or the file name with or without its extension.',
    },
  ];
};

/**
 * Joins a table's labels to the clips of a corpus. A row fits a clip by the
 * clip's name, its path, its file name, or that without extension. Labels of
 * references become labels of their source. Adds findings: `labels-matched`
 * (a note), `label-without-clip`, `ambiguous-label`.
 */
export const joinLabels = (corpus: Corpus, table: ImportedTable): Joined => {
  const names = index(corpus);
  const found = new Map<string, Label[]>();
  const findings: Finding[] = [];
  const unmatched: string[] = [];
  let matched = 0;
  for (const clip of table.clips) {
    if (clip.label === undefined) continue;
    const paths = names.find(clip.names);
    const [path] = paths;
    if (path === undefined || paths.length > 1) {
      unmatched.push(clip.clip);
      if (paths.length > 1) findings.push(ambiguous(table, clip, paths));
      continue;
    }
    matched++;
    const labels = found.get(path);
    if (labels === undefined) found.set(path, [clip.label]);
    else labels.push(clip.label);
  }
  findings.push(...counts(table, matched, unmatched.length));
  return {
    corpus: {
      ...corpus,
      sources: withLabels(corpus, found),
      findings: [...corpus.findings, ...capFindings(findings)],
    },
    matched,
    unmatched,
  };
};
