/**
 * The `C` tag of Y4M: depth and chroma layout by name. Luma is stored first
 * and unconverted in all of them; the siting variants of 4:2:0 store the same
 * samples.
 */
import type { BitDepth, Chroma, TinyVmafError } from '@tinyvmaf/core';
import { printable } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';

/** What a `C` tag says. */
export interface Colour {
  readonly bitDepth: BitDepth;
  readonly chroma: Chroma;
  /** A fourth plane of the size of luma follows each frame and is not read. */
  readonly alpha: boolean;
}

const colour = (bitDepth: BitDepth, chroma: Chroma, alpha = false): Colour => ({
  bitDepth,
  chroma,
  alpha,
});

/** All types that are read; the default, when the tag is absent, is `420`. */
export const COLOURS: ReadonlyMap<string, Colour> = new Map([
  ['420', colour(8, '420')],
  ['420jpeg', colour(8, '420')],
  ['420mpeg2', colour(8, '420')],
  ['420paldv', colour(8, '420')],
  ['422', colour(8, '422')],
  ['444', colour(8, '444')],
  ['444alpha', colour(8, '444', true)],
  ['mono', colour(8, '400')],
  ...([10, 12, 16] as const).flatMap((depth): [string, Colour][] => [
    [`420p${depth}`, colour(depth, '420')],
    [`422p${depth}`, colour(depth, '422')],
    [`444p${depth}`, colour(depth, '444')],
    [`mono${depth}`, colour(depth, '400')],
  ]),
]);

/** The meaning of a `C` tag's value. Left: `UnsupportedFormat` with what to do. */
export const parseColour = (value: string, source: string): E.Either<TinyVmafError, Colour> => {
  const known = COLOURS.get(value);
  if (known !== undefined) return E.right(known);
  const depth = /^(?:4\d\dp|mono)(\d+)$/.exec(value)?.[1];
  const why =
    value === '411' || value === '410' || value === '440'
      ? `Convert its chroma, which no score depends on: ffmpeg -i IN -pix_fmt ${value === '440' ? 'yuv444p' : 'yuv422p'} OUT.y4m.`
      : depth !== undefined
        ? `Bit depths are 8, 10, 12 and 16, not ${Number(depth)}.`
        : `Types are ${[...COLOURS.keys()].join(', ')}.`;
  return E.left({
    _tag: 'UnsupportedFormat',
    source,
    found: `the Y4M colour type ${printable(value)}`,
    remedy: why,
  });
};
