/**
 * A second look at frames that worker threads have read themselves: their
 * pictures never come by here, so the luma is read once more for the content
 * hash, as a rule from the memory in which the system keeps files.
 */
import { TinyVmafException, unwrap, type VideoFormat } from '@tinyvmaf/core';
import type { FrameLocation, Plane } from '@tinyvmaf/yuv-io';
import { openLuma, type LumaReader } from '@tinyvmaf/yuv-io/node';

/** Files that are read once more during a pass. */
export interface Reread {
  /**
   * The luma of a frame, valid until the next is asked for. A file is opened
   * when it is first asked for.
   * @throws Io for a file that is gone, replaced or changed, TruncatedFrame for
   * one that was cut, as exceptions.
   */
  luma(location: FrameLocation, index: number): Plane;
  /** Closes the files; safe to call twice. */
  close(): void;
}

/** Nothing is open yet. All videos of a pass have one format and share the memory of one plane. */
export const createReread = (): Reread => {
  const readers = new Map<FrameLocation, LumaReader>();
  let plane: Plane | undefined;
  const readerOf = (location: FrameLocation): LumaReader => {
    const reader = readers.get(location) ?? unwrap(openLuma(location));
    readers.set(location, reader);
    return reader;
  };
  return {
    luma(location, index) {
      const { format, name } = location;
      if (plane === undefined || !holds(plane, format)) plane = planeFor(format);
      // A worker has found the frame here, so another place means another file.
      if (!readerOf(location).read(index, plane.data)) {
        throw new TinyVmafException({
          _tag: 'Io',
          operation: 'read',
          target: name,
          problem: `frame ${index} is not any more where it was a moment ago: the file was changed while it was read`,
        });
      }
      return plane;
    },
    close() {
      for (const reader of readers.values()) reader.close();
      readers.clear();
    },
  };
};

const holds = ({ data, width, height }: Plane, format: VideoFormat): boolean =>
  width === format.width &&
  height === format.height &&
  data instanceof Uint8Array === (format.bitDepth === 8);

const planeFor = ({ width, height, bitDepth }: VideoFormat): Plane => {
  const Samples = bitDepth === 8 ? Uint8Array : Uint16Array;
  return { data: new Samples(width * height), width, height, stride: width };
};
