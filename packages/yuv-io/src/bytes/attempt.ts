/** The border between reading, which throws, and opening, whose errors are values. */
import { fromThrown, type TinyVmafError } from '@tinyvmaf/core';
import { taskEither as TE } from 'fp-ts';

/** A promise of reading code as a `TaskEither`; its `TinyVmafException` becomes the left. */
export const attempt = <A>(run: () => Promise<A>): TE.TaskEither<TinyVmafError, A> =>
  TE.tryCatch(run, (thrown) => fromThrown(thrown));
