/** `tinyvmaf corpus gc`: removes from the store what nothing needs any more. */
import { gcTE, showText, type GcReport } from '@tinyvmaf/corpus-loader';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { addStoreOptions, storeOf, withStore, type PlaceFlags } from './place.js';
import { bytesText, counted } from './quantities.js';

interface GcFlags extends PlaceFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const HELP = `
Removes features and scores of no clip, what interrupted writers left, old
chunks and files that were set aside, and joins the logs. What is younger than
an hour stays: another extraction may be at work.
`;

/** Adds the subcommand. */
export const addGcCommand = (corpus: Command, context: CommandContext): void => {
  addStoreOptions(corpus.command('gc').description('remove from the store what nothing needs'))
    .optionsGroup('Other:')
    .option('--dry-run', 'show what would go, and remove nothing')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((flags: GcFlags) => {
      const dryRun = flags.dryRun === true;
      return context.run(
        F.pipe(
          TE.fromEither(storeOf(flags, context)),
          TE.flatMap((folder) =>
            withStore(folder, { readOnly: dryRun }, context, (store) => gcTE(store, { dryRun })),
          ),
          TE.flatMapTask(
            (report) => () =>
              context.terminal.out(
                flags.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : text(report),
              ),
          ),
        ),
      );
    });
};

const text = ({ items, bytes, dryRun, kept }: GcReport): string =>
  [
    ...items.map(
      ({ path, bytes: size, reason }) => `${showText(path)}: ${reason}, ${bytesText(size)}\n`,
    ),
    kept === undefined ? '' : `files without a clip stay: ${kept}\n`,
    `${counted(items.length, 'item')} ${dryRun ? 'would go' : 'removed'}, ${bytesText(bytes)}\n`,
  ].join('');
