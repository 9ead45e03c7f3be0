/** `tinyvmaf corpus ladder`: encoding ladders from source videos, with the installed ffmpeg. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ioError, type TinyVmafError } from '@tinyvmaf/core';
import {
  BUILT_IN_RECIPES,
  buildLadderTE,
  changeRecipe,
  CODEC_NAMES,
  planLines,
  prepareLadderTE,
  readRecipeTE,
  resolveDataRoot,
  RUNG_SETS,
  sourcesOfCorpus,
  type LadderPlan,
  type LadderRequest,
} from '@tinyvmaf/corpus-loader';
import { Option, type Command } from 'commander';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { choice, commaList, integer, numberChoice } from '../../arguments.js';
import type { CommandContext } from '../../context.js';
import { reportLadder } from './ladder-report.js';
import { readCorpusTE } from './place.js';

/** The options as commander hands them over. */
export interface LadderFlags {
  readonly out?: string;
  readonly layout?: string;
  readonly only?: readonly string[];
  readonly start?: number;
  readonly recipe?: string;
  readonly rungs?: string;
  readonly codecs?: readonly string[];
  readonly frames?: number | 'all';
  readonly size?: string;
  readonly upscale?: boolean;
  readonly bitdepth?: 8 | 10;
  readonly labelOrder?: string;
  readonly keepEncodes?: boolean;
  readonly jobs?: number;
  readonly prune?: boolean;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
}

const MOST_JOBS = 256;
const MOST_FRAMES = 2 ** 31 - 1;

const HELP = `
Examples:
  tinyvmaf corpus ladder videos --out clips --dry-run
  tinyvmaf corpus ladder videos --out clips --recipe quick --frames 48 --size 960x540
  tinyvmaf corpus ladder BVI-DVC --layout bvi-dvc --out clips --codecs x264,av1

Recipes: ${Object.keys(BUILT_IN_RECIPES).join(', ')}, or a JSON file. Needs ffmpeg. Interrupted, the
same command goes on where it was. Then: tinyvmaf corpus extract --data-root clips
`;

/** Adds the subcommand. */
export const addLadderCommand = (corpus: Command, context: CommandContext): void => {
  corpus
    .command('ladder')
    .description('build encoding ladders from source videos')
    .helpOption('-h, --help', 'show this help')
    .argument('<sources>', 'folder of source videos')
    .optionsGroup('Corpus:')
    .option('--out <folder>', 'folder of the ladder (default: VMAF_DATA_ROOT)')
    .option('--layout <name>', 'take the references of a corpus in this layout as sources')
    .option('--only <ids>', 'these sources only, separated by commas', commaList)
    .option('--start <n>', 'first frame of each source', integer(0, MOST_FRAMES))
    .optionsGroup('Rungs:')
    .option('--recipe <name>', 'a recipe, or a JSON file of one (default: default)')
    .option('--rungs <list>', `one of ${Object.keys(RUNG_SETS).join(', ')}, or names of rungs`)
    .option('--codecs <list>', `only rungs of these: ${CODEC_NAMES.join(', ')}`, commaList)
    .option('--frames <n>', 'frames a clip has at most, or all', frameCount)
    .option('--size <WxH>', 'size of the references, or source for their own')
    .option('--upscale', 'enlarge sources that are smaller')
    .option('--bitdepth <bits>', '8 or 10', numberChoice(8, 10))
    .option('--label-order <order>', 'best-low or best-high', choice('best-low', 'best-high'))
    .option('--keep-encodes', 'keep the bit streams, under enc/')
    .optionsGroup('Building:')
    .option('--jobs <n>', 'encodes at a time (default: one per processor)', integer(1, MOST_JOBS))
    .option('--prune', 'remove results that this recipe does not use')
    .option('--strict', 'stop at the first failure')
    .option('--dry-run', 'show plan and disk space, and do nothing')
    .optionsGroup('Output:')
    .option('--json', 'the outcome, or with --dry-run the plan, as JSON')
    .addOption(
      new Option('--ndjson', 'one JSON object a line for everything that happens').conflicts(
        'json',
      ),
    )
    .option('-q, --quiet', 'no progress, no summary; errors stay')
    .addHelpText('after', HELP)
    .action((sources: string, flags: LadderFlags) => context.run(ladder(sources, flags, context)));
};

const frameCount = (text: string): number | 'all' =>
  text === 'all' ? text : integer(1, MOST_FRAMES)(text);

const ladder = (
  sources: string,
  flags: LadderFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    requestOf(sources, flags, context),
    TE.flatMap(prepareLadderTE),
    TE.flatMap((plan) =>
      flags.dryRun === true ? showPlan(plan, flags, context) : build(plan, flags, context),
    ),
  );

const requestOf = (
  sources: string,
  flags: LadderFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, LadderRequest> => {
  const { only, start, jobs, codecs, frames, size, upscale, labelOrder, keepEncodes } = flags;
  const rungs = flags.rungs === undefined ? undefined : setOrNames(flags.rungs);
  return F.pipe(
    readRecipeTE(flags.recipe ?? 'default'),
    TE.flatMapEither((recipe) =>
      changeRecipe(recipe, {
        ...(codecs === undefined ? {} : { codecs }),
        ...(frames === undefined ? {} : { frames }),
        ...(size === undefined ? {} : { size }),
        ...(upscale === undefined ? {} : { upscale }),
        ...(flags.bitdepth === undefined ? {} : { bitDepth: flags.bitdepth }),
        ...(labelOrder === undefined ? {} : { labelOrder }),
        ...(keepEncodes === undefined ? {} : { keepEncodes }),
        ...(rungs === undefined ? {} : { rungs }),
      }),
    ),
    TE.bindTo('recipe'),
    TE.bind('out', () => TE.fromEither(outFolder(flags, context))),
    TE.bind('specs', ({ out }) =>
      flags.layout === undefined
        ? TE.right({})
        : F.pipe(
            TE.fromEither(realFolder(sources)),
            TE.flatMap((root) => readCorpusTE({ root, store: out }, flags, context)),
            TE.map((corpus) => ({ sources: sourcesOfCorpus(corpus) })),
          ),
    ),
    TE.map(({ recipe, out, specs }) => ({
      folder: sources,
      ...specs,
      recipe,
      out,
      ...(only === undefined ? {} : { only }),
      ...(start === undefined ? {} : { start }),
      ...(jobs === undefined ? {} : { jobs }),
      signal: context.signal,
    })),
  );
};

/** The name of a set, or names of rungs. */
const setOrNames = (text: string): string | readonly string[] =>
  Object.hasOwn(RUNG_SETS, text) ? text : text.split(',');

const realFolder = (path: string): E.Either<TinyVmafError, string> =>
  E.tryCatch(
    () => realpathSync(path),
    (thrown) => ioError('open', path, thrown),
  );

/** The folder of the ladder: it need not exist where it is named. */
const outFolder = (
  { out }: LadderFlags,
  { env }: CommandContext,
): E.Either<TinyVmafError, string> =>
  out === undefined
    ? F.pipe(
        resolveDataRoot(undefined, env),
        E.mapLeft((error) =>
          error._tag === 'BadArgument' && error.argument === '--data-root'
            ? {
                ...error,
                argument: '--out',
                rule: 'must name the folder of the ladder, or the environment variable VMAF_DATA_ROOT must; neither is set',
              }
            : error,
        ),
      )
    : out === ''
      ? E.left({ _tag: 'BadArgument', argument: '--out', rule: 'must name a folder', value: out })
      : E.right(resolve(out));

const showPlan = (
  plan: LadderPlan,
  { json }: LadderFlags,
  { terminal }: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  TE.fromTask(() =>
    terminal.out(
      json === true ? `${JSON.stringify(plan, undefined, 2)}\n` : `${planLines(plan).join('\n')}\n`,
    ),
  );

const build = (
  plan: LadderPlan,
  flags: LadderFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> => {
  const report = reportLadder(flags, context);
  report.rejects(plan);
  return F.pipe(
    buildLadderTE(plan, {
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      strict: flags.strict === true,
      prune: flags.prune === true,
      signal: context.signal,
      onProgress: report.take,
    }),
    TE.tapTask(() => report.end),
    TE.orElseFirstTaskK(() => report.end),
  );
};
