/**
 * What may go wrong with one clip and what ends everything. A bad video is its
 * own affair; a store that cannot be written, or an abort, is everybody's.
 */
import { fromThrown, TinyVmafException, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { Task } from '../store/contracts.js';

/** An error that ends the extraction. */
export class Fatal extends Error {
  readonly error: TinyVmafError;

  constructor(error: TinyVmafError) {
    super(error._tag);
    this.error = error;
  }
}

/** The result of a task on the store; throws {@link Fatal} for its left. */
export const stored = async <A>(task: Task<A>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw new Fatal(result.left);
  return result.right;
};

const OPERATION = 'Extraction';

/** The error of one clip in what was thrown; throws on what ends the extraction. */
export const clipError = (thrown: unknown): TinyVmafError => {
  if (thrown instanceof Fatal) throw thrown;
  const error = fromThrown(thrown, OPERATION);
  if (error._tag === 'Cancelled') throw new TinyVmafException(error);
  return error;
};

/** The error in anything that was thrown. */
export const anyError = (thrown: unknown): TinyVmafError =>
  thrown instanceof Fatal ? thrown.error : fromThrown(thrown, OPERATION);

/** Names of the files that an error is about. */
export const culprits = (error: TinyVmafError): readonly string[] => {
  switch (error._tag) {
    case 'FrameCountMismatch':
    case 'FormatMismatch':
      return [error.distorted.source];
    case 'BadGeometry':
    case 'TruncatedFrame':
    case 'NoFrames':
    case 'UnsupportedFormat':
    case 'DamagedInput':
    case 'SampleRange':
      return [error.source];
    case 'Io':
      return [error.target];
    default:
      return [];
  }
};

/** An error as it is told of a pair of a corpus, where frames cannot be left out. */
export const pairError = (error: TinyVmafError): TinyVmafError => {
  if (error._tag !== 'FrameCountMismatch') return error;
  const { reference, distorted } = error;
  return {
    _tag: 'CorpusLayout',
    source: distorted.source,
    problem: `has ${distorted.frames} frames, its reference ${reference.source} has ${reference.frames}`,
    remedy: 'Bring both to the same frames, or leave the clip out.',
  };
};
