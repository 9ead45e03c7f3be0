/** `tinyvmaf distill`: a student of one's own, trained in a folder that can be taken up again. */
import { tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { DistillOptions, DistillResult, Evaluation, Progress } from '@tinyvmaf/distill';
import type { Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { integer } from '../arguments.js';
import type { CommandContext } from '../context.js';
import { createLiveLine } from '../terminal/live-line.js';
import { clock } from '../terminal/progress.js';
import { table } from '../terminal/table.js';

interface DistillFlags {
  readonly arch?: string;
  readonly target?: string;
  readonly recipe?: string;
  readonly synthetic?: boolean;
  readonly seed?: number;
  readonly out?: string;
  readonly teacher?: string;
  readonly imitate?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  tinyvmaf distill --arch a5 --target b1 --synthetic --out runs/a5
  tinyvmaf distill --recipe mine.json --out runs/mine
  tinyvmaf distill --arch a1-quick --imitate a5 --out runs/quick

The folder holds recipe, log, curve, checkpoints, model.onnx, its evaluation and
its card. The same command again goes on where it was interrupted, and the same
recipe with the same teacher gives the same bytes. Then:
  tinyvmaf models add runs/a5/model.onnx --name mine
`;

/** Adds the subcommand. */
export const addDistillCommand = (program: Command, context: CommandContext): void => {
  program
    .command('distill')
    .description('train a student')
    .helpOption('-h, --help', 'show this help')
    .optionsGroup('Training:')
    .option('--arch <name>', 'what to train: a recipe of tinyvmaf by its name, such as a5')
    .option('--recipe <file>', 'a recipe as JSON, or the name of one of tinyvmaf')
    .option('--target <name>', 'what to learn, if not what the recipe says: b1, the teacher')
    .option('--synthetic', 'no video: points that samplers draw, scored by the teacher (default)')
    .option(
      '--seed <n>',
      'seed of all random numbers, instead of the recipe’s',
      integer(0, 2 ** 32 - 1),
    )
    .option('--teacher <path>', 'model file or folder to look in first')
    .option('--imitate <student>', 'a student of tinyvmaf in the place of the teacher: a5')
    .optionsGroup('Output:')
    .option('--out <folder>', 'the folder of the run: new, empty, or of the same run')
    .option('--json', 'the outcome as JSON')
    .option('-q, --quiet', 'no progress; errors stay')
    .addHelpText('after', HELP)
    .action((flags: DistillFlags) => context.run(distill(flags, context)));
};

const distill = (
  flags: DistillFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    TE.fromEither(checkFlags(flags)),
    // Loaded only here: no other command is to wait for it.
    TE.bind('training', () => tryTask(() => import('@tinyvmaf/distill'), 'Loading the trainer')),
    TE.bind('imitated', ({ training }) =>
      flags.imitate === undefined
        ? TE.right(undefined)
        : TE.fromEither(training.studentTeacher(flags.imitate)),
    ),
    TE.flatMap(({ training, out, imitated }) => {
      const line = createLiveLine(context.terminal, context.now, flags.quiet === true);
      const progress = progressText(context.now);
      const options: DistillOptions = {
        out,
        ...chosen(flags),
        ...(imitated === undefined ? {} : { teacher: imitated }),
        signal: context.signal,
        onProgress: (now) => {
          const text = progress(now);
          line.update(() => text);
        },
      };
      return F.pipe(
        training.distillTE(options),
        TE.tapIO(() => () => {
          line.clear();
        }),
        TE.mapLeft((error) => {
          line.clear();
          return error;
        }),
      );
    }),
    TE.tapTask(
      (result) => () => context.terminal.out(flags.json === true ? asJson(result) : asText(result)),
    ),
  );

const checkFlags = (flags: DistillFlags): E.Either<TinyVmafError, { readonly out: string }> => {
  const bad = (argument: string, rule: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'BadArgument', argument, rule });
  if (flags.arch === undefined && flags.recipe === undefined) {
    return bad('--arch', 'or --recipe must say what to train');
  }
  if (flags.imitate !== undefined && flags.teacher !== undefined) {
    return bad('--imitate', 'stands for the teacher: leave out one of it and --teacher');
  }
  return flags.out === undefined || flags.out === ''
    ? bad('--out', 'must name the folder of the run')
    : E.right({ out: flags.out });
};

/** A name of a recipe under `--arch` is that recipe; else `--arch` must be what the recipe trains. */
const chosen = ({
  arch,
  recipe,
  target,
  seed,
  teacher,
}: DistillFlags): Partial<DistillOptions> => ({
  ...(recipe === undefined
    ? arch === undefined
      ? {}
      : { recipe: arch }
    : { recipe, ...(arch === undefined ? {} : { arch }) }),
  ...(target === undefined ? {} : { target }),
  ...(seed === undefined ? {} : { seed }),
  ...(teacher === undefined ? {} : { teacher }),
});

/** Where a training is: part, step, loss, steps per second, most time that is left. */
const progressText = (now: () => number): ((progress: Progress) => string) => {
  let first: { readonly step: number; readonly at: number } | undefined;
  return ({ stage, step, steps, loss }) => {
    const at = now();
    first ??= { step: step - 1, at };
    const rate = at > first.at ? (step - first.step) / (at - first.at) : 0;
    const left = rate > 0 ? `, at most ${clock((steps - step) / rate)} left` : '';
    return `${stage}: step ${step} of ${steps}, loss ${loss.toPrecision(3)}, ${rate.toFixed(1)} steps/s${left}`;
  };
};

const asJson = ({ out, recipe, model, sha256, evaluation, cpuSeconds }: DistillResult): string =>
  `${JSON.stringify(
    {
      out,
      recipe: recipe.id,
      seed: recipe.seed,
      bytes: model.length,
      sha256,
      cpuSeconds,
      evaluation,
    },
    undefined,
    2,
  )}\n`;

const asText = ({ out, model, sha256, evaluation, cpuSeconds }: DistillResult): string =>
  [
    `${out}/model.onnx: ${model.length} bytes, SHA-256 ${sha256}, ${cpuSeconds.toFixed(1)} s of CPU time\n`,
    `\nDifference from ${evaluation.inside.teacher} on points that nobody trained on:\n`,
    table(
      ['points', 'count', 'RMSE', 'p99', 'max'],
      [row('within the domain', evaluation.inside), row('far outside', evaluation.far)],
    ),
  ].join('');

const row = (name: string, { rows, rmse, p99, max }: Evaluation): readonly string[] => [
  name,
  String(rows),
  ...[rmse, p99, max].map((figure) => figure.toPrecision(2)),
];
