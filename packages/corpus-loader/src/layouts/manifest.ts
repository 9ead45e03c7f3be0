/**
 * Manifests: files `manifest.json` and `manifest.csv`, in any folder below the
 * root, that name pairs, geometry, hashes and labels. Paths in them are
 * relative to the manifest. A manifest wins over every other layout. The folder
 * `enc` beside it is where ladder builders keep bitstreams: it is known, and
 * gives no clips by itself.
 */
import { errorMessage, printable, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { Source } from '../corpus/corpus.js';
import type { Finding } from '../corpus/finding.js';
import { folderOf, nameOf } from '../data-root/inside.js';
import type { Layout, LayoutOptions, LayoutReading, Tree, TreeFile } from './layout.js';
import { CORPUS_FORMAT, readCorpusManifest } from './manifest-corpus.js';
import { LADDER_FORMAT, readLadderManifest } from './manifest-ladder.js';
import { readTableManifestTE } from './manifest-table.js';
import { settle, type Settling, type StatedSource } from './stated.js';

const NAMES = new Set(['manifest.json', 'manifest.csv']);

/** What a manifest says. */
interface Stated {
  readonly sources: readonly StatedSource[];
  /** Whether the folder `enc` beside it is the builder's. */
  readonly builder: boolean;
}

const formatOf = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && 'format' in document
    ? document.format
    : undefined;

const byHand = (sources: readonly StatedSource[]): Stated => ({ sources, builder: false });

const readJson = (text: string, path: string): E.Either<TinyVmafError, Stated> => {
  const wrong = (problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'TableFormat', source: path, place: 'the document', problem });
  const document = E.tryCatch(
    (): unknown => JSON.parse(text),
    (thrown) => (thrown instanceof Error ? thrown.message : String(thrown)),
  );
  if (E.isLeft(document)) return wrong(`is not JSON: ${document.left}`);
  const format = formatOf(document.right);
  if (format === LADDER_FORMAT) {
    return F.pipe(
      readLadderManifest(document.right, path),
      E.map((sources) => ({ sources, builder: true })),
    );
  }
  if (format === CORPUS_FORMAT) {
    return F.pipe(readCorpusManifest(document.right, path), E.map(byHand));
  }
  const known = `${LADDER_FORMAT} and ${CORPUS_FORMAT}`;
  return wrong(
    typeof format === 'string'
      ? `has the format ${printable(format)}; this version reads ${known}`
      : `has no "format"; this version reads ${known}`,
  );
};

const readStated = (tree: Tree, path: string): TE.TaskEither<TinyVmafError, Stated> =>
  F.pipe(
    tree.readText(path),
    TE.chain((text) =>
      path.endsWith('.csv')
        ? F.pipe(readTableManifestTE(text, path), TE.map(byHand))
        : TE.fromEither(readJson(text, path)),
    ),
  );

const refused = (path: string, error: TinyVmafError): Finding => ({
  code: 'bad-manifest',
  severity: 'error',
  path,
  problem: `is not used: ${errorMessage(error)}`,
  remedy: 'Mend or remove it.',
});

/** Bitstreams that a ladder builder has kept: known, and no clips by themselves. */
const claimEncodes = (path: string, unclaimed: readonly TreeFile[], claimed: Set<string>): void => {
  const encodes = `${path.slice(0, -nameOf(path).length)}enc/`;
  for (const file of unclaimed) if (file.path.startsWith(encodes)) claimed.add(file.path);
};

const read = async (
  tree: Tree,
  unclaimed: readonly TreeFile[],
  options: LayoutOptions,
): Promise<LayoutReading> => {
  const manifests = unclaimed.filter(({ path }) => NAMES.has(nameOf(path)));
  const claimed = new Set<string>();
  const findings: Finding[] = [];
  const sources: Source[] = [];
  if (manifests.length === 0) return { sources, claimed, findings };
  const files = new Map(unclaimed.map((file) => [file.path, file]));
  const to: Settling = { files, options, claimed, used: new Set(), findings };
  for (const { path } of manifests) {
    claimed.add(path);
    const stated = await readStated(tree, path)();
    if (E.isLeft(stated)) {
      findings.push(refused(path, stated.left));
      continue;
    }
    if (stated.right.builder) claimEncodes(path, unclaimed, claimed);
    for (const one of stated.right.sources) {
      const source = settle(one, path, folderOf(path), to);
      if (source !== undefined) sources.push(source);
    }
  }
  return { sources, claimed, findings };
};

/** Manifests, written by a ladder builder or by hand. */
export const manifest: Layout = {
  name: 'manifest',
  title: 'manifest.json or manifest.csv, by a ladder builder or by hand',
  read: (tree, unclaimed, options) => TE.fromTask(() => read(tree, unclaimed, options)),
};
