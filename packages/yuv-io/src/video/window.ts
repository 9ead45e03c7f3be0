/**
 * The stretch of a video that was asked for (`skip`, `limit`), cancellation
 * and the rule that an empty stretch is an error: the same for every decoder.
 */
import { throwIfAborted, TinyVmafException } from '@tinyvmaf/core';
import type { Frame, VideoHints } from '../frame.js';

/** Decodes from the start until the signal fires. */
export type Decode = (signal: AbortSignal) => AsyncGenerator<Frame, void, undefined>;

/**
 * The wanted frames, numbered from 0.
 * @param closing fires when the source is closed; @param signal the caller's.
 * Throws `Cancelled`, and `NoFrames` where nothing is left after skipping.
 */
export async function* windowed(
  source: string,
  hints: VideoHints,
  decode: Decode,
  closing: AbortSignal,
  signal: AbortSignal | undefined,
): AsyncGenerator<Frame, void, undefined> {
  const operation = `Decoding ${source}`;
  throwIfAborted(signal, operation);
  throwIfAborted(closing, operation);
  const skip = hints.skip ?? 0;
  const limit = hints.limit ?? Infinity;
  if (limit <= 0) return;
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort);
  closing.addEventListener('abort', abort);
  let seen = 0;
  let given = 0;
  try {
    for await (const frame of decode(stop.signal)) {
      throwIfAborted(stop.signal, operation);
      if (seen++ < skip) continue;
      yield { ...frame, index: given++ };
      throwIfAborted(stop.signal, operation);
      if (given >= limit) return;
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    closing.removeEventListener('abort', abort);
  }
  throwIfAborted(stop.signal, operation);
  if (given > 0) return;
  throw new TinyVmafException({
    _tag: 'NoFrames',
    source,
    problem: seen === 0 ? 'gave no picture' : `has ${seen} frames and ${skip} are skipped`,
  });
}
