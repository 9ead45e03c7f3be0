/** `tinyvmaf models verify`: hashes and probes of students and models. */
import { errorMessage, type TinyVmafError } from '@tinyvmaf/core';
import { modelBytes, registeredModels, registeredStudent } from '@tinyvmaf/models';
import { addedStudentsTE, loadModelTE } from '@tinyvmaf/score/node';
import { knownModel } from '@tinyvmaf/svm';
import { sha256Of, verifyTeacherTE, type TeacherStatus } from '@tinyvmaf/svm/node';
import type { Command } from 'commander';
import {
  either as E,
  function as F,
  readonlyArray as RA,
  task as T,
  taskEither as TE,
} from 'fp-ts';
import type { CommandContext } from '../../context.js';

const HELP = `
Examples:
  tinyvmaf models verify                 all that come with tinyvmaf, are installed or were added
  tinyvmaf models verify a5 mine.onnx

A student is right where its file has the hash that it should have and scores
the probe that it holds as it was scored where it was made.
`;

/** Adds the subcommand. */
export const addVerifyCommand = (models: Command, context: CommandContext): void => {
  models
    .command('verify')
    .argument('[model...]', 'names or files; all that are here where none is given')
    .description('check hashes and probes')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', HELP)
    .action((names: readonly string[]) =>
      context.run(
        F.pipe(
          names.length === 0 ? allTE : TE.right(names.map(namedCheck)),
          TE.flatMapTask(RA.traverse(T.ApplicativeSeq)(carryOut)),
          TE.tapTask((outcomes) => () => context.terminal.out(outcomes.map(lineOf).join(''))),
          TE.flatMapEither(verdict),
        ),
      ),
    );
};

/** One model, and what is found when it is looked at: a remark. */
interface Check {
  readonly name: string;
  readonly run: TE.TaskEither<TinyVmafError, string>;
}

interface Outcome {
  readonly name: string;
  readonly found: E.Either<TinyVmafError, string>;
}

const carryOut =
  ({ name, run }: Check): T.Task<Outcome> =>
  async () => ({ name, found: await run() });

const namedCheck = (name: string): Check => {
  if (registeredModels().some(({ id }) => id === name)) return { name, run: registeredTE(name) };
  return { name, run: knownModel(name) === undefined ? loadedTE(name) : teacherTE(name) };
};

/** A file, or what was added: whatever scoring would load. */
const loadedTE = (name: string): TE.TaskEither<TinyVmafError, string> =>
  F.pipe(
    loadModelTE(name),
    TE.map(({ model }) =>
      'student' in model
        ? `${model.student.bytes} bytes, SHA-256 ${model.origin?.sha256 ?? ''}`
        : model.model.source,
    ),
  );

const teacherTE = (version: string): TE.TaskEither<TinyVmafError, string> =>
  F.pipe(
    verifyTeacherTE(),
    TE.flatMapEither((states) => {
      const status = states.find(({ model }) => model.version === version);
      return status === undefined || status.state === 'missing'
        ? E.left({
            _tag: 'ModelNotFound' as const,
            name: version,
            problem: 'is not installed',
            remedy: 'Install it: tinyvmaf teacher install',
          })
        : teacherState(status);
    }),
  );

/** A student of the package: the bytes that it carries. */
const registeredTE = (id: string): TE.TaskEither<TinyVmafError, string> =>
  TE.fromEither(
    F.pipe(
      modelBytes(id),
      E.flatMap((bytes) => {
        const expected = registeredModels().find((model) => model.id === id)?.sha256 ?? '';
        const actual = sha256Of(bytes);
        return actual === expected
          ? E.right(actual)
          : E.left<TinyVmafError>({ _tag: 'HashMismatch', source: id, expected, actual });
      }),
      E.bindTo('sha256'),
      E.bind('student', () => registeredStudent(id)),
      E.map(({ sha256, student }) => `${student.bytes} bytes, SHA-256 ${sha256}`),
    ),
  );

const allTE: TE.TaskEither<TinyVmafError, readonly Check[]> = F.pipe(
  TE.Do,
  TE.bind('added', () => addedStudentsTE()),
  TE.bind('teachers', () => verifyTeacherTE()),
  TE.map(({ added, teachers }) => [
    ...registeredModels().map(({ id }) => namedCheck(id)),
    ...added.map(({ name }) => namedCheck(name)),
    ...teachers
      .filter(({ model, state }) => model.supported && state !== 'missing')
      .map((status) => ({ name: status.model.version, run: TE.fromEither(teacherState(status)) })),
  ]),
);

const teacherState = (status: TeacherStatus): E.Either<TinyVmafError, string> => {
  switch (status.state) {
    case 'ok':
      return E.right(status.path);
    case 'unreadable':
      return E.left(status.error);
    case 'differs':
      return E.left({
        _tag: 'HashMismatch',
        source: status.path,
        expected: status.model.sha256,
        actual: status.sha256,
        hint: `Install it again: tinyvmaf teacher install --model ${status.model.version}`,
      });
    case 'missing':
      return E.right('not installed');
  }
};

const lineOf = ({ name, found }: Outcome): string =>
  E.isRight(found)
    ? `${name}: ok, ${found.right}\n`
    : `${name}: FAILED, ${errorMessage(found.left)}\n`;

/** One model fails with its own error; of several the numbers are said. */
const verdict = (outcomes: readonly Outcome[]): E.Either<TinyVmafError, void> => {
  const errors = outcomes.flatMap(({ found }) => (E.isLeft(found) ? [found.left] : []));
  const [first] = errors;
  if (first === undefined) return E.right(undefined);
  return E.left(
    outcomes.length === 1
      ? first
      : {
          _tag: 'Incomplete',
          operation: 'models verify',
          problem: `${errors.length} of ${outcomes.length} models failed`,
          remedy: errorMessage(first),
        },
  );
};
