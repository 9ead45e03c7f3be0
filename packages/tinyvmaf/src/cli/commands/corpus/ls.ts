/** `tinyvmaf corpus ls`: what is there, as a tree or as JSON. */
import { corpusTree, type Corpus } from '@tinyvmaf/corpus-loader';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import { integer } from '../../arguments.js';
import type { CommandContext } from '../../context.js';
import { noErrors, tellFindings } from './findings.js';
import { addCorpusOptions, placeOf, readCorpusTE, type PlaceFlags } from './place.js';

interface LsFlags extends PlaceFlags {
  readonly rungs?: number;
  readonly json?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus ls --data-root clips
  tinyvmaf corpus ls --data-root clips --layout folder --pattern '{source}_{rung}.yuv' -w 960 -h 540 -p 420 -b 8
  VMAF_DATA_ROOT=clips tinyvmaf corpus ls --json

Exit status 8 where a file has to be left out.
`;

/** Adds the subcommand. */
export const addLsCommand = (corpus: Command, context: CommandContext): void => {
  addCorpusOptions(corpus.command('ls').description('list sources, their rungs and labels'))
    .optionsGroup('Output:')
    .option('--rungs <n>', 'show n rungs of a source and count the rest', integer(0, 2 ** 31 - 1))
    .option('--json', 'everything that was found, as JSON')
    .addHelpText('after', HELP)
    .action((flags: LsFlags) =>
      context.run(
        F.pipe(
          TE.fromEither(placeOf(flags, context)),
          TE.flatMap((place) => readCorpusTE(place, flags, context)),
          TE.tapTask((found) => () => show(found, flags, context)),
          TE.flatMapEither(({ findings }) => noErrors('corpus ls', findings)),
        ),
      ),
    );
};

const show = async (found: Corpus, flags: LsFlags, { terminal }: CommandContext): Promise<void> => {
  if (flags.json === true) {
    await terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
    return;
  }
  const lines = corpusTree(found, flags.rungs === undefined ? {} : { rungs: flags.rungs });
  await terminal.out(`${lines.join('\n')}\n`);
  tellFindings(found.findings, terminal);
};
