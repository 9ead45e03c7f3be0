/**
 * The pictures that travel through tinyvmaf and the one interface behind which
 * every kind of input hides.
 */
import type { TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import type { LocatedFrames } from './location.js';

/** One plane of samples. Code values are those of the file or decoder, never converted. */
export interface Plane {
  /** Row after row; row `y` starts at `y * stride`. 16-bit words for more than 8 bits. */
  readonly data: Uint8Array | Uint16Array;
  /** Samples per row that belong to the picture. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Samples from one row's start to the next, `>= width`. */
  readonly stride: number;
}

/**
 * One picture. Its planes are borrowed: they are valid until the consumer asks
 * for the next frame; whoever keeps one copies it ({@link copyPlane}).
 */
export interface Frame {
  /** Position in the stream, from 0, after any frames that were skipped on request. */
  readonly index: number;
  /** Brightness samples. */
  readonly luma: Plane;
  /** Cb and Cr; empty for 4:0:0 and where a source reads luma only. */
  readonly chroma: readonly Plane[];
}

/** Something the user should know although the input can be scored. */
export interface SourceWarning {
  /** Stable code: `variable-frame-rate`, `interlaced`, `hdr-transfer`, `suspicious-depth`, ... */
  readonly code: string;
  /** A sentence for a person. */
  readonly message: string;
}

/** How the pictures came about; for the report, not for arithmetic. */
export interface SourceInfo {
  /** Name for messages: the path, `-`, or what the caller named it. */
  readonly name: string;
  /** `raw`, `y4m`, or the container: `mp4`, `webm`. */
  readonly container: string;
  /** `raw`, `y4m`, `webcodecs (<implementation>)`, `ffmpeg`. */
  readonly decoder: string;
  /** Codec string for decoded video: `avc1.64001f`. */
  readonly codec?: string;
  /** 1-based number of the video track used, and how many there are. */
  readonly track?: { readonly number: number; readonly of: number };
  /** Clockwise rotation applied for display, in degrees: 0, 90, 180, 270. */
  readonly rotation?: 0 | 90 | 180 | 270;
  /** Frames per second as a rational where known; `0:0` in Y4M means unknown and is absent. */
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
  /** Whether code values use the full range; absent where nothing says so. */
  readonly fullRange?: boolean;
  /** Transfer characteristics: `bt709`, `smpte2084` (PQ), `arib-std-b67` (HLG). */
  readonly transfer?: string;
  /** Size before scaling and the method, where `scaleSource` changed the size. */
  readonly scaled?: { readonly width: number; readonly height: number; readonly method: string };
  /** Whether the stream says that it holds fields. */
  readonly interlaced?: boolean;
  /** Whether frame durations differ. */
  readonly variableFrameRate?: boolean;
}

/** Which planes a reader of frames looks at. */
export type PlaneChoice = 'all' | 'luma';

/**
 * A video as a bounded stream of frames. One stream at a time per source: a
 * pipe can be read once, a file from its start each time.
 */
export interface FrameSource {
  /** Format of every frame. */
  readonly format: VideoFormat;
  /** Where the frames come from. */
  readonly info: SourceInfo;
  /** Known before reading for raw files only; a decoded or piped video is counted by reading. */
  readonly frameCount?: number;
  /**
   * Frames in display order, with back-pressure: nothing is read ahead beyond
   * a fixed small number of frames. Throws `TinyVmafException`.
   * @param planes with `luma` a source may leave chroma out, and does where
   * that saves work. Default: all.
   */
  frames(signal?: AbortSignal, planes?: PlaneChoice): AsyncIterable<Frame>;
  /** Raw files only: any frame by index, so that workers can read their own. */
  readonly randomAccess?: { frame(index: number): Promise<Frame> };
  /**
   * Files that hold their frames at a constant distance, raw or Y4M, as they
   * are: where, so that other threads can read them. Absent for pictures that
   * are decoded, scaled or piped.
   */
  readonly located?: LocatedFrames;
  /** Warnings so far; complete once the stream has ended. */
  warnings(): readonly SourceWarning[];
  /** Releases files, decoders and child processes; safe to call twice, at any time. */
  close(): Promise<void>;
}

/** What the caller knows about an input that the input does not say itself. */
export interface VideoHints {
  /** Geometry of headerless raw video. Width, height, bit depth and chroma go together. */
  readonly raw?: VideoFormat;
  /** 1-based video track of a container; default: the default-flagged, else the first. */
  readonly track?: number;
  /** Decoder for compressed video; default: `webcodecs`, then `ffmpeg` for what it cannot take. */
  readonly decoder?: 'webcodecs' | 'ffmpeg';
  /** Leading frames to drop. Default 0. */
  readonly skip?: number;
  /** Frames to deliver at most after skipping. Default: all. */
  readonly limit?: number;
  /** Name for messages; default: the path. */
  readonly name?: string;
}

/** Result of opening; errors are values. */
export type OpenError = TinyVmafError;

/** A tightly packed copy of a plane that outlives its frame. */
export const copyPlane = (plane: Plane): Plane => {
  const { width, height, stride } = plane;
  const data =
    plane.data instanceof Uint8Array
      ? new Uint8Array(width * height)
      : new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    data.set(plane.data.subarray(y * stride, y * stride + width), y * width);
  }
  return { data, width, height, stride: width };
};
