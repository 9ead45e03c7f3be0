/**
 * Which video track of a file is meant: the one that was asked for, else the
 * default-flagged one, else the first. Cover art never counts.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';

/** What the choice needs to know of a video track. */
export interface TrackChoice {
  readonly isDefault: boolean;
  /** For the list in messages: `h264 96x64`. */
  readonly label: string;
}

/**
 * Index of the track to use.
 * @param tracks the real video tracks in file order, attached pictures already left out.
 * @param wanted 1-based number, as in `VideoHints.track`.
 * @returns `UnsupportedFormat` where there is none, `BadArgument` listing the tracks for a wrong number.
 */
export const chooseTrack = (
  source: string,
  tracks: readonly TrackChoice[],
  wanted: number | undefined,
): E.Either<TinyVmafError, number> => {
  if (tracks.length === 0) {
    return E.left({
      _tag: 'UnsupportedFormat',
      source,
      found: 'a file with no video track',
      remedy: 'Give a file that holds video.',
    });
  }
  if (wanted !== undefined) {
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= tracks.length) {
      return E.right(wanted - 1);
    }
    const list = tracks.map((track, i) => `${i + 1} (${track.label})`).join(', ');
    return E.left({
      _tag: 'BadArgument',
      argument: 'hints.track',
      rule: `must be the number of a video track of ${source}, which has ${list}`,
      value: String(wanted),
    });
  }
  const flagged = tracks.findIndex((track) => track.isDefault);
  // Most writers flag either one track or all of them: the first flagged one is right for both.
  return E.right(flagged < 0 ? 0 : flagged);
};
