/**
 * Puts what several layouts found into one corpus: ids and clip names become
 * unique, contents that share a reference share a group, files that are there
 * twice are told, and hostile trees cannot drown a reader in findings.
 */
import type { Tree } from '../layouts/layout.js';
import type { Corpus, MediaFile, Rung, Source } from './corpus.js';
import type { Finding } from './finding.js';

/** What one layout found. */
export interface Part {
  readonly name: string;
  readonly sources: readonly Source[];
  readonly findings: readonly Finding[];
}

/** Findings of one code that are kept; the rest is counted. */
const MAX_FINDINGS_PER_CODE = 1000;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names that are taken, and the last suffix that each has got. */
type Taken = Map<string, number>;

/** `wanted`, else with the first suffix `~2`, `~3`, ... that is free. */
const unique = (wanted: string, taken: Taken): string => {
  let name = wanted;
  let n = taken.get(wanted) ?? 0;
  while (taken.has(name)) name = `${wanted}~${++n}`;
  if (name !== wanted) taken.set(wanted, n);
  taken.set(name, 1);
  return name;
};

const renamed = (kind: string, path: string | undefined, was: string, is: string): Finding => ({
  code: 'same-name',
  severity: 'note',
  ...(path === undefined ? {} : { path }),
  problem: `the ${kind} ${was} is there more than once; this one is called ${is}`,
  remedy: `Give every ${kind} a name of its own in a manifest.`,
});

const uniqueNames = (sources: readonly Source[], findings: Finding[]): readonly Source[] => {
  const ids: Taken = new Map();
  const clips: Taken = new Map();
  const rung = (one: Rung): Rung => {
    const clip = unique(clips.has(one.clip) ? one.file.path : one.clip, clips);
    if (clip === one.clip) return one;
    findings.push(renamed('clip', one.file.path, one.clip, clip));
    return { ...one, clip };
  };
  return sources.map((source) => {
    const id = unique(source.id, ids);
    if (id !== source.id) findings.push(renamed('source', pathOf(source), source.id, id));
    return { ...source, id, rungs: source.rungs.map(rung) };
  });
};

const pathOf = (source: Source): string | undefined =>
  source.reference?.path ?? source.rungs[0]?.file.path;

/** Where a file really lies: links are resolved, so that one content has one place. */
type RealPath = (file: MediaFile) => string;

/**
 * Sources that share a reference file, or whose references promise one hash,
 * get one group: the first's. Groups that are joined so are joined whole.
 */
const joinGroups = (sources: readonly Source[], realPath: RealPath): readonly Source[] => {
  const parent = new Map<string, string>();
  const find = (group: string): string => {
    let root = group;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    if (root !== group) parent.set(group, root);
    return root;
  };
  const first = new Map<string, string>();
  for (const { reference, group } of sources) {
    if (reference === undefined) continue;
    const keys = [`path ${realPath(reference)}`];
    if (reference.sha256 !== undefined) keys.push(`hash ${reference.sha256}`);
    for (const key of keys) {
      const other = first.get(key);
      if (other === undefined) first.set(key, group);
      else if (find(other) !== find(group)) parent.set(find(group), find(other));
    }
  }
  return sources.map((source) => ({ ...source, group: find(source.group) }));
};

/** Distorted files that are one and the same by place or by promised hash. */
const duplicates = (sources: readonly Source[], realPath: RealPath): readonly Finding[] => {
  const places = new Map<string, string>();
  const hashes = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { rungs } of sources) {
    for (const { file } of rungs) {
      const place = realPath(file);
      const { sha256 } = file;
      const other = places.get(place) ?? (sha256 === undefined ? undefined : hashes.get(sha256));
      if (!places.has(place)) places.set(place, file.path);
      if (sha256 !== undefined && !hashes.has(sha256)) hashes.set(sha256, file.path);
      if (other === undefined) continue;
      findings.push({
        code: 'duplicate',
        severity: 'warning',
        path: file.path,
        problem: `is the same file as ${other}`,
        remedy: 'Leave one of them; both are kept, and count twice.',
      });
    }
  }
  return findings;
};

const noRungs = (sources: readonly Source[]): readonly Finding[] =>
  sources.length > 0
    ? []
    : [
        {
          code: 'nothing-found',
          severity: 'error',
          problem: 'the folder holds no source of any known layout',
          remedy:
            'Put references into refs/ and distorted clips into dists/, named after them, or write a manifest.',
        },
      ];

/** At most {@link MAX_FINDINGS_PER_CODE} of each code, and one line that counts the rest. */
export const capFindings = (findings: readonly Finding[]): readonly Finding[] => {
  const counts = new Map<string, number>();
  const kept = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MAX_FINDINGS_PER_CODE;
  });
  for (const [code, count] of counts) {
    if (count <= MAX_FINDINGS_PER_CODE) continue;
    const severity = findings.find((one) => one.code === code)?.severity ?? 'note';
    const problem = `${count} findings of this kind, of which ${MAX_FINDINGS_PER_CODE} are listed`;
    kept.push({ code, severity, problem, remedy: '' });
  }
  return kept;
};

/** The corpus of a tree from what the layouts found, in order of id. */
export const merge = (tree: Tree, parts: readonly Part[], findings: readonly Finding[]): Corpus => {
  const told: Finding[] = [];
  const targets = new Map<string, string>();
  for (const { path, target } of tree.files) if (target !== undefined) targets.set(path, target);
  const realPath: RealPath = ({ path }) => targets.get(path) ?? path;
  const sources = joinGroups(
    uniqueNames(
      parts.flatMap((part) => part.sources),
      told,
    ),
    realPath,
  );
  const all = [
    ...parts.flatMap((part) => part.findings),
    ...findings,
    ...told,
    ...duplicates(sources, realPath),
    ...noRungs(sources),
  ];
  return {
    root: tree.root,
    layouts: parts.filter((part) => part.sources.length > 0).map(({ name }) => name),
    sources: [...sources].sort((a, b) => compare(a.id, b.id)),
    findings: capFindings(all),
  };
};
