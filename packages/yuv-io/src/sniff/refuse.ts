/** The words for inputs that are recognised and not taken, with the way out. */
import type { TinyVmafError } from '@tinyvmaf/core';
import { kindClass, kindLabel, type FileKind } from './kinds.js';

const RAW_RULE = 'Raw video needs its width, height, bit depth and pixel format';

/** A geometry was given for a file that begins like something else. */
export const rawIsSomethingElse = (source: string, kind: FileKind): TinyVmafError => {
  const decodable = ['y4m', 'container', 'stream'].includes(kindClass(kind));
  return {
    _tag: 'UnsupportedFormat',
    source,
    found: `${kindLabel(kind)} read as raw samples`,
    remedy: decodable
      ? 'Leave the geometry (width, height, bit depth, pixel format) out to have it decoded.'
      : notVideo(kind),
  };
};

/** A file of a kind that holds no video to decode. */
export const isNotVideo = (source: string, kind: FileKind): TinyVmafError => ({
  _tag: 'UnsupportedFormat',
  source,
  found: kindLabel(kind),
  remedy: notVideo(kind),
});

/** No signature, no geometry. */
export const isUnknown = (source: string): TinyVmafError => ({
  _tag: 'UnsupportedFormat',
  source,
  found: 'a file without a known signature',
  remedy: `${RAW_RULE} (--width, --height, --bitdepth, --pixel_format; hints.raw).`,
});

/** Compressed video on something that cannot be read from the middle. */
export const cannotSeek = (source: string, kind: FileKind): TinyVmafError => ({
  _tag: 'UnsupportedFormat',
  source,
  found: `${kindLabel(kind)} on a pipe or stream`,
  remedy:
    'Give the file itself, or decode on the way: ffmpeg -i IN -f yuv4mpegpipe -strict -1 - | ...',
});

const notVideo = (kind: FileKind): string => {
  switch (kindClass(kind)) {
    case 'archive':
      return 'Unpack it first.';
    case 'picture':
      return 'Make a video of it first: ffmpeg -i IN OUT.y4m.';
    case 'audio':
      return 'It has no pictures.';
    case 'text':
      return 'It is no video; a download may have gone wrong.';
    case 'y4m':
    case 'container':
    case 'stream':
      return 'Leave the geometry out.';
  }
};
