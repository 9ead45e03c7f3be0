/** `tinyvmaf corpus ls`: what is there, as a tree or as JSON. */
import { describeFormat } from '@tinyvmaf/core';
import type { Corpus, Label, MediaFile, Metadata, Source } from '@tinyvmaf/corpus-loader';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { plain, tellFindings } from './findings.js';
import { addCorpusOptions, placeOf, readCorpusTE, type PlaceFlags } from './place.js';
import { bytesText } from './quantities.js';

interface LsFlags extends PlaceFlags {
  readonly json?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus ls --data-root clips
  tinyvmaf corpus ls --data-root clips --layout folder --pattern '{ref}_*' -w 960 -h 540 -p 420 -b 8
  VMAF_DATA_ROOT=clips tinyvmaf corpus ls --json
`;

/** Adds the subcommand. */
export const addLsCommand = (corpus: Command, context: CommandContext): void => {
  addCorpusOptions(corpus.command('ls').description('list sources, their rungs and labels'))
    .optionsGroup('Output:')
    .option('--json', 'everything that was found, as JSON')
    .addHelpText('after', HELP)
    .action((flags: LsFlags) =>
      context.run(
        F.pipe(
          TE.fromEither(placeOf(flags, context)),
          TE.flatMap((place) => readCorpusTE(place, flags, context)),
          TE.flatMapTask((found) => () => show(found, flags, context)),
        ),
      ),
    );
};

const show = async (found: Corpus, flags: LsFlags, { terminal }: CommandContext): Promise<void> => {
  if (flags.json === true) {
    await terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
    return;
  }
  const draw = terminal.outInteractive ? BRANCHES : PLAIN;
  await terminal.out(`${plain(found.root)}\n`);
  const last = found.sources.length - 1;
  for (const [i, source] of found.sources.entries()) {
    await terminal.out(sourceLines(source, i === last, draw));
  }
  tellFindings(found.findings, terminal);
};

/** How the tree is drawn: before an entry, before the last, and before what is below each. */
interface Drawing {
  readonly entry: string;
  readonly last: string;
  readonly below: string;
  readonly belowLast: string;
}

const BRANCHES: Drawing = { entry: '├── ', last: '└── ', below: '│   ', belowLast: '    ' };
const PLAIN: Drawing = { entry: '  ', last: '  ', below: '  ', belowLast: '  ' };

const sourceLines = (source: Source, isLast: boolean, draw: Drawing): string => {
  const { id, reference, rungs, metadata, labels } = source;
  const from = reference === undefined ? 'no reference' : fileText(reference);
  const facts = [from, ...metadataText(metadata), ...labels.map(labelText)];
  const below = isLast ? draw.belowLast : draw.below;
  const last = rungs.length - 1;
  return [
    `${isLast ? draw.last : draw.entry}${plain(id)}: ${facts.join(', ')}\n`,
    ...rungs.map(({ clip, file, metadata: says, labels: given }, i) => {
      const text = [fileText(file, clip), ...metadataText(says), ...given.map(labelText)];
      return `${below}${i === last ? draw.last : draw.entry}${text.join(', ')}\n`;
    }),
  ].join('');
};

const fileText = (file: MediaFile, clip = file.path): string =>
  [
    clip === file.path ? plain(file.path) : `${plain(clip)} = ${plain(file.path)}`,
    ...(file.format === undefined ? [] : [describeFormat(file.format)]),
    ...(file.frames === undefined ? [] : [`${file.frames} frames`]),
    bytesText(file.bytes),
  ].join(', ');

const metadataText = (metadata: Metadata): readonly string[] =>
  Object.entries(metadata).map(([name, value]) => `${name} ${plain(String(value))}`);

const labelText = ({ name, dataset, value }: Label): string =>
  `${name} ${value} (${plain(dataset)})`;
