/** `tinyvmaf models`: Netflix's models and the students, listed, shown, checked and added. */
import type { Command } from 'commander';
import type { CommandContext } from '../../context.js';

const HELP = `
  tinyvmaf models                 which models are known, and which are here
  tinyvmaf models show a5         size, hash, architecture, measured error
  tinyvmaf models verify          hashes and probes of all that are here
  tinyvmaf models add mine.onnx   from then on: tinyvmaf score --model mine

Netflix's models are fetched with tinyvmaf teacher install.
`;

/** Name of the command. */
const NAME = 'models';

/** Adds the subcommand; {@link loadModelsCommands} adds its own subcommands. */
export const addModelsCommand = (program: Command): void => {
  program
    .command(NAME)
    .description('models and students: list, show, verify, add')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', HELP);
};

/**
 * Adds the subcommands where the words may name one; no other command is to
 * wait for what they stand on.
 */
export const loadModelsCommands = async (
  program: Command,
  argv: readonly string[],
  context: CommandContext,
): Promise<void> => {
  const models = program.commands.find((command) => command.name() === NAME);
  if (models === undefined || !argv.slice(0, 2).includes(NAME)) return;
  const { addSubcommands } = await import('./subcommands.js');
  addSubcommands(models, context);
};
