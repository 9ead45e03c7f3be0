/**
 * The `tinyvmaf` command: words in, exit status out. Nothing below this file
 * ends the process.
 */
import process from 'node:process';
import { errorMessage, exitStatus, fromThrown, type TinyVmafError } from '@tinyvmaf/core';
import { Command, CommanderError } from 'commander';
import { either as E, type taskEither as TE } from 'fp-ts';
import { normaliseOptions } from './arguments.js';
import { addCorpusCommand, loadCorpusCommands } from './commands/corpus/corpus.js';
import { addDemoCommand } from './commands/demo.js';
import { addDistillCommand } from './commands/distill.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addEvalCommand } from './commands/eval/eval.js';
import { addFeaturesCommand } from './commands/features.js';
import { addModelsCommand, loadModelsCommands } from './commands/models/models.js';
import { addScoreCommand } from './commands/score.js';
import { addTeacherCommand } from './commands/teacher.js';
import type { CommandContext } from './context.js';
import { paint, type Terminal } from './terminal/terminal.js';

const HELP = `
Start here:
  tinyvmaf demo                           scores a small embedded pair
  tinyvmaf score reference.mp4 distorted.mp4
  tinyvmaf teacher install                fetches Netflix's model files, for the exact score

Exit statuses: 0 done, 1 wrong usage, 2 fault of tinyvmaf, 3 input unreadable,
4 inputs do not match, 5 model, 6 missing on this machine, 7 files or network,
8 partly failed, 130 interrupted.
`;

/**
 * Runs the command.
 * @param argv words after the program's name.
 * @param surroundings environment and clock, where they are not the process's own.
 * @returns the exit status; see docs/exit-statuses.md.
 */
export const runCommand = async (
  argv: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
  version: string,
  surroundings: Partial<Pick<CommandContext, 'env' | 'now'>> = {},
): Promise<number> => {
  let status = 0;
  const context: CommandContext = {
    terminal,
    signal,
    version,
    env: process.env,
    now: () => performance.now() / 1000,
    ...surroundings,
    run: async (program: TE.TaskEither<TinyVmafError, unknown>) => {
      const outcome = await program();
      if (E.isLeft(outcome)) status = fail(outcome.left, terminal);
    },
  };
  let shown = Promise.resolve();
  const program = createProgram(context, (text) => {
    shown = terminal.out(text);
  });
  try {
    await loadCorpusCommands(program, argv, context);
    await loadModelsCommands(program, argv, context);
    await program.parseAsync(normaliseOptions(argv, longOptions(program, argv)), {
      from: 'user',
    });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return fail(fromThrown(thrown), terminal);
    await shown;
    // Help and version are successes; every other one is wrong usage.
    return thrown.exitCode === 0 ? 0 : 1;
  }
  return status;
};

const fail = (error: TinyVmafError, terminal: Terminal): number => {
  terminal.err(`${paint(terminal, 'error', 'error:')} ${errorMessage(error)}\n`);
  return exitStatus(error);
};

const createProgram = (context: CommandContext, writeOut: (text: string) => void): Command => {
  const { terminal } = context;
  const program = new Command('tinyvmaf')
    .description(
      'VMAF video quality for JavaScript: the right number, with nothing else installed.',
    )
    .version(context.version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: (text) => {
        terminal.err(text);
      },
      outputError: (text, write) => {
        write(`${paint(terminal, 'error', 'error:')} ${usageText(text)}`);
      },
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError();
  for (const add of [
    addScoreCommand,
    addFeaturesCommand,
    addCorpusCommand,
    addTeacherCommand,
    addModelsCommand,
    addDistillCommand,
    addEvalCommand,
    addDoctorCommand,
    addDemoCommand,
  ]) {
    add(program, context);
  }
  return program;
};

/** Commander's message without its own prefix; a bare `-h` gets the hint it needs. */
const usageText = (text: string): string => {
  const plain = text.replace(/^error: /, '');
  return plain.includes("'-h, --height") && plain.includes('argument missing')
    ? `${plain}-h is the height, as in vmaf; --help shows help.\n`
    : plain;
};

/** Long options of the subcommand that the first words name, as declared. */
const longOptions = (program: Command, argv: readonly string[]): ReadonlySet<string> => {
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return new Set(command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : [])));
};
