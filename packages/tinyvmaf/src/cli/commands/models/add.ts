/** `tinyvmaf models add`: a student's file into the data folder, under a name. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ioError, TinyVmafException, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { registeredModels, createStudent } from '@tinyvmaf/models';
import { loadStudentTE } from '@tinyvmaf/models/node';
import { addStudentTE, type AddedStudent } from '@tinyvmaf/score/node';
import { knownModel } from '@tinyvmaf/svm';
import type { Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';

interface AddFlags {
  readonly name?: string;
}

const HELP = `
Examples:
  tinyvmaf models add runs/mine/model.onnx --name mine
  tinyvmaf score ref.mp4 dis.mp4 --model mine

The file is read and its probe checked first; its SHA-256 is kept, and a file
that has changed since does not score. Weights must be in the file itself.
`;

/** Adds the subcommand. */
export const addAddCommand = (models: Command, context: CommandContext): void => {
  models
    .command('add')
    .argument('<file>', 'a student: an .onnx file')
    .description('keep a student under a name')
    .helpOption('-h, --help', 'show this help')
    .option('--name <name>', 'its name (default: that of the file)')
    .addHelpText('after', HELP)
    .action((file: string, flags: AddFlags) =>
      context.run(
        F.pipe(
          addTE(
            file,
            flags.name ??
              basename(file)
                .replace(/\.onnx$/i, '')
                .toLowerCase(),
          ),
          TE.flatMapTask(
            ({ name, path, sha256 }) =>
              () =>
                context.terminal.out(`${name}: ${path}, SHA-256 ${sha256}\n`),
          ),
        ),
      ),
    );
};

const addTE = (file: string, name: string): TE.TaskEither<TinyVmafError, AddedStudent> =>
  F.pipe(
    TE.fromEither(checkName(name)),
    // First as scoring would load it, so that errors speak of the files that it names.
    TE.flatMap(() => loadStudentTE(file)),
    TE.flatMap(() => readTE(file)),
    TE.tap((bytes) => TE.fromEither(oneFile(bytes, file))),
    TE.flatMap((bytes) => addStudentTE(name, bytes)),
  );

/** Names that `--model` would take for another model are not free. */
const checkName = (name: string): E.Either<TinyVmafError, string> =>
  name === 'default' ||
  registeredModels().some(({ id }) => id === name) ||
  (knownModel(name) ?? knownModel(`vmaf_${name}`)) !== undefined
    ? E.left({
        _tag: 'BadArgument',
        argument: '--name',
        rule: 'is that of a model that tinyvmaf knows: give another',
        value: name,
      })
    : E.right(name);

const readTE = (file: string): TE.TaskEither<TinyVmafError, Uint8Array> =>
  tryTask(async () => {
    try {
      return await readFile(file);
    } catch (thrown) {
      throw new TinyVmafException(ioError('read', file, thrown));
    }
  }, `Reading ${file}`);

/** What is kept is one file: what scores beside its weights does not score alone. */
const oneFile = (bytes: Uint8Array, file: string): E.Either<TinyVmafError, unknown> =>
  F.pipe(
    createStudent(bytes, { source: file, checkProbe: false }),
    E.mapLeft((error) => ({
      ...error,
      ...(error._tag === 'ModelFormat'
        ? { problem: `${error.problem}; a model that is added must hold its weights itself` }
        : {}),
    })),
  );
