/** The options that say how headerless samples are read: the same wherever there are videos. */
import type { BitDepth, Chroma, TinyVmafError, VideoFormat } from '@tinyvmaf/core';
import { MAX_SIDE } from '@tinyvmaf/yuv-io';
import { Option, type Command } from 'commander';
import { either as E } from 'fp-ts';
import { choice, integer, numberChoice } from './arguments.js';

/** Geometry as commander hands it over. */
export interface RawOptions {
  readonly width?: number;
  readonly height?: number;
  readonly pixel_format?: Chroma;
  readonly bitdepth?: BitDepth;
}

/** Adds the four options to a command. */
export const addRawOptions = (command: Command): Command =>
  command
    .option('-w, --width <n>', 'width in pixels', integer(1, MAX_SIDE))
    .option('-h, --height <n>', 'height in pixels', integer(1, MAX_SIDE))
    .addOption(
      new Option('-p, --pixel_format <chroma>', '420, 422, 444 or 400').argParser(
        choice('420', '422', '444', '400'),
      ),
    )
    .addOption(
      new Option('-b, --bitdepth <bits>', '8, 10, 12 or 16').argParser(numberChoice(8, 10, 12, 16)),
    );

/** The format that the options name; absent where they name none. Left: BadArgument for some of the four. */
export const rawFormat = (
  options: RawOptions,
): E.Either<TinyVmafError, VideoFormat | undefined> => {
  const { width, height, pixel_format: chroma, bitdepth: bitDepth } = options;
  if (
    width !== undefined &&
    height !== undefined &&
    chroma !== undefined &&
    bitDepth !== undefined
  ) {
    return E.right({ width, height, chroma, bitDepth });
  }
  const given = {
    '--width': width,
    '--height': height,
    '--pixel_format': chroma,
    '--bitdepth': bitDepth,
  };
  const missing = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [name] : [],
  );
  return missing.length === 4
    ? E.right(undefined)
    : E.left({
        _tag: 'BadArgument',
        argument: missing.join(' '),
        rule: 'must be given too: raw video needs all four of --width --height --pixel_format --bitdepth',
      });
};
