/** `tinyvmaf corpus import`: labels, and features that others computed, into the store. */
import type { TinyVmafError } from '@tinyvmaf/core';
import {
  importFeaturesTE,
  importFramesTE,
  importLabelsTE,
  importTableTE,
  isFrameTable,
  type ImportOptions,
  type ImportReport,
  type LabelScale,
  type Store,
} from '@tinyvmaf/corpus-loader';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { choice } from '../../arguments.js';
import type { CommandContext } from '../../context.js';
import { shortName } from '../../destinations.js';
import { noErrors, tellFindings } from './findings.js';
import { addStoreOptions, storeOf, withStore, type PlaceFlags } from './place.js';
import { counted } from './quantities.js';

interface ImportFlags extends PlaceFlags {
  readonly corpus?: string;
  readonly dataset?: string;
  readonly column?: string;
  readonly scale?: LabelScale;
  readonly syntax?: 'table' | 'libsvm' | 'json';
  readonly labelsOnly?: boolean;
  readonly evaluationOnly?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus import mos.csv --data-root clips --scale 1..5
  tinyvmaf corpus import nflx-public-dmos.json --data-root clips
  tinyvmaf corpus import rows.libsvm --store features --corpus others

Tables have the columns clip,mos[,ci][,votes], or dmos; with the six features
in columns, rows become clips of the store. A clip is named by its path, or by
its file name with or without extension. Numbers have a decimal point.
`;

/** Adds the subcommand. */
export const addImportCommand = (corpus: Command, context: CommandContext): void => {
  addStoreOptions(
    corpus
      .command('import')
      .description('put labels, or features of others, into the store')
      .argument('<file>', 'CSV, libsvm rows, or published JSON; .gz may follow'),
  )
    .option('--corpus <name>', 'label clips of this corpus only; name of the corpus of features')
    .optionsGroup('Table:')
    .option('--dataset <name>', 'whose labels they are (default: the name of the file)')
    .option('--column <name>', 'column of the label (default: mos, else dmos)')
    .option('--scale <range>', 'scale of the labels: 1..5, or 5..1 where lower is better', scale)
    .addOption(
      new Option('--syntax <name>', 'table, libsvm or json (default: by the ending)').argParser(
        choice('table', 'libsvm', 'json'),
      ),
    )
    .option('--labels-only', 'take the labels of a table that has features too')
    .option('--evaluation-only', 'a licence bars these labels from training')
    .optionsGroup('Output:')
    .option('--json', 'what was matched, as JSON')
    .option('-q, --quiet', 'no summary; warnings and errors stay')
    .addHelpText('after', HELP)
    .action((file: string, flags: ImportFlags) =>
      context.run(
        F.pipe(
          TE.fromEither(storeOf(flags, context)),
          TE.flatMap((folder) => importFile(file, folder, flags, context)),
        ),
      ),
    );
};

/** `1..5`: worst to best. */
const scale = (text: string): LabelScale => {
  const [, first, second] = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(second)];
  if (!Number.isFinite(from) || !Number.isFinite(to) || from === to) {
    throw new InvalidArgumentError('Must be two numbers, worst to best: 1..5, or 5..1.');
  }
  return from < to
    ? { min: from, max: to, direction: 'higher-is-better' }
    : { min: to, max: from, direction: 'lower-is-better' };
};

const importFile = (
  file: string,
  folder: string,
  flags: ImportFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    reading(file, flags, context),
    // Only now: a file that cannot be read leaves no store behind.
    TE.flatMap((into) => withStore(folder, { create: true }, context, into)),
    TE.tapTask((report) => async () => {
      const { terminal } = context;
      tellFindings(report.findings, terminal);
      if (flags.json === true) await terminal.out(`${JSON.stringify(report, undefined, 2)}\n`);
      else if (flags.quiet !== true) await terminal.out(summary(report));
    }),
    TE.flatMapEither(verdict),
  );

/** Puts what was read into a store. */
type Into = (store: Store) => TE.TaskEither<TinyVmafError, ImportReport>;

/** Tables of clips are read whole, tables of frames on their way into the store. */
const reading = (
  file: string,
  flags: ImportFlags,
  { signal }: CommandContext,
): TE.TaskEither<TinyVmafError, Into> => {
  const { corpus, labelsOnly } = flags;
  const named = corpus === undefined ? {} : { corpus };
  const frames: Into = (store) =>
    importFramesTE(store, file, corpus ?? flags.dataset ?? shortName(shortName(file)), signal);
  return F.pipe(
    isFrameTable(file, flags.syntax, signal),
    TE.flatMap((isFrames) =>
      isFrames
        ? TE.right(frames)
        : F.pipe(
            importTableTE(file, { ...tableOptions(flags), signal }),
            TE.map(
              (table): Into =>
                (store) =>
                  table.kind === 'features' && labelsOnly !== true
                    ? importFeaturesTE(store, table, { ...named, signal })
                    : importLabelsTE(store, table, named),
            ),
          ),
    ),
  );
};

const tableOptions = ({
  dataset,
  column,
  scale: given,
  syntax,
  evaluationOnly,
}: ImportFlags): ImportOptions => ({
  ...(dataset === undefined ? {} : { dataset }),
  ...(column === undefined ? {} : { column }),
  ...(given === undefined ? {} : { scale: given }),
  ...(syntax === undefined ? {} : { syntax }),
  ...(evaluationOnly === true ? { restriction: 'evaluation-only' } : {}),
});

const MOST_NAMES = 5;

const summary = ({ matched, unmatched, changed }: ImportReport): string => {
  const names = unmatched.slice(0, MOST_NAMES).join(', ');
  const more = unmatched.length > MOST_NAMES ? ', ...' : '';
  return `${counted(matched, 'row')} matched, ${counted(changed, 'clip')} changed${unmatched.length === 0 ? '' : `, ${unmatched.length} without a clip: ${names}${more}`}\n`;
};

/** Nothing that fits is a mistake; so is a label that fits two clips. */
const verdict = (report: ImportReport): E.Either<TinyVmafError, ImportReport> =>
  report.matched === 0 && report.unmatched.length > 0
    ? E.left({
        _tag: 'Incomplete',
        operation: 'corpus import',
        problem: `none of ${report.unmatched.length} rows fits a clip of the store`,
        remedy:
          'Extract the clips first; see their names with `tinyvmaf corpus export --level clip`.',
      })
    : F.pipe(
        noErrors('corpus import', report.findings),
        E.map(() => report),
      );
