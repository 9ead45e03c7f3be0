/**
 * From bytes to frames: looks at the first bytes, decides what they are, and
 * opens them. The way compressed video is opened differs between browser and
 * Node and is handed in.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { attempt } from '../bytes/attempt.js';
import type { ByteInput } from '../bytes/input.js';
import type { FrameSource, VideoHints } from '../frame.js';
import { openRaw } from '../raw/source.js';
import { kindClass, type FileKind } from '../sniff/kinds.js';
import { sniffReader } from '../sniff/reader.js';
import { cannotSeek, isNotVideo, isUnknown } from '../sniff/refuse.js';
import { frameRange, type SeekableSource } from '../wrap/range.js';
import { openY4m } from '../y4m/source.js';

/**
 * Opens compressed video and applies skip and limit; the input has been closed
 * before. Absent where the bytes come by only once.
 */
export type OpenEncoded = () => TE.TaskEither<TinyVmafError, FrameSource>;

/**
 * Frames of an input. Closes it when opening fails. Left: everything that
 * {@link openRaw}, {@link openY4m} and the opener of compressed video say, and
 * `UnsupportedFormat` for data of no known kind.
 */
export const openInput = (
  input: ByteInput,
  hints: VideoHints,
  encoded: OpenEncoded | undefined,
  signal?: AbortSignal,
): TE.TaskEither<TinyVmafError, FrameSource> =>
  F.pipe(
    hints.raw === undefined
      ? openBySignature(input, hints, encoded, signal)
      : part(openRaw(input, hints.raw, hints, signal), hints),
    TE.orElse((error) => async () => {
      await input.close();
      return E.left(error);
    }),
  );

const part = (
  opened: TE.TaskEither<TinyVmafError, SeekableSource>,
  hints: VideoHints,
): TE.TaskEither<TinyVmafError, FrameSource> =>
  F.pipe(
    opened,
    TE.chainEitherK((source) => frameRange(source, hints)),
  );

const openBySignature = (
  input: ByteInput,
  hints: VideoHints,
  encoded: OpenEncoded | undefined,
  signal: AbortSignal | undefined,
): TE.TaskEither<TinyVmafError, FrameSource> =>
  F.pipe(
    attempt(async () => {
      const reader = input.reader();
      const kind = await sniffReader(reader, signal);
      const empty = (await reader.peek(1, signal)).length === 0;
      return { reader, kind, empty };
    }),
    TE.chain(({ reader, kind, empty }) => {
      if (kind === 'y4m') return part(openY4m(input, reader, signal), hints);
      if (empty) return TE.left(isEmpty(input.name));
      if (kind === undefined) return TE.left(isUnknown(input.name));
      return openKind(input, kind, encoded);
    }),
  );

const openKind = (
  input: ByteInput,
  kind: FileKind,
  encoded: OpenEncoded | undefined,
): TE.TaskEither<TinyVmafError, FrameSource> => {
  if (!['container', 'stream'].includes(kindClass(kind))) {
    return TE.left(isNotVideo(input.name, kind));
  }
  if (encoded === undefined) return TE.left(cannotSeek(input.name, kind));
  return F.pipe(
    attempt(() => input.close()),
    TE.chain(encoded),
  );
};

const isEmpty = (source: string): TinyVmafError => ({
  _tag: 'NoFrames',
  source,
  problem: 'is empty',
});
