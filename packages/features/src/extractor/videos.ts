/** The videos of a run, for whoever computes or reads them. */
import type { FrameLocation, FrameSource } from '@tinyvmaf/yuv-io';
import { videoName, type VideoName } from './frame-check.js';

/** The videos of a run, reference first. */
export interface Videos {
  readonly names: readonly VideoName[];
  /**
   * Where all frames lie, if every video knows it and reading them in order
   * would end the same way: equal lengths, or unequal ones that are allowed.
   */
  readonly locations: readonly FrameLocation[] | undefined;
}

/** What is known of the videos before they are read. */
export const videosOf = (
  reference: FrameSource,
  distorted: readonly FrameSource[],
  allowShorter: boolean,
): Videos => {
  const all = [reference, ...distorted];
  const locations = all.flatMap(({ located }) => (located === undefined ? [] : [located.location]));
  const lengths = new Set(locations.map(({ frames }) => frames));
  const possible = locations.length === all.length && (allowShorter || lengths.size === 1);
  return { names: all.map(videoName), locations: possible ? locations : undefined };
};

/** The same videos, to be read in order. */
export const inOrder = ({ names }: Videos): Videos => ({ names, locations: undefined });

/** Frames that are compared: as long as the reference and any distorted video go on. */
export const framesOf = ([reference, ...distorted]: readonly FrameLocation[]): number =>
  Math.min(reference?.frames ?? 0, Math.max(0, ...distorted.map(({ frames }) => frames)));
