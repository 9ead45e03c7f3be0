/**
 * Where a file holds the luma of a source's frames: plain data that can be
 * posted to another thread, which opens the file itself and reads its own
 * frames by position. Reading it is in `node/`.
 */
import type { VideoFormat } from '@tinyvmaf/core';
import type { DepthEvidence } from './plausibility/depth.js';

/** A file as it was when it was opened; another one under its path, or a change, shows. */
export interface FileIdentity {
  /** Absolute path. */
  readonly path: string;
  /** Number of the device it lies on. */
  readonly device: number;
  /** Its number on that device. */
  readonly inode: number;
  /** Bytes. */
  readonly size: number;
  /** Time of its last change, in milliseconds. */
  readonly modified: number;
}

/** Frames at a constant distance in a file. Luma of frame `i` begins at `start + (first + i) * stride + mark.length`. */
export interface FrameLocation {
  /** Name of the video, for messages. */
  readonly name: string;
  /** The file as it was when the source was opened. */
  readonly file: FileIdentity;
  /** Of every frame: luma is `width * height` samples, above 8 bits little-endian words. */
  readonly format: VideoFormat;
  /** Byte at which the file's frame 0 begins. */
  readonly start: number;
  /** Bytes from one frame's begin to the next. */
  readonly stride: number;
  /** The file's frame that is frame 0 here: frames before it are skipped. */
  readonly first: number;
  /** Frames from there on, 1 or more. */
  readonly frames: number;
  /**
   * ASCII that each frame begins with, before its luma: `FRAME` and a newline
   * in Y4M, nothing in raw video. Where anything else stands, the frames do
   * not lie at a constant distance, and the source must be read in order.
   */
  readonly mark: string;
}

/** The way to a source's frames beside its stream. */
export interface LocatedFrames {
  /** Where they lie. */
  readonly location: FrameLocation;
  /**
   * Tells the source that frame `index` was read by its location, in place of
   * passing it through `frames()`; frames in order, a new run from 0.
   * @param evidence what a `DepthWitness` of this frame has seen, if it looked.
   */
  passed(index: number, evidence?: DepthEvidence): void;
}
