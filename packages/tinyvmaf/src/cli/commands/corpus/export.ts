/** `tinyvmaf corpus export`: the store as one table. */
import { POOL_METHODS, type PoolMethod, type TinyVmafError } from '@tinyvmaf/core';
import {
  exportCsvFileTE,
  exportCsvTE,
  labelNames,
  type CsvReport,
  type DatasetQuery,
  type Store,
} from '@tinyvmaf/corpus-loader';
import { Option, type Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import { choice, repeatable } from '../../arguments.js';
import type { CommandContext } from '../../context.js';
import { addStoreOptions, storeOf, withStore, type PlaceFlags } from './place.js';
import { counted } from './quantities.js';

interface ExportFlags extends PlaceFlags {
  readonly csv?: boolean;
  readonly output?: string;
  readonly corpus?: readonly string[];
  readonly source?: readonly string[];
  readonly label?: readonly string[];
  readonly level?: 'frame' | 'clip';
  readonly pool?: PoolMethod;
  readonly evaluate?: boolean;
  readonly complete?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus export --data-root clips -o features.csv
  tinyvmaf corpus export --store clips/.tinyvmaf --level clip --label vmaf_v0.6.1 > clips.csv

Columns: corpus, source, group, clip, frame, the six features, the labels. Every
number reads back as the same bits. The store's own Parquet files can be read by
pandas, DuckDB and Polars as they are.
`;

/** Adds the subcommand. */
export const addExportCommand = (corpus: Command, context: CommandContext): void => {
  addStoreOptions(corpus.command('export').description('write the feature table as CSV'))
    .optionsGroup('Rows:')
    .option('--corpus <name>', 'of this corpus only; repeatable', repeatable)
    .option('--source <name>', 'of this source only; repeatable', repeatable)
    .addOption(
      new Option('--level <level>', 'a row per frame (default) or per clip').argParser(
        choice('frame', 'clip'),
      ),
    )
    .addOption(
      new Option(
        '--pool <method>',
        `how frames become a clip: ${POOL_METHODS.join(', ')}`,
      ).argParser(choice(...POOL_METHODS)),
    )
    .option('--complete', 'leave out rows that lack a label')
    .optionsGroup('Labels:')
    .option(
      '--label <name>',
      'a teacher, or an opinion score as dataset/name; repeatable (default: all)',
      repeatable,
    )
    .option('--evaluate', 'labels too that their licence bars from training')
    .optionsGroup('Output:')
    .option('--csv', 'comma-separated values, the only format and the default')
    .option('-o, --output <file>', 'write it there, whole or not at all (- is standard output)')
    .option('-q, --quiet', 'no remarks; errors stay')
    .addHelpText('after', HELP)
    .action((flags: ExportFlags) =>
      context.run(
        F.pipe(
          TE.fromEither(storeOf(flags, context)),
          TE.flatMap((folder) =>
            withStore(folder, { readOnly: true }, context, (store) =>
              exportStore(store, flags, context),
            ),
          ),
        ),
      ),
    );
};

const exportStore = (
  store: Store,
  flags: ExportFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> => {
  const { output } = flags;
  const query = queryOf(store, flags);
  const { terminal, signal } = context;
  const toFile = output !== undefined && output !== '-';
  return F.pipe(
    toFile
      ? exportCsvFileTE(store, query, output, { signal })
      : exportCsvTE(store, query, (text) => terminal.out(text), { signal }),
    TE.mapLeft(asOption),
    TE.tapIO((report) => () => {
      if (flags.quiet !== true) terminal.err(remark(report, toFile ? output : undefined));
    }),
  );
};

const queryOf = (store: Store, flags: ExportFlags): DatasetQuery => {
  const { corpus, source, label, level, pool } = flags;
  return {
    ...(corpus === undefined ? {} : { corpus }),
    ...(source === undefined ? {} : { source }),
    labels: label ?? allLabels(store, flags),
    missing: flags.complete === true ? 'leave-out' : 'nan',
    ...(level === undefined ? {} : { level }),
    ...(pool === undefined ? {} : { pool }),
    purpose: flags.evaluate === true ? 'evaluate' : 'train',
  };
};

/** All that the store has, without those that are barred from training unless they are asked for. */
const allLabels = (store: Store, { corpus, source, evaluate }: ExportFlags): readonly string[] => {
  const clips = store
    .clips()
    .filter(
      (clip) =>
        (corpus === undefined || corpus.includes(clip.corpus)) &&
        (source === undefined || source.includes(clip.source)),
    );
  const barred = new Set(
    clips.flatMap(({ labels }) =>
      labels.flatMap(({ dataset, name, restriction }) =>
        restriction === 'evaluation-only' ? [`${dataset}/${name}`] : [],
      ),
    ),
  );
  return labelNames(clips, store.models()).filter((name) => evaluate === true || !barred.has(name));
};

const remark = ({ rows }: CsvReport, file: string | undefined): string =>
  `${counted(rows, 'row')}${file === undefined ? '' : ` in ${file}`}\n`;

/** The options that stand for members of a query. */
const OPTIONS: Readonly<Record<string, string>> = {
  query: '--corpus and --source',
  'query.corpus': '--corpus',
  'query.labels': '--label',
  'query.pool': '--pool',
};

const asOption = (error: TinyVmafError): TinyVmafError => {
  if (error._tag !== 'BadArgument') return error;
  if (error.argument === 'query.extractor') {
    // Features that others computed are a corpus of their own.
    const ways = error.rule.slice(error.rule.indexOf(': '));
    const rule = `must leave out some: not all clips of the store were extracted alike${ways}`;
    return { ...error, argument: '--corpus', rule };
  }
  return { ...error, argument: OPTIONS[error.argument] ?? error.argument };
};
