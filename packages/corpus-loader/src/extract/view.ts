/**
 * How the pictures of a file are looked at, as text: part of what a content
 * hash is remembered under, because one file gives other samples under another
 * geometry or at another size.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { ScaleMethod, Size } from '@tinyvmaf/yuv-io';
import type { MediaFile } from '../corpus/corpus.js';

/** `raw 960x540 8 420`, or `decoded` for files that say what they are. */
export const referenceView = ({ format }: MediaFile): string =>
  format === undefined ? 'decoded' : rawView(format);

/**
 * The view of a distorted clip that is brought to the size of its reference:
 * `raw 480x270 8 420 to 960x540 bicubic`, `decoded to 1920x1080 bicubic`. A
 * raw file of the right size is viewed as a reference would be.
 */
export const rungView = ({ format }: MediaFile, size: Size, method: ScaleMethod): string => {
  if (format === undefined) return `decoded to ${sizeText(size)} ${method}`;
  return format.width === size.width && format.height === size.height
    ? rawView(format)
    : `${rawView(format)} to ${sizeText(size)} ${method}`;
};

const rawView = (format: VideoFormat): string =>
  `raw ${sizeText(format)} ${format.bitDepth} ${format.chroma}`;

const sizeText = ({ width, height }: Size): string => `${width}x${height}`;
