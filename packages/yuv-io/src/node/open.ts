/** Opening videos by path, one or several at once. */
import { cancelled, toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { attempt } from '../bytes/attempt.js';
import type { FrameSource, VideoHints } from '../frame.js';
import { checkHints } from '../open/hints.js';
import { openInput } from '../open/input.js';
import { pathInput } from './input.js';

/**
 * Opens the video under `path`, `-` for standard input. Raw samples need
 * `hints.raw`; Y4M and compressed video say what they are. Files, devices,
 * named pipes and standard input are taken; compressed video needs a file,
 * because its index may be at the end. The path is taken byte for byte.
 * @param signal stops waiting for a slow pipe.
 * Left: `Io`, `BadArgument`, `BadGeometry`, `NoFrames`, `TruncatedFrame`,
 * `DamagedInput`, `UnsupportedFormat`, `BackendUnavailable`, `Cancelled`.
 */
export const openVideoTE = (
  path: string,
  hints: VideoHints = {},
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, FrameSource> => {
  const name = hints.name ?? path;
  return F.pipe(
    TE.fromEither(checkHints(hints, name)),
    TE.chain(() => attempt(() => pathInput(path, name))),
    TE.chain((input) => {
      const encoded = input.rereadable ? () => openEncoded(path, { ...hints, name }) : undefined;
      return openInput(input, hints, encoded, signal);
    }),
  );
};

/** {@link openVideoTE} as a Promise; rejects with `TinyVmafException`. */
export const openVideo = (
  path: string,
  hints: VideoHints = {},
  signal?: AbortSignal,
): Promise<FrameSource> => toPromise(openVideoTE(path, hints, signal));

/** One of several videos to open together. */
export interface VideoRequest {
  /** A file, a pipe, or `-` for standard input. */
  readonly path: string;
  /** What the video does not say itself. */
  readonly hints?: VideoHints;
}

/**
 * Opens several videos at the same time: with named pipes, one writer may wait
 * for the reader of another, so opening them one after the other could wait
 * for ever. All or none: when one fails the others are given up and closed.
 * Left: the first error, as {@link openVideoTE}.
 */
export const openVideosTE =
  (
    requests: readonly VideoRequest[],
    signal?: AbortSignal,
  ): TE.TaskEither<TinyVmafError, readonly FrameSource[]> =>
  async () => {
    if (signal?.aborted === true) return E.left(cancelled('open', 'the videos', signal.reason));
    const stop = new AbortController();
    const giveUp = (): void => {
      stop.abort(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    let failure: TinyVmafError | undefined;
    const results = await Promise.all(
      requests.map(async ({ path, hints }) => {
        const result = await openVideoTE(path, hints, stop.signal)();
        if (E.isLeft(result)) {
          // Those that stop because of this one come later and do not count.
          failure ??= result.left;
          stop.abort();
        }
        return result;
      }),
    );
    signal?.removeEventListener('abort', giveUp);
    const sources = results.flatMap((result) => (E.isRight(result) ? [result.right] : []));
    if (failure === undefined) return E.right(sources);
    await Promise.all(sources.map((source) => source.close()));
    return E.left(failure);
  };

/** {@link openVideosTE} as a Promise; rejects with `TinyVmafException`. */
export const openVideos = (
  requests: readonly VideoRequest[],
  signal?: AbortSignal,
): Promise<readonly FrameSource[]> => toPromise(openVideosTE(requests, signal));

// Loaded only when it is needed: demuxer and decoders are large.
const openEncoded = (path: string, hints: VideoHints): TE.TaskEither<TinyVmafError, FrameSource> =>
  F.pipe(
    tryTask(() => import('./video/open-encoded.js')),
    TE.chain(({ openEncodedTE }) => openEncodedTE(path, hints)),
  );
