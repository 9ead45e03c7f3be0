/**
 * Pixel layouts a WebCodecs decoder may hand over, by name. A layout that is
 * not in the table is refused by name: guessing the place of a plane would
 * give a plausible wrong score.
 */
import type { BitDepth, Chroma } from '@tinyvmaf/core';

/** Where the samples of a decoded picture lie. */
export interface PixelLayout {
  readonly bitDepth: BitDepth;
  /** Subsampling of the planes in the buffer. */
  readonly chroma: Chroma;
  /** `planar`: Y, Cb, Cr. `interleaved`: Y, then one plane of Cb Cr pairs (NV12). */
  readonly arrangement: 'planar' | 'interleaved';
}

const planar = (chroma: Chroma, bitDepth: BitDepth): PixelLayout => ({
  bitDepth,
  chroma,
  arrangement: 'planar',
});

/** WebCodecs pixel formats (W3C WebCodecs, section 9.8) and gray under the names decoders use. */
const LAYOUTS: ReadonlyMap<string, PixelLayout> = new Map([
  ['I420', planar('420', 8)],
  ['I420P10', planar('420', 10)],
  ['I420P12', planar('420', 12)],
  ['I422', planar('422', 8)],
  ['I422P10', planar('422', 10)],
  ['I422P12', planar('422', 12)],
  ['I444', planar('444', 8)],
  ['I444P10', planar('444', 10)],
  ['I444P12', planar('444', 12)],
  ['NV12', { bitDepth: 8, chroma: '420', arrangement: 'interleaved' }],
  ['GRAY8', planar('400', 8)],
  ['GRAY10', planar('400', 10)],
  ['GRAY12', planar('400', 12)],
] as const);

/** The layout of a WebCodecs pixel format, or undefined where tinyvmaf does not know it. */
export const pixelLayout = (format: string | null): PixelLayout | undefined =>
  format === null ? undefined : LAYOUTS.get(format);

/** Names of the known formats, for messages. */
export const KNOWN_LAYOUTS: readonly string[] = [...LAYOUTS.keys()];
