/** A file of a job, opened: any part of it as a source of the size that is wanted. */
import { join } from 'node:path';
import { unwrap, type VideoFormat } from '@tinyvmaf/core';
import {
  frameRange,
  scaleSource,
  type FrameSource,
  type ScaleMethod,
  type Size,
} from '@tinyvmaf/yuv-io';
import { openVideoTE } from '@tinyvmaf/yuv-io/node';
import type { MediaFile } from '../corpus/corpus.js';

/** An opened file. */
export interface Video {
  /** Of the pictures in the file, before scaling. */
  readonly format: VideoFormat;
  /** Frames, where the file's size says it. */
  readonly frameCount: number | undefined;
  /**
   * The frames from `first` on, `limit` at most, numbered from 0, at the size
   * that is wanted. One stream at a time. Throws BadGeometry, NoFrames.
   */
  part(first: number, limit?: number, size?: Size, method?: ScaleMethod): FrameSource;
  close(): Promise<void>;
}

/**
 * Opens a file of a corpus; messages name it by its path in the corpus.
 * @throws what opening fails with, as an exception.
 */
export const openCorpusVideo = async (
  root: string,
  { path, format }: MediaFile,
  signal?: AbortSignal,
): Promise<Video> => {
  const hints = { name: path, ...(format === undefined ? {} : { raw: format }) };
  const source = unwrap(await openVideoTE(join(root, ...path.split('/')), hints, signal)());
  return {
    format: source.format,
    frameCount: source.frameCount,
    part(first, limit, size = source.format, method = 'bicubic') {
      const range = { skip: first, ...(limit === undefined ? {} : { limit }) };
      return unwrap(scaleSource(unwrap(frameRange(source, range)), size, method));
    },
    close: () => source.close(),
  };
};
