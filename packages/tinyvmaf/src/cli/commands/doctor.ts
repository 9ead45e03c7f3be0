/** `tinyvmaf doctor`: does this machine compute libvmaf's numbers, and what is installed. */
import process from 'node:process';
import type { TinyVmafError } from '@tinyvmaf/core';
import { describeDecoders, type DecoderState } from '@tinyvmaf/yuv-io/node';
import type { Command } from 'commander';
import { either as E, function as F, task as T, type taskEither as TE } from 'fp-ts';
import {
  checkBackend,
  checkFeatures,
  checkJoined,
  checkScore,
  type Check,
} from '../../doctor/checks.js';
import type { CommandContext } from '../context.js';
import { table } from '../terminal/table.js';

interface DoctorFlags {
  readonly json?: boolean;
  readonly teacher?: string;
}

const HELP = `
States: ok; FAIL, with an exit status that says why, 2 for wrong numbers; absent,
which the detail explains.
`;

/** Adds the subcommand. */
export const addDoctorCommand = (program: Command, context: CommandContext): void => {
  program
    .command('doctor')
    .description('check this machine: exact numbers, model, decoders, encoders')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'as JSON')
    .option('--teacher <path>', 'model file or folder to look in first')
    .addHelpText('after', HELP)
    .action((flags: DoctorFlags) => context.run(doctor(flags, context)));
};

const doctor = (flags: DoctorFlags, context: CommandContext): TE.TaskEither<TinyVmafError, void> =>
  F.pipe(
    allChecks(flags.teacher, context),
    T.tap(
      (checks) => () =>
        context.terminal.out(flags.json === true ? asJson(checks) : asTable(checks)),
    ),
    T.map(verdict),
  );

const allChecks = (
  teacher: string | undefined,
  { version, env }: CommandContext,
): T.Task<readonly Check[]> =>
  F.pipe(
    T.Do,
    T.bind('wasm', () => checkBackend('wasm')),
    T.bind('joined', () => checkJoined),
    T.bind('reference', () => checkBackend('reference')),
    T.bind('features', () => checkFeatures),
    T.bind('score', () => checkScore(teacher)),
    T.bind('student', () => async () => (await import('../../doctor/student.js')).checkStudent()),
    T.bind('decoders', () => () => describeDecoders()),
    T.bind('corpora', () => async () => {
      const { checkCorpora } = await import('../../doctor/corpus-checks.js');
      return checkCorpora(env)();
    }),
    T.map(({ wasm, joined, reference, features, score, student, decoders, corpora }) => [
      environment(version),
      wasm,
      joined,
      reference,
      features,
      score,
      student,
      decoder('webcodecs', decoders.webcodecs, 'video files: npm install @napi-rs/webcodecs@1.3.1'),
      decoder('ffmpeg', decoders.ffmpeg, 'needed for codecs that WebCodecs cannot take'),
      decoder('ffprobe', decoders.ffprobe, 'comes with ffmpeg'),
      ...corpora,
    ]),
  );

const environment = (version: string): Check => ({
  name: 'tinyvmaf',
  state: 'ok',
  detail: `${version}, Node ${process.versions.node}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`,
});

const decoder = (name: string, state: DecoderState, remedy: string): Check =>
  state.found
    ? { name, state: 'ok', detail: [state.name, state.version].filter(Boolean).join(' ') }
    : { name, state: 'absent', detail: `${state.problem}; ${remedy}` };

const asTable = (checks: readonly Check[]): string =>
  table(
    ['check', 'state', 'detail'],
    checks.map(({ name, state, detail }) => [name, state === 'fail' ? 'FAIL' : state, detail]),
    'text',
  );

const asJson = (checks: readonly Check[]): string =>
  `${JSON.stringify(
    { checks: checks.map(({ name, state, detail }) => ({ name, state, detail })) },
    undefined,
    2,
  )}\n`;

/** Wrong numbers are our own fault; a damaged model file, say, is not. */
const verdict = (checks: readonly Check[]): E.Either<TinyVmafError, void> => {
  const failed = checks.filter(({ state }) => state === 'fail');
  const wrong = failed.filter(({ error }) => error === undefined);
  if (wrong.length > 0) {
    const problem = wrong.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
    return E.left({ _tag: 'Internal', problem });
  }
  const error = failed[0]?.error;
  return error === undefined ? E.right(undefined) : E.left(error);
};
