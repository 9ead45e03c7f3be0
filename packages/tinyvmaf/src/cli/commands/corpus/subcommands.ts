/** The subcommands of `tinyvmaf corpus`, each on a page of its own. */
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

/** Adds all of them. */
export const addSubcommands = (corpus: Command, context: CommandContext): void => {
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
