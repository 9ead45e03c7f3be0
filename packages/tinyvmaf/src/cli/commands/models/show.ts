/** `tinyvmaf models show`: all that is known about one model. */
import { FEATURES, type TinyVmafError } from '@tinyvmaf/core';
import { registeredModels, type RegisteredModel } from '@tinyvmaf/models';
import { studentInfo, type ScoreModel, type StudentModel } from '@tinyvmaf/score';
import { loadModelTE } from '@tinyvmaf/score/node';
import { knownModel, type KnownModel } from '@tinyvmaf/svm';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { table } from '../../terminal/table.js';

interface ShowFlags {
  readonly json?: boolean;
  readonly teacher?: string;
}

const HELP = `
Examples:
  tinyvmaf models show a5
  tinyvmaf models show mine.onnx --json
`;

/** Adds the subcommand. */
export const addShowCommand = (models: Command, context: CommandContext): void => {
  models
    .command('show')
    .argument('<model>', 'a name, or a file: whatever --model takes')
    .description('show size, hash, architecture and measured error of a model')
    .helpOption('-h, --help', 'show this help')
    .option('--json', 'as JSON')
    .option('--teacher <path>', 'model file or folder to look in first')
    .addHelpText('after', HELP)
    .action((name: string, flags: ShowFlags) =>
      context.run(
        F.pipe(
          factsTE(name, flags.teacher),
          TE.flatMapTask(
            (facts) => () =>
              context.terminal.out(flags.json === true ? asJson(facts) : asTable(facts)),
          ),
        ),
      ),
    );
};

/** Facts by name, in the order in which they are shown. */
type Facts = Readonly<Record<string, unknown>>;

const factsTE = (
  name: string,
  teacher: string | undefined,
): TE.TaskEither<TinyVmafError, Facts> => {
  const known = knownModel(name) ?? knownModel(`vmaf_${name}`);
  return F.pipe(
    loadModelTE(name, teacher),
    TE.map(({ model }) => modelFacts(model)),
    // What is published can be shown although its file is not here.
    TE.orElse((error) =>
      error._tag === 'ModelNotFound' && known !== undefined
        ? TE.right({ ...knownFacts(known), state: 'not installed' })
        : TE.left(error),
    ),
  );
};

const modelFacts = (given: ScoreModel): Facts => {
  if ('student' in given) return ofStudent(given);
  const { label, model } = given;
  const known = knownModel(label);
  return {
    ...(known === undefined ? { model: label } : knownFacts(known)),
    file: model.source,
    kind: model.kind,
    features: model.inputs.map(({ featureName }) => featureName).join(', '),
  };
};

const knownFacts = ({ version, description, height, sha256, missing }: KnownModel): Facts => ({
  model: version,
  title: description,
  height,
  sha256,
  ...(missing.length === 0 ? {} : { missing: missing.join(', ') }),
});

const ofStudent = ({ label, student, origin }: StudentModel): Facts => {
  const registered =
    origin?.file === undefined ? registeredModels().find(({ id }) => id === label) : undefined;
  const { metadata, input } = student;
  const range = metadata?.range;
  return {
    model: label,
    ...(registered === undefined ? {} : { title: registered.title, limits: registered.limits }),
    ...studentInfo(student, origin),
    input,
    ...(metadata === undefined ? {} : { tier: metadata.tier }),
    ...(range === undefined
      ? {}
      : {
          range: Object.fromEntries(
            FEATURES.map((name, i) => [name, [range.low[i] ?? NaN, range.high[i] ?? NaN]]),
          ),
        }),
    ...(metadata?.probe === undefined ? {} : { probe: metadata.probe }),
    ...(registered === undefined ? {} : registeredFacts(registered)),
  };
};

const registeredFacts = ({
  parameters,
  architecture,
  recipe,
  serves,
  measurements,
}: RegisteredModel): Facts => ({
  parameters,
  options: architecture.options,
  recipe,
  serves,
  measurements,
});

const asJson = (facts: Facts): string => `${JSON.stringify(facts, undefined, 2)}\n`;

const asTable = ({ measurements, limits, ...facts }: Facts): string =>
  [
    table(['fact', 'value'], Object.entries(facts).map(factRow), 'text'),
    ...(Array.isArray(limits) ? ['\nLimits:\n', ...limits.map((one) => `  ${String(one)}\n`)] : []),
    ...(Array.isArray(measurements)
      ? [`\nDifference from its teacher, VMAF points:\n`, errorTable(measurements)]
      : []),
  ].join('');

const factRow = ([name, value]: readonly [string, unknown]): readonly string[] => [
  name,
  typeof value === 'string' ? value : JSON.stringify(value),
];

const errorTable = (measurements: RegisteredModel['measurements']): string =>
  table(
    ['rows', 'count', 'RMSE', 'p99', 'max'],
    measurements.map(({ rows, count, rmse, p99, max }) => [
      rows,
      String(count),
      ...[rmse, p99, max].map((figure) => figure.toPrecision(2)),
    ]),
  );
