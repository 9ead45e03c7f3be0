/**
 * Compressed video in Node: WebCodecs first, an installed ffmpeg for what that
 * cannot take, and an error that names the codec and both ways out where there
 * is neither.
 */
import {
  errorMessage,
  fromThrown,
  printable,
  TinyVmafException,
  toPromise,
  tryTask,
  type TinyVmafError,
} from '@tinyvmaf/core';
import type { taskEither as TE } from 'fp-ts';
import type { FrameSource, VideoHints } from '../../frame.js';
import {
  IMPLEMENTATION_PACKAGE,
  IMPLEMENTATION_VERSION,
  installWebCodecs,
} from './implementation.js';
import { openWithFfmpeg } from './open-ffmpeg.js';
import { FFMPEG_TOOLS, toolVersion, type FfmpegTools } from './tool.js';
import { openFile, openWithWebCodecs, type LoadWebCodecs } from './webcodecs.js';

/** What decoding may use; for installations in unusual places, and for tests. */
export interface DecoderTools extends Partial<FfmpegTools> {
  /** Puts WebCodecs classes on `globalThis`. Default: loads the optional peer package. */
  readonly loadWebCodecs?: LoadWebCodecs;
}

/** Errors of the WebCodecs route that the other decoder may do better with. */
const FALL_BACK: ReadonlySet<TinyVmafError['_tag']> = new Set([
  'UnsupportedFormat',
  'BackendUnavailable',
  'DamagedInput',
  'NoFrames',
]);

/** Both ways out, after an error that ffmpeg could not be asked about. */
const withBothWays = (error: TinyVmafError): TinyVmafError => {
  const ffmpeg = 'install ffmpeg and make sure it is on the PATH';
  switch (error._tag) {
    case 'UnsupportedFormat':
      return {
        ...error,
        remedy: `${error.remedy} Two ways out: ${ffmpeg}, or convert the video to H.264, HEVC, AV1, VP8, VP9 or Y4M.`,
      };
    case 'BackendUnavailable':
      return {
        ...error,
        problem: `${error.problem}, and ffmpeg was not found either`,
        remedy: `Two ways out: npm install ${IMPLEMENTATION_PACKAGE}@${IMPLEMENTATION_VERSION}, or ${ffmpeg}.`,
      };
    default:
      return error;
  }
};

/** What the first decoder said is kept where the second one knows no better. */
const bothFailed = (first: TinyVmafError, second: TinyVmafError): TinyVmafError => {
  if (second._tag !== 'DamagedInput' || first._tag === 'BackendUnavailable') return second;
  return first._tag === 'UnsupportedFormat'
    ? { ...first, remedy: `${first.remedy} (${printable(errorMessage(second))})` }
    : first;
};

const openEither = async (
  path: string,
  hints: VideoHints,
  tools: FfmpegTools,
  load: LoadWebCodecs,
): Promise<FrameSource> => {
  let first: TinyVmafError;
  try {
    return await openWithWebCodecs(path, hints, load);
  } catch (thrown) {
    first = fromThrown(thrown);
    if (!FALL_BACK.has(first._tag)) throw thrown;
  }
  if ((await toolVersion(tools.ffmpeg)) === undefined) {
    throw new TinyVmafException(withBothWays(first));
  }
  try {
    return await openWithFfmpeg(path, hints, tools);
  } catch (thrown) {
    throw new TinyVmafException(bothFailed(first, fromThrown(thrown)));
  }
};

const openFfmpegOnly = async (
  path: string,
  hints: VideoHints,
  tools: FfmpegTools,
): Promise<FrameSource> => {
  const source = hints.name ?? path;
  const { handle, size } = await openFile(path, source);
  await handle.close();
  if (size === 0) {
    throw new TinyVmafException({ _tag: 'NoFrames', source, problem: 'is empty' });
  }
  return openWithFfmpeg(path, hints, tools);
};

/**
 * Opens a compressed video file. Frames come in display order and display
 * orientation; nothing converts code values. `hints.decoder` forces a decoder.
 * Lefts: `Io`, `NoFrames`, `UnsupportedFormat` (container, codec, pixel
 * format), `DamagedInput`, `BadArgument` (track), `BackendUnavailable`.
 * @param decoders where decoders are found; default: the optional peer package and the PATH.
 */
export const openEncodedTE = (
  path: string,
  hints: VideoHints = {},
  decoders: DecoderTools = {},
): TE.TaskEither<TinyVmafError, FrameSource> =>
  tryTask((): Promise<FrameSource> => {
    const tools: FfmpegTools = {
      ffmpeg: decoders.ffmpeg ?? FFMPEG_TOOLS.ffmpeg,
      ffprobe: decoders.ffprobe ?? FFMPEG_TOOLS.ffprobe,
    };
    const load = decoders.loadWebCodecs ?? installWebCodecs;
    switch (hints.decoder) {
      case 'ffmpeg':
        return openFfmpegOnly(path, hints, tools);
      case 'webcodecs':
        return openWithWebCodecs(path, hints, load);
      default:
        return openEither(path, hints, tools, load);
    }
  }, 'Opening the video');

/** {@link openEncodedTE} as a Promise; rejects with `TinyVmafException`. */
export const openEncoded = (
  path: string,
  hints: VideoHints = {},
  decoders: DecoderTools = {},
): Promise<FrameSource> => toPromise(openEncodedTE(path, hints, decoders));
