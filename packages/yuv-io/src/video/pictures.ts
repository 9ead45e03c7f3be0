/**
 * Decoded pictures before they become frames: the little that the decoder's
 * `VideoFrame` and the demuxer's `VideoSample` have in common.
 */
import type { InputVideoTrack } from 'mediabunny';

/** One decoded picture, held by the decoder until it is closed. */
export interface Picture {
  /** WebCodecs pixel format; null where the decoder keeps it to itself. */
  readonly format: string | null;
  /** Presentation time in seconds, after the demuxer's shift by an edit list. */
  readonly seconds: number;
  /** The part of the coded picture that is shown. */
  readonly visibleRect: { readonly width: number; readonly height: number } | null;
  readonly colorSpace: {
    readonly fullRange?: boolean | null;
    readonly transfer?: string | null;
  };
  /** Bytes that `copyTo` needs for the visible part. */
  readonly allocationSize: () => number;
  /** Copies the visible part; byte offset and stride of each plane come back. */
  readonly copyTo: (
    target: Uint8Array,
  ) => Promise<readonly { readonly offset: number; readonly stride: number }[]>;
  /** Gives the memory back to the decoder. */
  readonly close: () => void;
}

/** A decoder at work: pictures in presentation order, few at a time. */
export type PictureStream = (job: PictureJob) => AsyncGenerator<Picture, void, undefined>;

/** What a picture stream works on. */
export interface PictureJob {
  /** For messages. */
  readonly source: string;
  readonly track: InputVideoTrack;
  /** Aborted when the consumer leaves or the source is closed. */
  readonly signal: AbortSignal;
  /** Coded fields give two packets a picture: lost pictures cannot be told from the packets then. */
  readonly mayBeInterlaced: boolean;
}
