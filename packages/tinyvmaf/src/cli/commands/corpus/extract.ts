/** `tinyvmaf corpus extract`: features and scores of every pair, into the store. */
import type { TinyVmafError } from '@tinyvmaf/core';
import {
  emptyStore,
  extractTE,
  incomplete,
  loadTeachersTE,
  planExtractionTE,
  type Corpus,
  type ExtractionPlan,
  type Store,
  type Teachers,
} from '@tinyvmaf/corpus-loader';
import { MAX_THREADS } from '@tinyvmaf/features/node';
import { DEFAULT_MODEL } from '@tinyvmaf/score/node';
import { SCALE_METHODS, type ScaleMethod } from '@tinyvmaf/yuv-io';
import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { choice, integer, repeatable } from '../../arguments.js';
import type { CommandContext } from '../../context.js';
import { reportExtraction, summaryJson, summaryText } from './extract-report.js';
import { planJson, planText } from './extract-plan.js';
import {
  addCorpusOptions,
  placeOf,
  readCorpusTE,
  somePairs,
  withStore,
  type Place,
  type PlaceFlags,
} from './place.js';
import { errorsOf, sound, tellFindings } from './findings.js';

/** The options as commander hands them over. */
export interface ExtractFlags extends PlaceFlags {
  readonly name?: string;
  readonly scale?: ScaleMethod;
  readonly model?: readonly string[];
  readonly no_prediction?: boolean;
  readonly teacher?: string;
  readonly threads?: number;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  tinyvmaf corpus extract --data-root clips --dry-run
  tinyvmaf corpus extract --data-root clips
  tinyvmaf corpus extract --data-root clips -m vmaf_v0.6.1 -m vmaf_4k_v0.6.1 --ndjson > events.ndjson

What is in the store is not computed again: interrupt it as you like. A clip
that fails is reported and left out, and the exit status is 8; the rest is
complete. Another model costs no second extraction.
`;

/** Adds the subcommand. */
export const addExtractCommand = (corpus: Command, context: CommandContext): void => {
  addCorpusOptions(
    corpus.command('extract').description('compute features and scores of every pair'),
  )
    .optionsGroup('Computing:')
    .option('--name <name>', 'name of the corpus in the store (default: that of its folder)')
    .addOption(
      new Option(
        '--scale <method>',
        'how smaller rungs are brought to the size of the reference: bicubic (default), lanczos, bilinear',
      ).argParser(choice(...SCALE_METHODS)),
    )
    .option('-m, --model <name>', 'teacher; repeatable (default: vmaf_v0.6.1)', repeatable)
    .option('-n, --no_prediction', 'no teacher, features alone')
    .option('--teacher <path>', 'model file or folder to look in first')
    .option(
      '--threads <n>',
      'worker threads, 0 for none (default: one per processor)',
      integer(0, MAX_THREADS),
    )
    .option('--strict', 'stop at the first clip that fails')
    .option('--dry-run', 'show what would be done, and do nothing')
    .optionsGroup('Output:')
    .option('--json', 'the summary, or with --dry-run the plan, as JSON')
    .addOption(
      new Option(
        '--ndjson',
        'one JSON object a line for everything that happens, as it happens',
      ).conflicts('json'),
    )
    .option('-q, --quiet', 'no progress, no summary; warnings and errors stay')
    .addHelpText('after', HELP)
    .action((flags: ExtractFlags) => context.run(extractCorpus(flags, context)));
};

interface Ready {
  readonly corpus: Corpus;
  readonly teachers: Teachers;
}

const extractCorpus = (
  flags: ExtractFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    TE.fromEither(placeOf(flags, context)),
    TE.bindTo('place'),
    TE.bind('teachers', () => teachersOf(flags)),
    TE.bind('corpus', ({ place }) => readCorpusTE(place, flags, context)),
    TE.tapIO(({ corpus }) => () => {
      tellFindings(corpus.findings, context.terminal);
    }),
    TE.tap(({ corpus }) => TE.fromEither(somePairs(corpus))),
    TE.tap(({ corpus }) => TE.fromEither(flags.strict === true ? sound(corpus) : E.right(corpus))),
    TE.flatMap(({ place, ...ready }) =>
      flags.dryRun === true
        ? showPlan(place, ready, flags, context)
        : withStore(place.store, { create: true }, context, (store) =>
            carryOut(store, ready, flags, context),
          ),
    ),
  );

const teachersOf = (flags: ExtractFlags): TE.TaskEither<TinyVmafError, Teachers> =>
  loadTeachersTE(
    flags.no_prediction === true ? [] : (flags.model ?? [DEFAULT_MODEL]),
    flags.teacher === undefined ? {} : { teacher: flags.teacher },
  );

const planFor = (
  store: Store,
  { corpus, teachers }: Ready,
  flags: ExtractFlags,
  { signal }: CommandContext,
): TE.TaskEither<TinyVmafError, ExtractionPlan> =>
  planExtractionTE(corpus, store, {
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.scale === undefined ? {} : { scale: flags.scale }),
    models: teachers.teachers,
    signal,
  });

/** A store that is not there yet is not made for a look. */
const showPlan = (
  { store }: Place,
  ready: Ready,
  flags: ExtractFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> => {
  const show = (from: Store): TE.TaskEither<TinyVmafError, unknown> =>
    F.pipe(
      planFor(from, ready, flags, context),
      TE.flatMapTask(
        (plan) => () => context.terminal.out(flags.json === true ? planJson(plan) : planText(plan)),
      ),
    );
  return existsSync(store) ? withStore(store, { readOnly: true }, context, show) : show(emptyStore);
};

const carryOut = (
  store: Store,
  ready: Ready,
  flags: ExtractFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, unknown> =>
  F.pipe(
    planFor(store, ready, flags, context),
    TE.flatMap((plan) => {
      const report = reportExtraction(plan, flags, context);
      return F.pipe(
        extractTE(plan, {
          store,
          ...(flags.threads === undefined ? {} : { threads: flags.threads }),
          models: ready.teachers.teachers,
          warnings: ready.teachers.warnings,
          strict: flags.strict === true,
          signal: context.signal,
          onEvent: report.take,
        }),
        TE.tapTask((summary) => async () => {
          await report.end();
          if (flags.json === true) await context.terminal.out(summaryJson(summary));
          else if (flags.ndjson !== true && flags.quiet !== true) {
            await context.terminal.out(summaryText(summary, store.folder));
          }
        }),
        TE.orElseFirstTaskK(() => () => report.end()),
        TE.flatMapEither((summary) => incomplete(summary, errorsOf(ready.corpus).length)),
      );
    }),
  );
