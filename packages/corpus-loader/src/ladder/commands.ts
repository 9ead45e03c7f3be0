/**
 * The argument vectors of the three runs of ffmpeg that make a clip. Files are
 * named with `file:`, so that no name is taken for an option or a protocol.
 */
import { describeRaw } from './raw.js';
import { rateText } from './rational.js';
import type { ClipJob, ReferenceJob } from './job.js';
import { everyFrame } from './tools.js';

const COMMON = ['-hide_banner', '-nostdin', '-v', 'info', '-y'];

/** `file:` and a path: never an option, never a protocol, never a list. */
export const fileUrl = (path: string): string => `file:${path}`;

/** Source file to reference samples on standard output. */
export const referenceArguments = (job: ReferenceJob, source: string): readonly string[] => [
  ...COMMON,
  ...['-threads', '1'],
  ...(job.raw === undefined
    ? []
    : [
        ...['-f', 'rawvideo', '-pix_fmt', describeRaw(job.raw.format)],
        ...['-s', `${job.raw.format.width}x${job.raw.format.height}`],
        ...['-framerate', rateText(job.raw.frameRate)],
      ]),
  ...['-i', fileUrl(source), '-map', '0:V:0', '-vf', job.filter],
  ...everyFrame(job.ffmpeg.version),
  ...['-f', 'rawvideo', 'pipe:1'],
];

/** Reference samples on standard input to a bit stream. */
export const encodeArguments = (job: ClipJob, encode: string): readonly string[] => [
  ...COMMON,
  ...['-f', 'rawvideo', '-pix_fmt', job.pixFmt, '-s', `${job.width}x${job.height}`],
  ...['-framerate', job.rate, '-i', 'pipe:0', '-vf', job.before],
  ...job.encoder,
  ...['-flags', '+bitexact', '-fflags', '+bitexact', '-f', job.muxer, fileUrl(encode)],
];

/** Bit stream to samples of the reference's size on standard output. */
export const decodeArguments = (job: ClipJob, encode: string): readonly string[] => [
  ...COMMON,
  ...['-threads', '1', '-i', fileUrl(encode), '-vf', job.after],
  ...everyFrame(job.ffmpeg.version),
  ...['-f', 'rawvideo', 'pipe:1'],
];
