/** `tinyvmaf doctor`: does this machine compute libvmaf's numbers, and what is installed. */
import process from 'node:process';
import type { TinyVmafError } from '@tinyvmaf/core';
import { describeDecoders, type DecoderState } from '@tinyvmaf/yuv-io/node';
import type { Command } from 'commander';
import { either as E, function as F, task as T, type taskEither as TE } from 'fp-ts';
import { checkBackend, checkFeatures, checkScore, type Check } from '../../doctor/checks.js';
import type { CommandContext } from '../context.js';
import { table } from '../terminal/table.js';

interface DoctorFlags {
  readonly json?: boolean;
  readonly teacher?: string;
}

const HELP = `
States: ok; FAIL, and the exit status is 2; absent, which the detail explains.
`;

/** Adds the subcommand. */
export const addDoctorCommand = (program: Command, context: CommandContext): void => {
  program
    .command('doctor')
    .description('check this machine: exact numbers, model, decoders')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'as JSON')
    .option('--teacher <path>', 'model file or folder to look in first')
    .addHelpText('after', HELP)
    .action((flags: DoctorFlags) => context.run(doctor(flags, context)));
};

const doctor = (flags: DoctorFlags, context: CommandContext): TE.TaskEither<TinyVmafError, void> =>
  F.pipe(
    allChecks(flags.teacher, context.version),
    T.tap(
      (checks) => () =>
        context.terminal.out(flags.json === true ? asJson(checks) : asTable(checks)),
    ),
    T.map(verdict),
  );

const allChecks = (teacher: string | undefined, version: string): T.Task<readonly Check[]> =>
  F.pipe(
    T.Do,
    T.bind('wasm', () => checkBackend('wasm')),
    T.bind('reference', () => checkBackend('reference')),
    T.bind('features', () => checkFeatures),
    T.bind('score', () => checkScore(teacher)),
    T.bind('decoders', () => () => describeDecoders()),
    T.map(({ wasm, reference, features, score, decoders }) => [
      environment(version),
      wasm,
      reference,
      features,
      score,
      decoder('webcodecs', decoders.webcodecs, 'video files: npm install @napi-rs/webcodecs@1.3.1'),
      decoder('ffmpeg', decoders.ffmpeg, 'needed for codecs that WebCodecs cannot take'),
      decoder('ffprobe', decoders.ffprobe, 'comes with ffmpeg'),
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
  `${JSON.stringify({ checks }, undefined, 2)}\n`;

const verdict = (checks: readonly Check[]): E.Either<TinyVmafError, void> => {
  const failed = checks.filter(({ state }) => state === 'fail');
  return failed.length === 0
    ? E.right(undefined)
    : E.left({
        _tag: 'Internal',
        problem: failed.map(({ name, detail }) => `${name}: ${detail}`).join('; '),
      });
};
