/** `tinyvmaf score`: what `vmaf` does, with its spellings. */
import { formatFixed, formatGeneral, type PoolMethod, type TinyVmafError } from '@tinyvmaf/core';
import type { ModelResult, ScoreReport } from '@tinyvmaf/score';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { poolList, repeatable } from '../arguments.js';
import { runVideos } from '../videos.js';
import {
  addInputOptions,
  readInputOptions,
  type InputOptions,
  type InputSettings,
} from '../input-options.js';
import { addLogOptions, type LogFlags } from '../log-options.js';
import type { CommandContext } from '../context.js';

interface ScoreFlags extends InputOptions, LogFlags {
  readonly model?: readonly string[];
  readonly feature?: readonly string[];
  readonly no_prediction?: boolean;
  readonly teacher?: string;
  readonly pool?: readonly PoolMethod[];
}

/** Feature sets of `vmaf` that hold what tinyvmaf does not compute. */
const refuse = (): never => {
  throw new InvalidArgumentError(
    'Its features (PSNR, SSIM, CAMBI, ...) are not computed here; --feature takes adm, vif, motion.',
  );
};

const HELP = `
Examples:
  tinyvmaf score reference.mp4 distorted.mp4
  tinyvmaf score ref.y4m dis.y4m --json -o log.json
  tinyvmaf score ref.mp4 crf18.mp4 crf23.mp4 crf28.mp4 --json -o logs/ --summary ladder.csv
  tinyvmaf score ref.yuv dis.yuv -w 1920 -h 1080 -p 420 -b 8 --pool mean,harmonic_mean,p5
  tinyvmaf score ref.mkv dis.mkv -m version=vmaf_v0.6.1:name=hd -m version=vmaf_v0.6.1neg:name=neg
  tinyvmaf score ref.mkv dis.mkv -m vmaf_v0.6.1 -m a5 -m mine.onnx

A script that calls vmaf works with tinyvmaf score in its place. The score goes
to standard output. Where no model is named vmaf_v0.6.1 scores, and on a machine
without its file our student a5, which says so: see tinyvmaf models.
`;

/** Adds the subcommand. */
export const addScoreCommand = (program: Command, context: CommandContext): void => {
  const command = program
    .command('score')
    .description('score distorted videos against their reference')
    .helpOption('--help', 'show this help');
  addInputOptions(command)
    .optionsGroup('Model:')
    .option(
      '-m, --model <spec>',
      'version=NAME, path=FILE, FILE.onnx or a student such as a5, then :name=KEY, :enable_transform, :disable_clip, :extractor.option=value; repeatable',
      repeatable,
    )
    .option('--teacher <path>', 'model file or folder to look in first')
    .option(
      '--feature <spec>',
      'compute adm, vif or motion too: NAME[=option=value[:...]]; repeatable',
      repeatable,
    )
    .option('-n, --no_prediction', 'no model, only what --feature asks for')
    .option(
      '--pool <list>',
      'methods for the score lines: mean, harmonic_mean, min, max, p1, p5, p10, p50',
      poolList,
    );
  addLogOptions(command)
    .optionsGroup('Other:')
    .option('--cpumask <mask>', 'accepted, without effect: results never depend on it')
    .option('--gpumask <mask>', 'accepted, without effect')
    .addOption(new Option('--aom_ctc <version>').argParser(refuse).hideHelp())
    .addOption(new Option('--nflx_ctc <version>').argParser(refuse).hideHelp())
    .version(context.version, '-v, --version', 'show the version')
    .addHelpText('after', HELP)
    .action((reference: string | undefined, distorted: readonly string[], flags: ScoreFlags) =>
      context.run(
        F.pipe(
          readInputOptions(reference === undefined ? [] : [reference, ...distorted], flags),
          E.tap(() => checkPrediction(flags)),
          TE.fromEither,
          TE.flatMap((inputs) => scoreInputs(inputs, flags, context)),
        ),
      ),
    );
};

const scoreInputs = (
  inputs: InputSettings,
  flags: ScoreFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  runVideos(
    {
      inputs,
      settings: {
        ...modelsOf(flags),
        features: flags.feature ?? [],
        ...(flags.teacher === undefined ? {} : { teacher: flags.teacher }),
        signal: context.signal,
      },
      flags,
      defaultFormat: 'xml',
      summary: (report) => summary(report, flags),
      compared: ({ models, series }) =>
        models.length > 0 ? models.map(({ name }) => name) : series.keys,
    },
    context.terminal,
  );

/** Named models, none, or what scores where none is named. */
const modelsOf = ({
  model,
  no_prediction,
}: ScoreFlags): { readonly models?: readonly string[] } => {
  if (no_prediction === true) return { models: [] };
  return model === undefined ? {} : { models: model };
};

/** Without a model and without features there is nothing to do. */
const checkPrediction = (flags: ScoreFlags): E.Either<TinyVmafError, void> =>
  flags.no_prediction === true && flags.feature === undefined
    ? E.left({
        _tag: 'BadArgument',
        argument: '--no_prediction',
        rule: 'needs --feature, which says what to compute; `tinyvmaf features` gives the six of VMAF',
      })
    : E.right(undefined);

const summary = (report: ScoreReport, flags: ScoreFlags): string => {
  const show = (x: number): string =>
    flags.precision === 17 ? formatGeneral(x, 17) : formatFixed(x, 6);
  const keys = report.models.length > 0 ? report.models : report.series.keys.map(featureResult);
  return keys
    .flatMap((model) =>
      flags.pool === undefined
        ? [scoreLine(model, report, show)]
        : flags.pool.map(
            (method) =>
              `${model.label} ${method}: ${show(report.series.pooled(model.name)[method])}`,
          ),
    )
    .map((line) => `${line}\n`)
    .join('');
};

const featureResult = (key: string): Pick<ModelResult, 'name' | 'label'> => ({
  name: key,
  label: key,
});

/** libvmaf's own score lines. */
const scoreLine = (
  model: Pick<ModelResult, 'name' | 'label' | 'bootstrap'>,
  report: ScoreReport,
  show: (x: number) => string,
): string => {
  const score = show(report.series.pooled(model.name).mean);
  if (model.bootstrap === undefined) return `${model.label}: ${score}`;
  const { ciP95, stddev } = model.bootstrap;
  return `${model.label}: ${score}, ci.p95: [${show(ciP95[0])}, ${show(ciP95[1])}], stddev: ${show(stddev)}`;
};
