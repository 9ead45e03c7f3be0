/**
 * Opening videos where there are no paths: Blobs and byte streams, in a
 * browser or anywhere else. The Node entry has the form that takes a path.
 */
import { toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import { function as F, taskEither as TE } from 'fp-ts';
import { blobInput, streamInput } from '../bytes/input.js';
import type { FrameSource, VideoHints } from '../frame.js';
import { checkHints } from './hints.js';
import { openInput } from './input.js';

/** Bytes of a video: a Blob or File, which can be read again, or a stream, which cannot. */
export type VideoInput = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Opens a video. Raw samples need `hints.raw`; Y4M and compressed video say
 * what they are. Compressed video needs a Blob, because its index may be at
 * the end.
 * @param signal stops waiting for a slow stream.
 * Left: `BadArgument`, `BadGeometry`, `NoFrames`, `TruncatedFrame`,
 * `DamagedInput`, `UnsupportedFormat`, `BackendUnavailable`, `Io`, `Cancelled`.
 */
export const openVideoTE = (
  input: VideoInput,
  hints: VideoHints = {},
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, FrameSource> => {
  const name = hints.name ?? nameOf(input);
  return F.pipe(
    TE.fromEither(checkHints(hints, name)),
    TE.chain(() =>
      input instanceof Blob
        ? openInput(blobInput(input, name), hints, () => openContainer(input, name, hints), signal)
        : openInput(streamInput(input, name), hints, undefined, signal),
    ),
  );
};

/** {@link openVideoTE} as a Promise; rejects with `TinyVmafException`. */
export const openVideo = (
  input: VideoInput,
  hints: VideoHints = {},
  signal?: AbortSignal,
): Promise<FrameSource> => toPromise(openVideoTE(input, hints, signal));

const nameOf = (input: VideoInput): string =>
  'name' in input && typeof input.name === 'string' && input.name !== '' ? input.name : 'the video';

// Loaded only when it is needed: the demuxer is large.
const openContainer = (
  blob: Blob,
  name: string,
  hints: VideoHints,
): TE.TaskEither<TinyVmafError, FrameSource> =>
  F.pipe(
    tryTask(() => import('../video/open-container.js')),
    TE.chain(({ openContainerTE }) => openContainerTE(blob, { ...hints, name })),
  );
