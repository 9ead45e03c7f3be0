/**
 * Video files decoded by an installed ffmpeg: for what WebCodecs does not take
 * (MPEG-2, MPEG-4 Part 2, ProRes, raw Annex B). Luma is asked for as the codec
 * has it: no scaler, no pixel conversion, no dropped or doubled frames.
 */
import { printable, TinyVmafException, unwrap, type VideoFormat } from '@tinyvmaf/core';
import type { FrameSource, SourceInfo, VideoHints } from '../../frame.js';
import { infoWarnings } from '../../plausibility/compare.js';
import { orientedChroma, swapsSides } from '../../video/rotate.js';
import { chooseTrack } from '../../video/track.js';
import { windowed } from '../../video/window.js';
import { ffmpegFrames, type FfmpegJob } from './ffmpeg-frames.js';
import { rawLayout } from './pix-fmt.js';
import { probe, type ProbedStream } from './probe.js';
import { hasFpsMode, toolVersion, type FfmpegTools } from './tool.js';

/** A name that no protocol or option can be read into. */
export const fileUrl = (path: string): string => `file:${path}`;

/** Fails, instead of scaling, when the picture size changes inside the video. */
const sizeGuard = (width: number, height: number): string =>
  `crop=w='if(eq(iw,${width})*eq(ih,${height}),iw,-1)':h=ih:x=0:y=0:exact=1`;

const ffmpegArgs = (version: string, path: string, stream: ProbedStream): readonly string[] => [
  '-nostdin',
  '-hide_banner',
  '-v',
  'error',
  '-noautorotate',
  '-i',
  fileUrl(path),
  '-map',
  `0:${stream.index}`,
  ...(hasFpsMode(version)
    ? ['-fps_mode', 'passthrough', '-noauto_conversion_filters']
    : ['-vsync', '0']),
  '-vf',
  `${sizeGuard(stream.width, stream.height)},format=${stream.pixFmt}`,
  '-c:v',
  'rawvideo',
  '-f',
  'rawvideo',
  'pipe:1',
];

const noFfmpeg = (source: string): TinyVmafException =>
  new TinyVmafException({
    _tag: 'BackendUnavailable',
    backend: 'ffmpeg',
    problem: `is not installed, so ${source} cannot be decoded with it`,
    remedy: 'Install ffmpeg and make sure it is on the PATH.',
  });

const findStreams = async (
  tools: FfmpegTools,
  path: string,
  source: string,
): Promise<{ container: string; streams: readonly ProbedStream[] }> => {
  const found = await probe(tools, fileUrl(path));
  switch (found.kind) {
    case 'streams':
      return found;
    case 'no-tool':
      throw noFfmpeg(source);
    case 'unreadable':
      throw new TinyVmafException({
        _tag: 'DamagedInput',
        source,
        problem: `ffmpeg finds no video in it and says ${printable(found.message)}`,
      });
  }
};

const unsupported = (source: string, found: string, remedy: string): TinyVmafException =>
  new TinyVmafException({ _tag: 'UnsupportedFormat', source, found, remedy });

/**
 * Opens a file with ffmpeg.
 * Throws `TinyVmafException`: `BackendUnavailable`, `DamagedInput`, `UnsupportedFormat`, `BadArgument`.
 */
export const openWithFfmpeg = async (
  path: string,
  hints: VideoHints,
  tools: FfmpegTools,
): Promise<FrameSource> => {
  const source = hints.name ?? path;
  const version = await toolVersion(tools.ffmpeg);
  if (version === undefined) throw noFfmpeg(source);
  const { container, streams } = await findStreams(tools, path, source);
  const choices = streams.map((s) => ({
    isDefault: s.isDefault,
    label: `${s.codec} ${s.width}x${s.height}`,
  }));
  const index = unwrap(chooseTrack(source, choices, hints.track));
  const stream = streams[index];
  if (stream === undefined) throw new Error('chosen track is out of range');
  const { orientation } = stream;
  const layout = rawLayout(stream.pixFmt);
  if (layout === undefined) {
    throw unsupported(
      source,
      `pixel format ${stream.pixFmt} of codec ${stream.codec}`,
      'Gray and planar or NV12-like YUV of 8, 10, 12 or 16 bits is taken; convert it first.',
    );
  }
  if (orientation === undefined) {
    throw unsupported(source, 'a display rotation that is no quarter turn', 'Turn it first.');
  }
  const turned = swapsSides(orientation);
  const stored: VideoFormat = {
    width: stream.width,
    height: stream.height,
    bitDepth: layout.bitDepth,
    chroma: layout.chroma,
  };
  const shown: VideoFormat = {
    width: turned ? stored.height : stored.width,
    height: turned ? stored.width : stored.height,
    bitDepth: stored.bitDepth,
    chroma: orientedChroma(stored.chroma, orientation),
  };
  const info: SourceInfo = {
    name: source,
    container,
    decoder: `ffmpeg ${version}`,
    codec: stream.codec,
    track: { number: index + 1, of: streams.length },
    rotation: orientation.rotation,
    ...(stream.frameRate === undefined ? {} : { frameRate: stream.frameRate }),
    ...(stream.variableFrameRate === undefined
      ? {}
      : { variableFrameRate: stream.variableFrameRate }),
    ...(stream.fullRange === undefined ? {} : { fullRange: stream.fullRange }),
    ...(stream.transfer === undefined ? {} : { transfer: stream.transfer }),
    ...(stream.interlaced === undefined ? {} : { interlaced: stream.interlaced }),
  };
  const job: FfmpegJob = {
    source,
    command: tools.ffmpeg,
    args: ffmpegArgs(version, path, stream),
    layout,
    stored,
    shown,
    orientation,
  };
  const warnings = infoWarnings(info);
  const closing = new AbortController();
  return {
    format: shown,
    info,
    frames: (signal) =>
      windowed(source, hints, (stop) => ffmpegFrames(job, stop), closing.signal, signal),
    warnings: () => warnings,
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
};
