/** `tinyvmaf models`: which models are known and which of them are here. */
import { verifyTeacherTE, type TeacherStatus } from '@tinyvmaf/svm/node';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../context.js';
import { table } from '../terminal/table.js';

/** Adds the subcommand. */
export const addModelsCommand = (program: Command, context: CommandContext): void => {
  program
    .command('models')
    .description('list the known models and which are installed')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: boolean }) =>
      context.run(
        F.pipe(
          verifyTeacherTE(),
          TE.flatMapTask(
            (states) => () =>
              context.terminal.out(flags.json === true ? asJson(states) : asTable(states)),
          ),
        ),
      ),
    );
};

const asTable = (states: readonly TeacherStatus[]): string =>
  table(
    ['model', 'made for', 'state', 'what it is'],
    states.map((status) => [
      status.model.version,
      `${status.model.height}p`,
      stateWord(status),
      status.model.description,
    ]),
    'text',
  );

const stateWord = (status: TeacherStatus): string => {
  if (!status.model.supported) return 'not supported yet';
  switch (status.state) {
    case 'ok':
      return 'installed';
    case 'differs':
      return 'other content';
    case 'unreadable':
      return 'unreadable';
    case 'missing':
      return 'not installed';
  }
};

const asJson = (states: readonly TeacherStatus[]): string => {
  const models = states.map((status) => ({
    version: status.model.version,
    description: status.model.description,
    height: status.model.height,
    family: status.model.family,
    supported: status.model.supported,
    missingFeatures: status.model.missing,
    state: status.state,
    ...('path' in status ? { path: status.path } : {}),
    sha256: status.model.sha256,
  }));
  return `${JSON.stringify({ models }, undefined, 2)}\n`;
};
