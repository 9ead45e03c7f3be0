/**
 * From a folder to a corpus: the tree is listed once, every layout explains
 * what it can of the files that no earlier one has claimed, and what is left
 * and looks like video is told.
 */
import { printable, toPromise, type TinyVmafError } from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import type { Layout, LayoutOptions, LayoutReading, Tree, TreeFile } from '../layouts/layout.js';
import { isVideo } from '../layouts/media.js';
import { LAYOUTS } from '../layouts/registry.js';
import { openTreeTE } from '../tree/tree.js';
import type { Corpus } from './corpus.js';
import type { Finding } from './finding.js';
import { merge } from './merge.js';

/** What to discover, and how. */
export interface DiscoverOptions {
  /** Folder of the corpus, absolute, links resolved: what `resolveDataRoot` gives. */
  readonly root: string;
  /** Layouts to try, in order. Default: {@link LAYOUTS}. */
  readonly layouts?: readonly Layout[];
  /** Name of the only layout to try. Default: all. */
  readonly layout?: string;
  /** What the user says that names do not say. */
  readonly options?: LayoutOptions;
  /** Folder of the store where it lies inside the root; it is not entered. Absolute, links resolved. */
  readonly store?: string;
  /** Fires to give up. */
  readonly signal?: AbortSignal | undefined;
}

const choose = (
  layouts: readonly Layout[],
  name: string | undefined,
): TE.TaskEither<TinyVmafError, readonly Layout[]> => {
  if (name === undefined) return TE.right(layouts);
  const chosen = layouts.filter((layout) => layout.name === name);
  return chosen.length > 0
    ? TE.right(chosen)
    : TE.left({
        _tag: 'BadArgument',
        argument: '--layout',
        rule: `must be one of ${layouts.map((layout) => layout.name).join(', ')}`,
        value: name,
      });
};

/** Every layout in turn, on what is left. */
const readAll =
  (tree: Tree, options: LayoutOptions) =>
  (
    layouts: readonly Layout[],
  ): TE.TaskEither<TinyVmafError, readonly (readonly [string, LayoutReading])[]> => {
    const claimed = new Set<string>();
    let left: readonly TreeFile[] = tree.files;
    return F.pipe(
      layouts,
      TE.traverseSeqArray((layout) =>
        F.pipe(
          TE.fromIO(() => left),
          TE.chain((unclaimed) => layout.read(tree, unclaimed, options)),
          TE.map((reading) => {
            for (const path of reading.claimed) claimed.add(path);
            if (reading.claimed.size > 0) left = left.filter(({ path }) => !claimed.has(path));
            return [layout.name, reading] as const;
          }),
        ),
      ),
    );
  };

/** Files that look like video and that no layout knows. A file that is known under a link's name is not among them. */
const unexplained = (
  tree: Tree,
  readings: readonly (readonly [string, LayoutReading])[],
): readonly Finding[] => {
  const claimed = new Set<string>();
  for (const [, reading] of readings) for (const path of reading.claimed) claimed.add(path);
  for (const { path, target } of tree.files) {
    if (target !== undefined && claimed.has(path)) claimed.add(target);
  }
  return tree.files
    .filter(({ path }) => isVideo(path) && !claimed.has(path))
    .map(({ path }) => ({
      code: 'unexplained',
      severity: 'warning',
      path,
      problem: `looks like video, but ${layoutsText(readings.map(([name]) => name))} not know what it is`,
      remedy: 'Name it as a layout asks for, or name it in a manifest.',
    }));
};

/** `the layouts manifest, folder do`, to be followed by `not`. */
const layoutsText = (names: readonly string[]): string =>
  names.length === 1 ? `the layout ${names.join('')} does` : `the layouts ${names.join(', ')} do`;

/**
 * Reads what an already listed tree holds.
 * Left: `BadArgument` for a layout that is not known, and what a layout fails with.
 */
export const discoverTreeTE = (
  tree: Tree,
  options: Omit<DiscoverOptions, 'root' | 'store' | 'signal'> = {},
  findings: readonly Finding[] = [],
): TE.TaskEither<TinyVmafError, Corpus> =>
  F.pipe(
    choose(options.layouts ?? LAYOUTS, options.layout),
    TE.chain(readAll(tree, options.options ?? {})),
    TE.map((readings) =>
      merge(
        tree,
        readings.map(([name, { sources, findings: told }]) => ({ name, sources, findings: told })),
        [...findings, ...unexplained(tree, readings)],
      ),
    ),
  );

/**
 * Reads what a folder holds. No video is opened: names, sizes and small text
 * files decide. A folder without any corpus is no error: it has no sources and
 * the finding `nothing-found`, whose words say so.
 * Left: `Io` where the root cannot be read, `BadArgument` for a layout that is
 * not known, `Cancelled`.
 */
export const discoverTE = (options: DiscoverOptions): TE.TaskEither<TinyVmafError, Corpus> => {
  const { root, store, signal } = options;
  return F.pipe(
    openTreeTE(root, { ...(store === undefined ? {} : { skip: store }), signal }),
    TE.chain(({ tree, findings }) => discoverTreeTE(tree, options, findings)),
  );
};

/** {@link discoverTE} as a Promise; rejects with `TinyVmafException`. */
export const discover = (options: DiscoverOptions): Promise<Corpus> =>
  toPromise(discoverTE(options));

/** Name of a corpus for people: the last folder of its root. */
export const corpusName = (corpus: Corpus): string =>
  corpus.root.split(/[/\\]/).filter(Boolean).at(-1) ?? printable(corpus.root);
