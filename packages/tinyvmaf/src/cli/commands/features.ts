/** `tinyvmaf features`: the six features per frame, without any model. */
import { FEATURES, formatFixed, formatGeneral, type TinyVmafError } from '@tinyvmaf/core';
import type { ScoreReport } from '@tinyvmaf/score';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import { repeatable } from '../arguments.js';
import { runVideos } from '../videos.js';
import type { CommandContext } from '../context.js';
import {
  addInputOptions,
  readInputOptions,
  type InputOptions,
  type InputSettings,
} from '../input-options.js';
import { addLogOptions, type LogFlags } from '../log-options.js';

interface FeatureFlags extends InputOptions, LogFlags {
  readonly allFeatures?: boolean;
  readonly feature?: readonly string[];
}

/** The extractors of libvmaf's default set, in its order. */
const EXTRACTORS = ['adm', 'motion', 'vif'];

/** What the six features alone need: AIM is a second pass that only v1 models use. */
const EXTRACTORS_OF_SIX = ['adm=adm_skip_aim=true', 'motion', 'vif'];

/** Keys of the six features in libvmaf's logs, in canonical order. */
const SIX = FEATURES.map((name) => `integer_${name}`);

const HELP = `
Examples:
  tinyvmaf features ref.y4m dis.y4m > features.csv
  tinyvmaf features ref.mp4 dis.mp4 --all-features --json -o features.json

Needs no model. Without a format flag the table is CSV on standard output.
`;

/** Adds the subcommand. */
export const addFeaturesCommand = (program: Command, context: CommandContext): void => {
  const command = program
    .command('features')
    .description('the six VMAF features of each frame')
    .helpOption('--help', 'show this help');
  addInputOptions(command)
    .optionsGroup('Features:')
    .option('--all-features', "libvmaf's whole default set: AIM, ADM3, motion3 and scales too")
    .option(
      '--feature <spec>',
      'these instead: adm, vif or motion, NAME[=option=value[:...]]; repeatable',
      repeatable,
    );
  addLogOptions(command)
    .optionsGroup('Other:')
    .version(context.version, '-v, --version', 'show the version')
    .addHelpText('after', HELP)
    .action((reference: string | undefined, distorted: readonly string[], flags: FeatureFlags) =>
      context.run(
        F.pipe(
          readInputOptions(reference === undefined ? [] : [reference, ...distorted], flags),
          TE.fromEither,
          TE.flatMap((inputs) => extractInputs(inputs, flags, context)),
        ),
      ),
    );
};

const extractInputs = (
  inputs: InputSettings,
  flags: FeatureFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> => {
  // One pair's table goes to standard output; of several there is a table of means.
  const toStdout =
    flags.output === undefined && flags.format === undefined && inputs.distorted.length === 1;
  const whole = flags.allFeatures === true || flags.feature !== undefined;
  const select = (keys: readonly string[]): readonly string[] => (whole ? keys : SIX);
  return runVideos(
    {
      inputs,
      settings: {
        models: [],
        features: flags.feature ?? (whole ? EXTRACTORS : EXTRACTORS_OF_SIX),
        signal: context.signal,
      },
      flags: toStdout ? { ...flags, format: 'csv' } : flags,
      defaultFormat: 'csv',
      select,
      summary: (report) => means(report, select, flags),
      compared: ({ series }) => select(series.keys),
    },
    context.terminal,
  );
};

/** Mean of each key, for a person; the log has the frames. */
const means = (
  report: ScoreReport,
  select: (keys: readonly string[]) => readonly string[],
  flags: FeatureFlags,
): string =>
  select(report.series.keys)
    .map((key) => {
      const { mean } = report.series.pooled(key);
      return `${key}: ${flags.precision === 17 ? formatGeneral(mean, 17) : formatFixed(mean, 6)}\n`;
    })
    .join('');
