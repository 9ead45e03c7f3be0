/**
 * The encoders of a ladder and the fixed settings they run with: one thread
 * and no clock, so that one build of ffmpeg gives the same bytes every time.
 */

/** What a rung may be encoded with. */
export type CodecName = 'x264' | 'x265' | 'vp9' | 'av1' | 'mpeg2';

/** How good an encode shall be: a quality setting of the codec, or a bit rate. */
export type Quality = { readonly crf: number } | { readonly kbps: number };

/** A codec as ffmpeg has it. */
export interface Codec {
  /** As recipes call it. */
  readonly name: CodecName;
  /** For people. */
  readonly title: string;
  /** Name of the encoder in `ffmpeg -encoders`. */
  readonly encoder: string;
  /** Name of the muxer, and the file's ending. */
  readonly muxer: string;
  /** Ending of the file, without the dot. */
  readonly extension: string;
  /** Best and worst quality setting. */
  readonly crf: readonly [best: number, worst: number];
  /** Bits per sample that it can encode. */
  readonly bitDepths: readonly (8 | 10)[];
  /** Smallest side that the encoder takes, in samples; tried with x265 3.5 and SVT-AV1 1.4.1. */
  readonly smallestSide: number;
  /** Arguments of the encode. @param gop frames between key frames, at most. */
  encoderArguments(quality: Quality, gop: number): readonly string[];
}

const rate = (quality: Quality, crf: (value: string) => readonly string[]): readonly string[] =>
  'crf' in quality ? crf(String(quality.crf)) : ['-b:v', `${quality.kbps}k`];

const crf = (value: string): readonly string[] => ['-crf', value];

/** All codecs, by name. */
export const CODECS: Readonly<Record<CodecName, Codec>> = {
  x264: {
    name: 'x264',
    title: 'H.264 (x264)',
    encoder: 'libx264',
    muxer: 'h264',
    extension: '264',
    crf: [0, 51],
    bitDepths: [8, 10],
    smallestSide: 2,
    encoderArguments: (quality, gop) => [
      ...['-c:v', 'libx264', '-preset', 'medium', ...rate(quality, crf)],
      ...['-g', String(gop), '-threads', '1'],
    ],
  },
  x265: {
    name: 'x265',
    title: 'H.265 (x265)',
    encoder: 'libx265',
    muxer: 'hevc',
    extension: '265',
    crf: [0, 51],
    bitDepths: [8, 10],
    smallestSide: 16,
    encoderArguments: (quality, gop) => [
      ...['-c:v', 'libx265', '-preset', 'medium', ...rate(quality, crf)],
      ...['-x265-params', `log-level=error:pools=none:frame-threads=1:wpp=0:keyint=${gop}`],
    ],
  },
  vp9: {
    name: 'vp9',
    title: 'VP9 (libvpx)',
    encoder: 'libvpx-vp9',
    muxer: 'ivf',
    extension: 'ivf',
    crf: [0, 63],
    bitDepths: [8, 10],
    smallestSide: 2,
    encoderArguments: (quality, gop) => [
      ...['-c:v', 'libvpx-vp9', ...rate(quality, (value) => ['-b:v', '0', '-crf', value])],
      ...[
        '-deadline',
        'good',
        '-cpu-used',
        '4',
        '-row-mt',
        '0',
        '-g',
        String(gop),
        '-threads',
        '1',
      ],
    ],
  },
  av1: {
    name: 'av1',
    title: 'AV1 (SVT-AV1)',
    encoder: 'libsvtav1',
    muxer: 'ivf',
    extension: 'ivf',
    crf: [1, 63],
    bitDepths: [8, 10],
    smallestSide: 64,
    encoderArguments: (quality, gop) => [
      ...['-c:v', 'libsvtav1', '-preset', '9', ...rate(quality, crf)],
      ...['-g', String(gop), '-svtav1-params', 'lp=1:pin=0'],
    ],
  },
  mpeg2: {
    name: 'mpeg2',
    title: 'MPEG-2 (ffmpeg)',
    encoder: 'mpeg2video',
    muxer: 'mpeg2video',
    extension: 'm2v',
    // The quantiser scale, which plays the part of a rate factor here.
    crf: [2, 31],
    bitDepths: [8],
    smallestSide: 2,
    encoderArguments: (quality, gop) => [
      ...['-c:v', 'mpeg2video', ...rate(quality, (value) => ['-q:v', value])],
      // Frame rates that MPEG-2 has no code for are let through; samples do not depend on them.
      ...['-g', String(gop), '-bf', '2', '-threads', '1', '-strict', 'experimental'],
    ],
  },
};

/** Names of all codecs. */
export const CODEC_NAMES: readonly CodecName[] = ['x264', 'x265', 'vp9', 'av1', 'mpeg2'];
