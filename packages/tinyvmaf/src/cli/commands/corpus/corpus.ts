/** `tinyvmaf corpus`: folders of references and distorted clips, and the store of their features. */
import type { Command } from 'commander';
import type { CommandContext } from '../../context.js';
import { addExportCommand } from './export.js';
import { addExtractCommand } from './extract.js';
import { addGcCommand } from './gc.js';
import { addImportCommand } from './import.js';
import { addLadderCommand } from './ladder.js';
import { addLsCommand } from './ls.js';
import { addStatsCommand } from './stats.js';
import { addVerifyCommand } from './verify.js';

const HELP = `
A folder of clips to a feature table (corpus ladder makes one of your videos):
  tinyvmaf corpus ls --data-root clips
  tinyvmaf corpus extract --data-root clips
  tinyvmaf corpus export --data-root clips --csv -o features.csv

VMAF_DATA_ROOT stands for --data-root, VMAF_STORE for --store. The store is
.tinyvmaf in the data root unless it is said otherwise. Whatever was
interrupted is taken up where it was by the same command again.
`;

/** Adds the subcommand with its own subcommands. */
export const addCorpusCommand = (program: Command, context: CommandContext): void => {
  const corpus = program
    .command('corpus')
    .description('corpora of clips: list, check, build ladders, extract features')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', HELP);
  for (const add of [
    addLsCommand,
    addStatsCommand,
    addVerifyCommand,
    addLadderCommand,
    addExtractCommand,
    addImportCommand,
    addExportCommand,
    addGcCommand,
  ]) {
    add(corpus, context);
  }
};
