/** `tinyvmaf models ls`: which models are known and which of them are here. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { registeredModels, type RegisteredModel } from '@tinyvmaf/models';
import { addedStudentsTE, type AddedStudent } from '@tinyvmaf/score/node';
import { knownModel } from '@tinyvmaf/svm';
import { verifyTeacherTE, type TeacherStatus } from '@tinyvmaf/svm/node';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { table } from '../../terminal/table.js';

/** Adds the subcommand, which is also what `tinyvmaf models` alone does. */
export const addLsCommand = (models: Command, context: CommandContext): void => {
  models
    .command('ls', { isDefault: true })
    .description('list the known models, and which are here')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: boolean }) =>
      context.run(
        F.pipe(
          everythingTE,
          TE.flatMapTask(
            (all) => () => context.terminal.out(flags.json === true ? asJson(all) : asTable(all)),
          ),
        ),
      ),
    );
};

interface Everything {
  readonly students: readonly RegisteredModel[];
  readonly added: readonly AddedStudent[];
  readonly teachers: readonly TeacherStatus[];
}

const everythingTE: TE.TaskEither<TinyVmafError, Everything> = F.pipe(
  TE.Do,
  TE.let('students', registeredModels),
  TE.bind('added', () => addedStudentsTE()),
  TE.bind('teachers', () => verifyTeacherTE()),
);

const asTable = ({ students, added, teachers }: Everything): string =>
  table(
    ['model', 'made for', 'state', 'what it is'],
    [
      ...students.map((model) => [
        model.id,
        heightOf(model),
        `ours, ${model.bytes} bytes`,
        `${model.title}${errorOf(model)}`,
      ]),
      ...added.map(({ name, path, bytes }) => [name, '', `added, ${bytes} bytes`, path]),
      ...teachers.map((status) => [
        status.model.version,
        `${status.model.height}p`,
        stateWord(status),
        status.model.description,
      ]),
    ],
    'text',
  );

/** The height that the teacher is made for. */
const heightOf = ({ teacher }: RegisteredModel): string => {
  const height = knownModel(teacher.name)?.height;
  return height === undefined ? '' : `${height}p`;
};

const errorOf = ({ measurements: [held] }: RegisteredModel): string =>
  held === undefined ? '' : `; at most ${held.max.toPrecision(2)} points off on real video`;

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

const asJson = ({ students, added, teachers }: Everything): string => {
  const models = teachers.map((status) => ({
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
  return `${JSON.stringify({ students, added, models }, undefined, 2)}\n`;
};
