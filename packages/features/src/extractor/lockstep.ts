/**
 * Reads one reference and any number of distorted videos frame by frame, in
 * step, and answers for their ends: unequal lengths, empty videos, an abort,
 * an error in one of them. Whatever happens, every stream is closed.
 */
import {
  fromThrown,
  throwIfAborted,
  TinyVmafException,
  type FrameCountMismatch,
} from '@tinyvmaf/core';
import type { Frame, FrameSource } from '@tinyvmaf/yuv-io';

/** The frames of one index. */
export interface Step {
  /** From 0. */
  readonly index: number;
  readonly reference: Frame;
  /** In the order of the videos; `undefined` for one that has ended. */
  readonly distorted: readonly (Frame | undefined)[];
}

const OPERATION = 'Feature extraction';

interface Stream {
  readonly source: FrameSource;
  readonly iterator: AsyncIterator<Frame>;
  /** Of its own: many listeners on one signal look like a leak to Node. */
  readonly stop: AbortController;
  /** A `next()` has not answered yet. */
  pending: boolean;
  ended: boolean;
}

/**
 * Steps as long as the reference and at least one distorted video have frames.
 * @param allowShorter score the frames that both sides of a pair have.
 * @throws FrameCountMismatch with both counts, NoFrames, Cancelled, and what
 * the sources throw, as exceptions.
 */
export async function* lockstep(
  reference: FrameSource,
  distorted: readonly FrameSource[],
  allowShorter: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Step, void, void> {
  const streams: Stream[] = [];
  const forward = (): void => {
    for (const { stop } of streams) stop.abort(signal?.reason);
  };
  signal?.addEventListener('abort', forward);
  try {
    throwIfAborted(signal, OPERATION);
    for (const source of [reference, ...distorted]) {
      const stop = new AbortController();
      const iterator = source.frames(stop.signal, 'luma')[Symbol.asyncIterator]();
      streams.push({ source, iterator, stop, pending: false, ended: false });
    }
    for (let index = 0; ; index++) {
      throwIfAborted(signal, OPERATION);
      const frames = await abortable(Promise.all(streams.map(nextFrame)), signal);
      const [ofReference, ...ofDistorted] = frames;
      if (index === 0) requireFrames(streams);
      if (!allowShorter) await requireEqualLength(streams, index, signal);
      if (ofReference === undefined || ofDistorted.every((frame) => frame === undefined)) return;
      yield { index, reference: ofReference, distorted: ofDistorted };
    }
  } catch (thrown) {
    throwIfAborted(signal, OPERATION);
    throw new TinyVmafException(fromThrown(thrown, OPERATION));
  } finally {
    signal?.removeEventListener('abort', forward);
    await close(streams);
  }
}

const nextFrame = async (stream: Stream): Promise<Frame | undefined> => {
  if (stream.ended) return undefined;
  stream.pending = true;
  try {
    const result = await stream.iterator.next();
    if (result.done !== true) return result.value;
    stream.ended = true;
    return undefined;
  } finally {
    stream.pending = false;
  }
};

/** Settles with `work`, or rejects with `Cancelled` as soon as the signal fires. */
const abortable = async <A>(work: Promise<A>, signal: AbortSignal | undefined): Promise<A> => {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(
        new TinyVmafException({ _tag: 'Cancelled', operation: OPERATION, cause: signal.reason }),
      );
    };
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

const requireFrames = (streams: readonly Stream[]): void => {
  const empty = streams.find(({ ended }) => ended);
  if (empty === undefined) return;
  throw new TinyVmafException({
    _tag: 'NoFrames',
    source: empty.source.info.name,
    problem: 'has no frames',
  });
};

/** `count` frames were read from every stream; some may have ended now. */
const requireEqualLength = async (
  [reference, ...distorted]: readonly Stream[],
  count: number,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const other = distorted.find(({ ended }) => ended !== reference?.ended);
  if (reference === undefined || other === undefined) return;
  const longer = reference.ended ? other : reference;
  // The longer stream has delivered one frame more already.
  let total = count + 1;
  while ((await abortable(nextFrame(longer), signal)) !== undefined) total += 1;
  throw new TinyVmafException(
    countMismatch(
      reference.source,
      longer === reference ? total : count,
      other.source,
      longer === other ? total : count,
    ),
  );
};

/** The error for a pair of unequal lengths. */
export const countMismatch = (
  reference: FrameSource,
  referenceFrames: number,
  distorted: FrameSource,
  distortedFrames: number,
): FrameCountMismatch => ({
  _tag: 'FrameCountMismatch',
  reference: { source: reference.info.name, frames: referenceFrames },
  distorted: { source: distorted.info.name, frames: distortedFrames },
});

/**
 * Closes all streams. One that still owes a frame may never answer (a stalled
 * pipe): it is told to stop and not waited for.
 */
const close = async (streams: readonly Stream[]): Promise<void> => {
  const stalled = streams.some(({ pending }) => pending);
  if (stalled) for (const { stop } of streams) stop.abort();
  await Promise.allSettled(
    streams
      .filter(({ ended }) => !ended)
      .map(async ({ iterator, pending }) => {
        const closing = iterator.return?.();
        if (pending) void closing?.catch(() => undefined);
        else await closing;
      }),
  );
};
