/** `tinyvmaf corpus stats`: a corpus in numbers. */
import type { TinyVmafError } from '@tinyvmaf/core';
import {
  corpusStats,
  showText,
  type CorpusStats,
  type FileTotals,
  type LabelTotals,
} from '@tinyvmaf/corpus-loader';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { table } from '../../terminal/table.js';
import { noErrors } from './findings.js';
import { addCorpusOptions, placeOf, readCorpusTE, type PlaceFlags } from './place.js';
import { bytesText, counted, hoursText } from './quantities.js';

interface StatsFlags extends PlaceFlags {
  readonly json?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus stats --data-root clips
  tinyvmaf corpus stats --data-root clips --json

Exit status 8 where a file has to be left out; corpus verify says which.
`;

/** Adds the subcommand. */
export const addStatsCommand = (corpus: Command, context: CommandContext): void => {
  addCorpusOptions(corpus.command('stats').description('count sources, rungs, frames, labels'))
    .optionsGroup('Output:')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((flags: StatsFlags) => context.run(stats(flags, context)));
};

const stats = (flags: StatsFlags, context: CommandContext): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    TE.fromEither(placeOf(flags, context)),
    TE.flatMap((place) => readCorpusTE(place, flags, context)),
    TE.tapTask((corpus) => () => {
      const numbers = corpusStats(corpus);
      const text =
        flags.json === true ? `${JSON.stringify(numbers, undefined, 2)}\n` : asText(numbers);
      return context.terminal.out(text);
    }),
    TE.flatMapEither(({ findings }) => noErrors('corpus stats', findings)),
  );

const asText = (numbers: CorpusStats): string => {
  const { references, distorted, labels, findings, troubles } = numbers;
  const facts: readonly (readonly [string, string])[] = [
    ['corpus', showText(numbers.root)],
    ['layouts', numbers.layouts.join(', ') || 'none'],
    ['sources', withNote(numbers.sources, numbers.sourcesWithoutReference, 'without a reference')],
    ['contents', String(numbers.groups)],
    ['rungs', withNote(numbers.rungs, numbers.labelledRungs, 'with a label')],
    [
      'findings',
      `${counted(findings.error, 'error')}, ${counted(findings.warning, 'warning')}, ${counted(findings.note, 'note')}`,
    ],
    [
      'trouble',
      `${troubles.missing} missing, ${troubles.duplicated} duplicated, ${troubles.odd} odd`,
    ],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`),
    '\n',
    table(
      ['files', 'number', 'bytes', 'frames', 'hours'],
      [totalRow('references', references), totalRow('distorted', distorted)],
    ),
    ...(labels.length === 0
      ? []
      : [
          '\n',
          table(['label', 'clips', 'scale', 'better', 'evaluation only'], labels.map(labelRow)),
        ]),
  ].join('');
};

const withNote = (n: number, of: number, note: string): string =>
  of === 0 ? String(n) : `${n}, ${of} ${note}`;

/** Where only reading tells a length, the sum is of the others. */
const totalRow = (name: string, totals: FileTotals): readonly string[] => [
  name,
  String(totals.files),
  bytesText(totals.bytes),
  partial(String(totals.frames), totals.framesUnknown, totals.files),
  partial(hoursText(totals.seconds), totals.secondsUnknown, totals.files),
];

/** `72`, `72 + 3 files`, `not known`. */
const partial = (sum: string, unknown: number, files: number): string =>
  unknown === 0 ? sum : unknown === files ? 'not known' : `${sum} + ${counted(unknown, 'file')}`;

const labelRow = ({ dataset, name, count, scale, restricted }: LabelTotals): readonly string[] => [
  showText(`${dataset}/${name}`),
  String(count),
  `${scale.min}..${scale.max}`,
  scale.direction === 'higher-is-better' ? 'higher' : 'lower',
  String(restricted),
];
