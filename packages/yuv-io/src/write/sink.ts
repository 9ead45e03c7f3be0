/** Bytes into a web stream, with back-pressure; a failure aborts the stream. */
import {
  ioError,
  TinyVmafException,
  toPromise,
  type TinyVmafError,
  type VideoFormat,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import { attempt } from '../bytes/attempt.js';
import { rawChunks, y4mChunks, type FrameStream, type Y4mOptions } from './chunks.js';

/**
 * Writes Y4M to a stream and closes it. Left: the error of the frames, `Io`
 * for the stream's own, `BadArgument` for frames of another format. After a
 * failure the stream is aborted.
 */
export const writeY4mTE = (
  format: VideoFormat,
  frames: FrameStream,
  sink: WritableStream<Uint8Array>,
  options: Y4mOptions = {},
): TE.TaskEither<TinyVmafError, void> =>
  attempt(() => drain(y4mChunks(format, frames, options), sink));

/** {@link writeY4mTE} as a Promise; rejects with `TinyVmafException`. */
export const writeY4m = (
  format: VideoFormat,
  frames: FrameStream,
  sink: WritableStream<Uint8Array>,
  options: Y4mOptions = {},
): Promise<void> => toPromise(writeY4mTE(format, frames, sink, options));

/** Writes headerless planar video to a stream and closes it; errors as {@link writeY4mTE}. */
export const writeRawTE = (
  format: VideoFormat,
  frames: FrameStream,
  sink: WritableStream<Uint8Array>,
): TE.TaskEither<TinyVmafError, void> => attempt(() => drain(rawChunks(format, frames), sink));

/** {@link writeRawTE} as a Promise; rejects with `TinyVmafException`. */
export const writeRaw = (
  format: VideoFormat,
  frames: FrameStream,
  sink: WritableStream<Uint8Array>,
): Promise<void> => toPromise(writeRawTE(format, frames, sink));

const drain = async (
  chunks: AsyncIterable<Uint8Array>,
  sink: WritableStream<Uint8Array>,
): Promise<void> => {
  const writer = sink.getWriter();
  // Its rejection is the same as that of `ready` and `write` below.
  writer.closed.catch(() => undefined);
  try {
    for await (const chunk of chunks) {
      await sinkStep(writer.ready);
      await sinkStep(writer.write(chunk));
    }
    await sinkStep(writer.close());
  } catch (thrown) {
    await writer.abort(thrown).catch(() => undefined);
    throw thrown;
  }
};

const sinkStep = async (step: Promise<void>): Promise<void> => {
  try {
    await step;
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', 'the stream', thrown));
  }
};
