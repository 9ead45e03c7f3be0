/**
 * Bridges between the two faces of every public function: `TaskEither` for
 * pipelines, `Promise` for everybody else, and frame streams, which throw
 * {@link TinyVmafException} because an `AsyncIterable` has no left side.
 */
import { either as E, taskEither as TE } from 'fp-ts';
import { fromThrown, TinyVmafException, type TinyVmafError } from './errors.js';

/**
 * Runs a `TaskEither`.
 * @returns its right value; rejects with {@link TinyVmafException} for a left.
 */
export const toPromise = async <A>(task: TE.TaskEither<TinyVmafError, A>): Promise<A> =>
  unwrap(await task());

/** The right value of an `Either`; throws {@link TinyVmafException} for a left. */
export const unwrap = <A>(result: E.Either<TinyVmafError, A>): A => {
  if (E.isLeft(result)) throw new TinyVmafException(result.left);
  return result.right;
};

/** A promise-returning function as a `TaskEither`: whatever it throws becomes a left. */
export const tryTask = <A>(
  run: () => Promise<A>,
  operation?: string,
): TE.TaskEither<TinyVmafError, A> => TE.tryCatch(run, (thrown) => fromThrown(thrown, operation));

/** Throws `Cancelled` when the signal has fired. */
export const throwIfAborted = (signal: AbortSignal | undefined, operation: string): void => {
  if (signal?.aborted === true) {
    throw new TinyVmafException({ _tag: 'Cancelled', operation, cause: signal.reason });
  }
};
