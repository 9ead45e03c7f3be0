/**
 * The page of a model: what it weighs, what it learned from, what it cannot
 * do, and only then what it can. The same text is a run's card and, with
 * figures of real video, the model's page in the documentation.
 */
import type { Comparison, Evaluation } from '../evaluate/evaluate.js';
import type { Recipe } from '../recipe/recipe.js';
import type { Teacher } from '../teacher/teacher.js';
import type { SyntheticEvaluation } from './probe-sets.js';

/** Figures on real video that the model never saw. */
export interface HeldOut {
  /** What the rows are: `16 sources, 6 rungs, 24 frames`. */
  readonly description: string;
  /** Figures on them. */
  readonly evaluation: Evaluation;
  /** Other people's models on the same rows. */
  readonly peers?: readonly Comparison[];
}

/** What a card is written from. */
export interface CardInput {
  /** How it was made. */
  readonly recipe: Recipe;
  /** Whom it imitates. */
  readonly teacher: Pick<Teacher, 'name' | 'sha256'>;
  /** Bytes of the file. */
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Numbers in it. */
  readonly parameters: number;
  /** Figures on random points. */
  readonly synthetic: SyntheticEvaluation;
  /** Figures on real video, where there are any. */
  readonly heldOut?: HeldOut;
}

/** A figure with two significant digits. */
export const figure = (value: number): string => {
  if (value === 0) return '0';
  return Math.abs(value) < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
};

/** A correlation with as many nines as it has, and one digit more. */
const correlation = (value: number | undefined): string =>
  value === undefined ? 'none' : value > 1 - 5e-10 ? '> 0.9999999995' : value.toFixed(7);

const count = (value: number): string => value.toLocaleString('en-GB');

/** The card as Markdown. */
export const cardText = (input: CardInput): string => {
  const { recipe, teacher, bytes, sha256, parameters, synthetic, heldOut } = input;
  const shares = Object.entries(recipe.data.mixture)
    .map(([name, share]) => `${name} ${share}`)
    .join(', ');
  return `${[
    `# ${recipe.id}`,
    '',
    `${recipe.title}.`,
    '',
    '## Limits',
    '',
    `- It imitates \`${teacher.name}\` and knows nothing that its teacher does not know. Where the teacher is wrong about a picture, so is this.`,
    '- It needs the six integer features as libvmaf 3.2.0 computes them. With float features, or features of another release, the error below does not hold.',
    `- Its error is largest where features leave the range in the file. On ${count(synthetic.far.rows)} random points far outside (adm2 to 1.4, vif to 1.7, motion to 100) it is ${figure(synthetic.far.max)} at most.`,
    ...(heldOut === undefined
      ? ['- It has not been judged on real video here; `evaluation.json` has random points only.']
      : [
          `- Worst source: ${heldOut.evaluation.worst.name}, RMSE ${figure(heldOut.evaluation.worst.rmse)}, largest error ${figure(heldOut.evaluation.worst.max)}.`,
          `- Largest error of a frame of real video: ${figure(heldOut.evaluation.max)}. A score that must equal another tool's to more digits needs the exact teacher: \`tinyvmaf teacher install\`.`,
        ]),
    '',
    '## Facts',
    '',
    '| | |',
    '| --- | --- |',
    `| size | ${count(bytes)} bytes, one file |`,
    `| numbers | ${count(parameters)} |`,
    `| architecture | \`${recipe.architecture.id}\` \`${JSON.stringify(recipe.architecture.options)}\` |`,
    `| class | ${recipe.tier} |`,
    `| teacher | \`${teacher.name}\`, SHA-256 \`${teacher.sha256}\` |`,
    `| target | ${recipe.target} |`,
    `| training data | no video: points drawn by samplers (${shares}), scored by the teacher |`,
    `| recipe | \`${recipe.id}\`, seed ${recipe.seed}, trainer \`${recipe.trainer.id}\` |`,
    `| SHA-256 | \`${sha256}\` |`,
    '',
    '## Error against the teacher',
    '',
    'Points of VMAF, clipped, of the bytes of the file; the teacher in double precision on the same features.',
    '',
    '| rows | RMSE | p99 | max | PLCC | SROCC |',
    '| --- | --- | --- | --- | --- | --- |',
    ...(heldOut === undefined ? [] : [line(heldOut.description, heldOut.evaluation)]),
    line('random points within the domain', synthetic.inside),
    line('random points far outside', synthetic.far),
    ...(heldOut === undefined ? [] : ['', ...sourceTable(heldOut)]),
    ...(heldOut?.peers === undefined ? [] : ['', ...peerTable(heldOut.peers)]),
  ].join('\n')}\n`;
};

const line = (name: string, { rows, rmse, p99, max, plcc, srocc }: Evaluation): string =>
  `| ${name} (${count(rows)}) | ${figure(rmse)} | ${figure(p99)} | ${figure(max)} | ${correlation(plcc)} | ${correlation(srocc)} |`;

const sourceTable = ({ evaluation }: HeldOut): readonly string[] => [
  '| source | rows | RMSE | max |',
  '| --- | --- | --- | --- |',
  ...[...evaluation.sources]
    .sort((a, b) => b.rmse - a.rmse)
    .map(({ name, rows, rmse, max }) => `| ${name} | ${rows} | ${figure(rmse)} | ${figure(max)} |`),
  ...(evaluation.codecs === undefined
    ? []
    : [
        '',
        '| codec | rows | RMSE | max |',
        '| --- | --- | --- | --- |',
        ...evaluation.codecs.map(
          ({ name, rows, rmse, max }) => `| ${name} | ${rows} | ${figure(rmse)} | ${figure(max)} |`,
        ),
      ]),
];

const peerTable = (peers: readonly Comparison[]): readonly string[] => [
  '## Others on the same rows',
  '',
  '| model | bytes | RMSE | worst source | max |',
  '| --- | --- | --- | --- | --- |',
  ...peers.map(
    ({ name, bytes, evaluation }) =>
      `| ${name} | ${count(bytes)} | ${figure(evaluation.rmse)} | ${figure(evaluation.worst.rmse)} | ${figure(evaluation.max)} |`,
  ),
];
