/** Where a corpus and its store lie, and how it is read: the options that the subcommands share. */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  discoverTE,
  openStoreTE,
  resolveDataRoot,
  LAYOUTS,
  type Corpus,
  type Store,
} from '@tinyvmaf/corpus-loader';
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import type { Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { addRawOptions, rawFormat, type RawOptions } from '../../raw-options.js';
import { paint } from '../../terminal/terminal.js';

/** The shared options as commander hands them over. */
export interface PlaceFlags extends RawOptions {
  readonly dataRoot?: string;
  readonly store?: string;
  readonly layout?: string;
  readonly pattern?: string;
}

/** Folder of the store inside a data root. */
const STORE_FOLDER = '.tinyvmaf';

/** Environment variable that stands for `--store`. */
const STORE_VARIABLE = 'VMAF_STORE';

/** Adds the options that say where the corpus is and how it is read. */
export const addCorpusOptions = (command: Command): Command =>
  addRawOptions(
    addStoreOptions(command)
      .option('--layout <name>', `read it as ${LAYOUTS.map(({ name }) => name).join(', ')} only`)
      .option('--pattern <text>', 'how distorted files name their reference, for --layout folder')
      .optionsGroup('Raw video whose names and manifest do not say it (all four):'),
  );

/** Adds the options that say where corpus and store are. */
export const addStoreOptions = (command: Command): Command =>
  command
    .helpOption('--help', 'show this help')
    .optionsGroup('Corpus:')
    .option('--data-root <folder>', 'folder of the corpus (default: VMAF_DATA_ROOT)')
    .option('--store <folder>', 'folder of the store (default: VMAF_STORE, else .tinyvmaf in it)');

/** Both folders, absolute; the store need not exist. */
export interface Place {
  readonly root: string;
  readonly store: string;
}

/** The place that options and environment name. Left: BadArgument, Io. */
export const placeOf = (
  flags: PlaceFlags,
  { env }: CommandContext,
): E.Either<TinyVmafError, Place> =>
  F.pipe(
    resolveDataRoot(flags.dataRoot, env),
    E.map((root) => ({ root, store: givenStore(flags, env) ?? join(root, STORE_FOLDER) })),
  );

/** The store alone, for what needs no corpus. Left: BadArgument, Io. */
export const storeOf = (
  flags: PlaceFlags,
  context: CommandContext,
): E.Either<TinyVmafError, string> => {
  const given = givenStore(flags, context.env);
  return given === undefined
    ? F.pipe(
        placeOf(flags, context),
        E.map(({ store }) => store),
      )
    : E.right(given);
};

const givenStore = ({ store }: PlaceFlags, env: CommandContext['env']): string | undefined => {
  const given = store ?? env[STORE_VARIABLE];
  return given === undefined || given === '' ? undefined : resolve(given);
};

/** The corpus at a place. Left: as `discoverTE`, and BadArgument for half a geometry. */
export const readCorpusTE = (
  place: Place,
  flags: PlaceFlags,
  { signal }: CommandContext,
): TE.TaskEither<TinyVmafError, Corpus> =>
  F.pipe(
    TE.fromEither(rawFormat(flags)),
    TE.flatMap((geometry) =>
      discoverTE({
        root: place.root,
        store: realPath(place.store),
        ...(flags.layout === undefined ? {} : { layout: flags.layout }),
        options: {
          ...(geometry === undefined ? {} : { geometry }),
          ...(flags.pattern === undefined ? {} : { pattern: flags.pattern }),
        },
        signal,
      }),
    ),
  );

const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** A corpus in which there is something to work on. Left: CorpusLayout. */
export const somePairs = (corpus: Corpus): E.Either<TinyVmafError, Corpus> =>
  corpus.sources.some(({ reference, rungs }) => reference !== undefined && rungs.length > 0)
    ? E.right(corpus)
    : E.left({
        _tag: 'CorpusLayout',
        source: corpus.root,
        problem: 'holds no pair of a reference and a distorted clip',
        remedy:
          'See what is there with `tinyvmaf corpus ls`; layouts are described in docs/corpora.md.',
      });

/** Opens the store of a place for the time of some work. Damaged files are told as they are met. */
export const withStore = <A>(
  folder: string,
  options: { readonly create?: boolean; readonly readOnly?: boolean },
  { terminal }: CommandContext,
  work: (store: Store) => TE.TaskEither<TinyVmafError, A>,
): TE.TaskEither<TinyVmafError, A> =>
  TE.bracket(
    F.pipe(
      openStoreTE(folder, {
        ...options,
        onCorrupt: (found) => {
          terminal.err(`${paint(terminal, 'warning', 'warning:')} ${errorMessage(found)}\n`);
        },
      }),
      TE.mapLeft((error) => withRemedy(error, folder)),
    ),
    work,
    (store) => TE.fromTask(() => store.close()),
  );

/** What a person can do about a store that does not open. */
const withRemedy = (error: TinyVmafError, folder: string): TinyVmafError => {
  if (error._tag === 'Io' && REFUSALS.has(error.errno ?? '')) {
    // Node says ENOENT of a folder that is to be made on a read-only disk.
    const why = error.errno === 'ENOENT' ? 'the folder cannot be made there' : error.problem;
    const problem = `${why}; name another folder for the store with --store or ${STORE_VARIABLE}`;
    return { ...error, problem };
  }
  return error._tag === 'BadArgument' && !existsSync(folder)
    ? {
        _tag: 'BadArgument',
        argument: '--store',
        rule: 'must name a store, and there is none yet: `tinyvmaf corpus extract` makes it',
        value: folder,
      }
    : error;
};

const REFUSALS: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR']);
