/**
 * The names of a Netflix ladder, read from the right: the source's own name may
 * hold underscores and digits, the tokens after it may not.
 */
import type { FrameRate } from '../corpus/corpus.js';
import { parseRate } from './frame-rate.js';

/** What a name says. */
export type NetflixName =
  | { readonly kind: 'reference'; readonly source: string; readonly frameRate?: FrameRate }
  | {
      readonly kind: 'distorted';
      readonly source: string;
      /** Opaque: its direction differs between data sets. */
      readonly quality: number;
      /** Of the encode, before it was scaled back. */
      readonly height: number;
      readonly kbps: number;
    };

const LADDER = /^(.+)_(\d{1,6})_(\d{1,6})_(\d{1,9}(?:\.\d{1,6})?)$/;
const REFERENCE = /^(.+)_(\d{1,6}(?:\.\d{1,6})?)fps$/;

/**
 * Reads a name without extension: `<Source>_<quality>_<height>_<kbps>`, a
 * reference where the quality is 0, or `<Source>_<fps>fps`, a reference.
 * `undefined` for any other name.
 */
export const parseNetflixName = (stem: string): NetflixName | undefined => {
  const ladder = LADDER.exec(stem);
  if (ladder !== null) {
    const [, source = '', quality, height, kbps] = ladder;
    return Number(quality) === 0
      ? { kind: 'reference', source }
      : {
          kind: 'distorted',
          source,
          quality: Number(quality),
          height: Number(height),
          kbps: Number(kbps),
        };
  }
  const reference = REFERENCE.exec(stem);
  if (reference === null) return undefined;
  const [, source = '', fps = ''] = reference;
  const frameRate = parseRate(fps);
  return frameRate === undefined ? undefined : { kind: 'reference', source, frameRate };
};
