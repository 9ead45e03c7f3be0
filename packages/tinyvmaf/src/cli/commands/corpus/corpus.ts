/** `tinyvmaf corpus`: folders of references and distorted clips, and the store of their features. */
import type { Command } from 'commander';
import type { CommandContext } from '../../context.js';

const HELP = `
A folder of clips to a feature table (corpus ladder makes one of your videos):
  tinyvmaf corpus ls --data-root clips
  tinyvmaf corpus extract --data-root clips
  tinyvmaf corpus export --data-root clips -o features.csv

VMAF_DATA_ROOT stands for --data-root, VMAF_STORE for --store. The store is
.tinyvmaf in the data root unless it is said otherwise. Whatever was
interrupted is taken up where it was by the same command again.
`;

/** Name of the command. */
const NAME = 'corpus';

/** Adds the subcommand; {@link loadCorpusCommands} adds its own subcommands. */
export const addCorpusCommand = (program: Command): void => {
  program
    .command(NAME)
    .description('corpora of clips: list, check, build ladders, extract features')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', HELP);
};

/**
 * Adds the subcommands where the words may name one. What they stand on is
 * large, and no other command is to wait for it.
 */
export const loadCorpusCommands = async (
  program: Command,
  argv: readonly string[],
  context: CommandContext,
): Promise<void> => {
  const corpus = program.commands.find((command) => command.name() === NAME);
  if (corpus === undefined || !argv.slice(0, 2).includes(NAME)) return;
  const { addSubcommands } = await import('./subcommands.js');
  addSubcommands(corpus, context);
};
