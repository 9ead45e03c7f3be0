/** `tinyvmaf teacher`: Netflix's model files, which are not ours to ship. */
import {
  installTeacherTE,
  thisMachine,
  verifyTeacherTE,
  dataFolder,
  modelsFolder,
  type InstalledModel,
  type TeacherStatus,
} from '@tinyvmaf/svm/node';
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import type { Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { repeatable } from '../arguments.js';
import type { CommandContext } from '../context.js';

const HELP = `
The files are Netflix's (BSD-2-Clause-Patent) and are checked against pinned
SHA-256 sums. Without network: copy the model folder of Netflix/vmaf v3.2.0 and
use --from FOLDER. TINYVMAF_DATA_DIR changes the place, VMAF_MODEL_PATH adds one.
`;

/** Adds the subcommand with its own subcommands. */
export const addTeacherCommand = (program: Command, context: CommandContext): void => {
  const teacher = program
    .command('teacher')
    .description("install, verify and find Netflix's model files")
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', HELP);
  teacher
    .command('install')
    .description('fetch the v0.6.1 family into the data folder')
    .helpOption('-h, --help', 'show this help')
    .option('--from <place>', 'a file, a folder, or the URL of either, instead of the official one')
    .option('--model <version>', 'this version only; repeatable', repeatable)
    .action((flags: { readonly from?: string; readonly model?: readonly string[] }) =>
      context.run(install(flags, context)),
    );
  teacher
    .command('verify')
    .description('compare the installed files with the pinned sums')
    .helpOption('-h, --help', 'show this help')
    .action(() => context.run(verify(context)));
  teacher
    .command('path')
    .description('print the folder of the model files')
    .helpOption('-h, --help', 'show this help')
    .action(() =>
      context.run(
        TE.fromTask(() => context.terminal.out(`${modelsFolder(dataFolder(thisMachine()))}\n`)),
      ),
    );
};

const install = (
  flags: { readonly from?: string; readonly model?: readonly string[] },
  context: CommandContext,
): TE.TaskEither<TinyVmafError, void> =>
  F.pipe(
    installTeacherTE({
      ...(flags.from === undefined ? {} : { from: flags.from }),
      ...(flags.model === undefined ? {} : { models: flags.model }),
      signal: context.signal,
      onModel: (model) => {
        context.terminal.err(installedLine(model));
      },
    }),
    TE.flatMapTask((report) => async () => {
      if (report.absent.length > 0) {
        context.terminal.err(`not there: ${report.absent.join(', ')}\n`);
      }
      await context.terminal.out(`${report.folder}\n`);
    }),
  );

const installedLine = ({ version, status }: InstalledModel): string =>
  `${version}: ${status === 'present' ? 'already there' : 'installed'}\n`;

/** Fails where a file differs or cannot be read, or where none is there at all. */
const verify = (context: CommandContext): TE.TaskEither<TinyVmafError, void> =>
  F.pipe(
    verifyTeacherTE(),
    TE.map((all) => all.filter(({ model }) => model.supported)),
    TE.tap((states) => TE.fromTask(() => context.terminal.out(states.map(stateLine).join('')))),
    TE.flatMap((states) => TE.fromEither(verdict(states))),
  );

const stateLine = (status: TeacherStatus): string =>
  `${status.model.version}: ${describe(status)}\n`;

const describe = (status: TeacherStatus): string => {
  switch (status.state) {
    case 'ok':
      return `ok, ${status.path}`;
    case 'differs':
      return `DIFFERS, ${status.path} has SHA-256 ${status.sha256}, should be ${status.model.sha256}`;
    case 'unreadable':
      return `UNREADABLE, ${errorMessage(status.error)}`;
    case 'missing':
      return 'not installed';
  }
};

const verdict = (states: readonly TeacherStatus[]): E.Either<TinyVmafError, void> => {
  for (const status of states) {
    if (status.state === 'differs') {
      return E.left({
        _tag: 'HashMismatch',
        source: status.path,
        expected: status.model.sha256,
        actual: status.sha256,
        hint: `Install it again: tinyvmaf teacher install --model ${status.model.version}`,
      });
    }
    if (status.state === 'unreadable') return E.left(status.error);
  }
  return states.some(({ state }) => state === 'ok')
    ? E.right(undefined)
    : E.left({
        _tag: 'ModelNotFound',
        name: 'vmaf_v0.6.1',
        problem: 'is not installed, nor is any other model',
        remedy: 'Run `tinyvmaf teacher install`.',
      });
};
