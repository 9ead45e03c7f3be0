/**
 * Video files decoded by WebCodecs: a `Blob` in a browser, and the same for
 * any other bytes and decoder through {@link openDecoded}.
 */
import { TinyVmafException, toPromise, tryTask, type TinyVmafError } from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { Frame, FrameSource, SourceInfo, VideoHints } from '../frame.js';
import { pictureFormat, FrameCopier, type PictureFormat } from './copy.js';
import { refuseMissingEnd } from './cut-off.js';
import { demux, type ContainerBytes, type Demuxed } from './demux.js';
import { isShown } from './edit-list.js';
import { infoWarnings } from '../plausibility/compare.js';
import { transferName } from './transfer.js';
import type { Picture, PictureStream } from './pictures.js';
import { sinkPictures } from './sink.js';
import { windowed } from './window.js';

/** A way to decode, and its name for the report. */
export interface Decoder {
  /** `webcodecs (<implementation>)`. */
  readonly name: string;
  readonly pictures: PictureStream;
  /**
   * Whether it is a native add-on, which gives the memory of a closed picture
   * back only when its wrapper is collected. The collector does not know of
   * that memory: a film would fill the machine. A new buffer for every frame,
   * which it does know of, keeps it at work, and a `Reminder` does so
   * where pictures are small.
   */
  readonly native: boolean;
}

const BROWSER: Decoder = {
  name: 'webcodecs (browser)',
  pictures: sinkPictures,
  native: false,
};

/** Containers, by the demuxer's names, whose index is apart from the pictures. */
const INDEXED: ReadonlySet<string> = new Set(['MP4', 'QuickTime File Format']);

/** The pictures of a track that its edit list shows; each is closed when the consumer asks for the next. */
async function* shownPictures(
  source: string,
  video: Demuxed,
  decoder: Decoder,
  signal: AbortSignal,
): AsyncGenerator<Picture, void, undefined> {
  const { track, mayBeInterlaced } = video;
  let last = -Infinity;
  let count = 0;
  for await (const picture of decoder.pictures({ source, track, signal, mayBeInterlaced })) {
    last = Math.max(last, picture.seconds);
    count++;
    try {
      if (isShown(video.edit, picture.seconds)) yield picture;
    } finally {
      picture.close();
    }
  }
  if (INDEXED.has(video.container) && count > 0) {
    await refuseMissingEnd(source, track, last, count);
  }
}

interface FirstPicture {
  readonly format: PictureFormat;
  readonly fullRange: boolean | undefined;
  readonly transfer: string | undefined;
}

/** Decodes one picture: only the decoder knows depth and layout for certain. */
const firstPicture = async (
  source: string,
  video: Demuxed,
  decoder: Decoder,
): Promise<FirstPicture> => {
  const stop = new AbortController();
  for await (const picture of shownPictures(source, video, decoder, stop.signal)) {
    return {
      format: pictureFormat(source, picture, video.orientation),
      fullRange: picture.colorSpace.fullRange ?? undefined,
      transfer: picture.colorSpace.transfer ?? undefined,
    };
  }
  throw new TinyVmafException({
    _tag: 'NoFrames',
    source,
    problem: 'has a video track, but not one picture came out of it',
  });
};

const describe = (
  source: string,
  video: Demuxed,
  decoder: Decoder,
  first: FirstPicture,
): SourceInfo => {
  const fullRange = video.fullRange ?? first.fullRange;
  const transfer = video.transfer ?? first.transfer;
  return {
    name: source,
    container: video.container,
    decoder: decoder.name,
    codec: video.codec,
    track: { number: video.number, of: video.of },
    rotation: video.orientation.rotation,
    ...(video.frameRate === undefined ? {} : { frameRate: video.frameRate }),
    ...(fullRange === undefined ? {} : { fullRange }),
    ...(transfer === undefined ? {} : { transfer: transferName(transfer) }),
    interlaced: video.mayBeInterlaced,
    variableFrameRate: video.variableFrameRate,
  };
};

/**
 * Opens a container with a given decoder.
 * Throws `TinyVmafException`; see {@link openContainer} for the errors.
 */
export const openDecoded = async (
  source: string,
  bytes: ContainerBytes,
  hints: VideoHints,
  decoder: Decoder,
): Promise<FrameSource> => {
  const video = await demux(source, bytes, hints);
  const closing = new AbortController();
  try {
    const first = await firstPicture(source, video, decoder);
    const info = describe(source, video, decoder, first);
    const warnings = infoWarnings(info);
    async function* decode(signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
      const copier = new FrameCopier(source, first.format, video.orientation, decoder.native);
      let index = 0;
      for await (const picture of shownPictures(source, video, decoder, signal)) {
        yield await copier.copy(picture, index++);
      }
    }
    return {
      format: first.format.shown,
      info,
      frames: (signal) => windowed(source, hints, decode, closing.signal, signal),
      warnings: () => warnings,
      close: () => {
        closing.abort();
        video.input.dispose();
        return Promise.resolve();
      },
    };
  } catch (thrown) {
    video.input.dispose();
    throw thrown;
  }
};

const blobBytes = (blob: Blob): ContainerBytes => ({
  size: blob.size,
  read: async (offset, length) =>
    new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  source: async () => new (await import('mediabunny')).BlobSource(blob),
});

const blobName = (blob: Blob): string =>
  'name' in blob && typeof blob.name === 'string' ? blob.name : 'the video';

const needsWebCodecs = (source: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'BackendUnavailable',
    backend: 'WebCodecs (VideoDecoder)',
    problem: `is not in this environment, so ${source} cannot be decoded`,
    remedy: 'Use a browser that has it, in a secure context (https or localhost).',
  });

/**
 * Opens a video file (mp4, mov, mkv, webm, ts) with the WebCodecs decoder of
 * this environment, in a browser its own. Frames come in display order and
 * display orientation; code values are the decoder's.
 * Lefts: `NoFrames`, `UnsupportedFormat` (container, codec, pixel layout),
 * `DamagedInput`, `BadArgument` (track), `BackendUnavailable` (no WebCodecs).
 */
export const openContainerTE = (
  input: Blob,
  hints: VideoHints = {},
): TE.TaskEither<TinyVmafError, FrameSource> =>
  tryTask(async () => {
    const source = hints.name ?? blobName(input);
    if (typeof VideoDecoder === 'undefined') throw needsWebCodecs(source);
    return openDecoded(source, blobBytes(input), hints, BROWSER);
  }, 'Opening the video');

/** {@link openContainerTE} as a Promise; rejects with `TinyVmafException`. */
export const openContainer = (input: Blob, hints: VideoHints = {}): Promise<FrameSource> =>
  toPromise(openContainerTE(input, hints));
