/** Rows to judge on, from a feature store. */
import { loadDatasetTE, type Dataset, type DatasetQuery } from '@tinyvmaf/corpus-loader';
import type { TinyVmafError } from '@tinyvmaf/core';
import type { EvaluationRows } from '@tinyvmaf/distill';
import { function as F, taskEither as TE } from 'fp-ts';
import type { CommandContext } from '../../context.js';
import { storeOf, withStore } from '../corpus/place.js';
import type { EvalFlags } from './eval.js';
import type { Training } from './run.js';

/** Loads rows of the store that the options name. Left: `BadArgument`, `StoreCorrupt`, `Io`, `Cancelled`. */
export const datasetTE = (
  flags: EvalFlags,
  query: DatasetQuery,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, Dataset> =>
  F.pipe(
    TE.fromEither(storeOf(flags, context)),
    TE.flatMap((folder) =>
      withStore(folder, { readOnly: true }, context, (store) =>
        loadDatasetTE(store, query, { signal: context.signal }),
      ),
    ),
  );

/** Every frame of the store; errors as {@link datasetTE}. */
export const storeRowsTE = (
  training: Training,
  flags: EvalFlags,
  context: CommandContext,
): TE.TaskEither<TinyVmafError, EvaluationRows> =>
  F.pipe(datasetTE(flags, {}, context), TE.map(training.datasetRows));
