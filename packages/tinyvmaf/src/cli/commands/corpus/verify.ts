/** `tinyvmaf corpus verify`: whether a corpus is what its names and manifests promise. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { verifyCorpusTE, type Corpus, type Finding } from '@tinyvmaf/corpus-loader';
import type { Command } from 'commander';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { createLiveLine } from '../../terminal/live-line.js';
import { findingLine, noErrors } from './findings.js';
import { addCorpusOptions, placeOf, readCorpusTE, type PlaceFlags } from './place.js';
import { counted } from './quantities.js';

interface VerifyFlags extends PlaceFlags {
  readonly hashes?: boolean;
  readonly decode?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus verify --data-root clips
  tinyvmaf corpus verify --data-root clips --hashes --decode --json

Looks at sizes, pairs, and both ends of every file. Exit status 8 where
something is wrong; warnings and notes do not count.
`;

/** Adds the subcommand. */
export const addVerifyCommand = (corpus: Command, context: CommandContext): void => {
  addCorpusOptions(corpus.command('verify').description('check files against names and manifests'))
    .optionsGroup('Checks:')
    .option('--hashes', 'compare SHA-256 with the manifest: reads every file')
    .option('--decode', 'decode and count every frame of encoded files')
    .optionsGroup('Output:')
    .option('--json', 'the findings as JSON')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', HELP)
    .action((flags: VerifyFlags) => context.run(verify(flags, context)));
};

const verify = (
  flags: VerifyFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    TE.fromEither(placeOf(flags, context)),
    TE.flatMap((place) => readCorpusTE(place, flags, context)),
    TE.bindTo('corpus'),
    TE.bind('findings', ({ corpus }) => check(corpus, flags, context)),
    TE.tapTask(
      ({ corpus, findings }) =>
        () =>
          show(corpus, findings, flags, context),
    ),
    TE.flatMapEither(({ findings }) => noErrors('corpus verify', findings)),
  );

const check = (
  corpus: Corpus,
  { hashes, decode, quiet }: VerifyFlags,
  { terminal, now, signal }: CommandContext,
): TE.TaskEither<TinyVmafError, readonly Finding[]> => {
  const line = createLiveLine(terminal, now, quiet === true);
  const clear = (): void => {
    line.clear();
  };
  return F.pipe(
    verifyCorpusTE(corpus, {
      hashes,
      decode,
      signal,
      onProgress: ({ done, total }) => {
        line.update(() => `${done}/${total} files`);
      },
    }),
    TE.tapIO(() => clear),
    TE.orElseFirstIOK(() => clear),
  );
};

/** Findings are the result here, and go to standard output. */
const show = async (
  { root, sources }: Corpus,
  findings: readonly Finding[],
  { json }: VerifyFlags,
  { terminal }: CommandContext,
): Promise<void> => {
  const rungs = sources.reduce((n, source) => n + source.rungs.length, 0);
  if (json === true) {
    const result = { root, sources: sources.length, rungs, findings };
    await terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  const plainTerminal = { ...terminal, color: terminal.color && terminal.outInteractive };
  const lines = findings.map((finding) => findingLine(finding, plainTerminal));
  const sum = `${counted(sources.length, 'source')}, ${counted(rungs, 'rung')}: ${counted(findings.length, 'finding')}\n`;
  await terminal.out(`${lines.join('')}${sum}`);
};
