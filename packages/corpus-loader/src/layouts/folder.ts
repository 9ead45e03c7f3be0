/**
 * Any folder of video files: references in `refs/`, distorted ones in `dists/`
 * beside it (also `ref` and `references`, `dis` and `distorted`). A distorted
 * name tells its reference: by a pattern that the user gives, such as
 * `{source}_{rung}.mp4`, else by beginning with a reference's name followed by
 * `_`, `-`, `.` or a blank; the longest such reference counts. A clip that
 * could belong to two is left out and told.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Metadata } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { nameOf } from '../data-root/inside.js';
import { assemble, type DraftRung } from './assemble.js';
import { contentGroup } from './group.js';
import type { Layout, LayoutOptions, LayoutReading, TreeFile } from './layout.js';
import { isVideo, stemOf } from './media.js';
import { matchPattern, parsePattern, type Pattern } from './pattern.js';
import { sideOf } from './sides.js';

const SEPARATORS = new Set(['_', '-', '.', ' ']);

/** Both sides of one place. */
interface Place {
  readonly place: string;
  /** By the name without extension. */
  readonly references: Map<string, TreeFile[]>;
  readonly distorted: TreeFile[];
}

const collect = (files: readonly TreeFile[]): readonly Place[] => {
  const places = new Map<string, Place>();
  for (const file of files) {
    const side = isVideo(file.path) ? sideOf(file.path) : undefined;
    if (side === undefined) continue;
    const known = places.get(side.place);
    const place: Place = known ?? { place: side.place, references: new Map(), distorted: [] };
    if (known === undefined) places.set(side.place, place);
    if (side.side === 'distorted') {
      place.distorted.push(file);
      continue;
    }
    const stem = stemOf(file.path);
    const same = place.references.get(stem);
    if (same === undefined) place.references.set(stem, [file]);
    else same.push(file);
  }
  return [...places.values()];
};

/** A reference's name that a distorted name may mean, and what else the name says. */
interface Candidate {
  readonly stem: string;
  readonly metadata: Metadata;
  /** A shorter name that it may mean too. */
  readonly shorter?: string | undefined;
}

/** References whose names begin the distorted one, the longest first. */
const byPrefix = (file: TreeFile, place: Place): Candidate | undefined => {
  const stem = stemOf(file.path);
  const heads: string[] = [];
  for (let end = stem.length; end > 0; end--) {
    const next = stem[end];
    if (next !== undefined && !SEPARATORS.has(next)) continue;
    const head = stem.slice(0, end);
    if (place.references.has(head)) heads.push(head);
  }
  const [head, shorter] = heads;
  if (head === undefined) return undefined;
  const rung = stem.slice(head.length + 1);
  return { stem: head, metadata: rung === '' ? {} : { rung }, shorter };
};

const isNumber = /^\d+(?:\.\d+)?$/;

const byPattern = (file: TreeFile, place: Place, pattern: Pattern): Candidate | undefined => {
  const name = nameOf(file.path);
  const [captures, other] = matchPattern(pattern, name, (source) => place.references.has(source));
  const stem = captures?.['source'];
  if (captures === undefined || stem === undefined) return undefined;
  const metadata = Object.fromEntries(
    Object.entries(captures)
      .filter(([key]) => key !== 'source')
      .map(([key, value]) => [key, key !== 'rung' && isNumber.test(value) ? Number(value) : value]),
  );
  return { stem, metadata, shorter: other?.['source'] };
};

const longest = (file: TreeFile, stem: string, shorter: string): Finding => ({
  code: 'longest-name',
  severity: 'note',
  path: file.path,
  problem: `is taken as a clip of ${stem}; by its name it could be one of ${shorter} too`,
  remedy: 'Rename one of the references, or name the pairs in a manifest, if that is wrong.',
});

const unmatched = (file: TreeFile, place: Place, pattern: string | undefined): Finding => ({
  code: 'no-reference',
  severity: 'error',
  path: file.path,
  problem:
    pattern === undefined
      ? `begins with the name of none of the ${place.references.size} references beside it`
      : `is not ${pattern} with one of the ${place.references.size} references beside it`,
  remedy:
    'Name it <reference>_<anything>, give a pattern (--pattern "{source}_{rung}.mp4"), or write a manifest.',
});

const ambiguous = (file: TreeFile, references: readonly TreeFile[]): Finding => ({
  code: 'ambiguous-reference',
  severity: 'error',
  path: file.path,
  problem: `could belong to ${references.length} references of one name: ${references
    .slice(0, 4)
    .map(({ path }) => path)
    .join(', ')}`,
  remedy: 'Leave one of them, or name the pairs in a manifest.',
});

const read =
  (unclaimed: readonly TreeFile[], options: LayoutOptions) =>
  (pattern: Pattern | undefined): LayoutReading => {
    const claimed = new Set<string>();
    const findings: Finding[] = [];
    const sources = collect(unclaimed).flatMap((place) => {
      const rungs = new Map<TreeFile, DraftRung[]>();
      for (const files of place.references.values()) {
        for (const file of files) {
          claimed.add(file.path);
          rungs.set(file, []);
        }
      }
      for (const file of place.distorted) {
        claimed.add(file.path);
        const candidate =
          pattern === undefined ? byPrefix(file, place) : byPattern(file, place, pattern);
        const references = place.references.get(candidate?.stem ?? '') ?? [];
        const [reference] = references;
        if (candidate === undefined || reference === undefined) {
          findings.push(unmatched(file, place, options.pattern));
        } else if (references.length > 1) findings.push(ambiguous(file, references));
        else {
          const { stem, shorter, metadata } = candidate;
          if (shorter !== undefined) findings.push(longest(file, stem, shorter));
          rungs.get(reference)?.push({ file, metadata });
        }
      }
      return [...rungs].map(([reference, clips]) => {
        const stem = stemOf(reference.path);
        const alone = place.references.get(stem)?.length === 1;
        const id = place.place === '' ? stem : `${place.place}/${stem}`;
        const assembled = assemble(
          {
            id: alone ? id : reference.path,
            group: contentGroup(stem),
            reference,
            rungs: clips,
          },
          options.geometry,
        );
        findings.push(...assembled.findings);
        return assembled.source;
      });
    });
    return { sources, claimed, findings };
  };

const optionalPattern = (text: string | undefined): E.Either<TinyVmafError, Pattern | undefined> =>
  text === undefined ? E.right(undefined) : parsePattern(text);

/** Any folder with `refs/` and `dists/`. Fails with `BadArgument` for a pattern that is none. */
export const folder: Layout = {
  name: 'folder',
  title: 'any videos: refs/<source>.* and dists/<source>_<anything>.*, or a pattern',
  read: (_tree, unclaimed, options) =>
    F.pipe(optionalPattern(options.pattern), E.map(read(unclaimed, options)), TE.fromEither),
};
