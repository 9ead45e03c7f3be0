/** The subcommands of `tinyvmaf models`, each on a page of its own. */
import type { Command } from 'commander';
import type { CommandContext } from '../../context.js';
import { addAddCommand } from './add.js';
import { addLsCommand } from './ls.js';
import { addShowCommand } from './show.js';
import { addVerifyCommand } from './verify.js';

/** Adds all of them. */
export const addSubcommands = (models: Command, context: CommandContext): void => {
  for (const add of [addLsCommand, addShowCommand, addVerifyCommand, addAddCommand]) {
    add(models, context);
  }
};
