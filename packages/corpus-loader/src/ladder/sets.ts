/**
 * The rungs and recipes that come with the package. Names and settings of the
 * first four sets are those of the ladders that the project's own figures were
 * made with, so that these can be built again; `mpeg2-*` rungs are in no set.
 */
import type { CodecName } from './codecs.js';
import type { RungHeight } from './geometry.js';
import type { Recipe, RungRecipe } from './recipe.js';

const rung = (name: string, codec: CodecName, height: RungHeight, crf: number): RungRecipe => ({
  name,
  codec,
  height,
  crf,
});

/** Rungs that a recipe may name instead of spelling them out. */
export const RUNGS: readonly RungRecipe[] = [
  rung('h264-full-16', 'x264', '1/1', 16),
  rung('h264-full-24', 'x264', '1/1', 24),
  rung('h264-full-32', 'x264', '1/1', 32),
  rung('h264-full-40', 'x264', '1/1', 40),
  rung('h264-full-46', 'x264', '1/1', 46),
  rung('h264-2of3-27', 'x264', '2/3', 27),
  rung('h264-half-28', 'x264', '1/2', 28),
  rung('h264-half-36', 'x264', '1/2', 36),
  rung('h264-third-32', 'x264', '1/3', 32),
  rung('h264-third-36', 'x264', '1/3', 36),
  rung('h264-quarter-30', 'x264', '1/4', 30),
  rung('h264-quarter-40', 'x264', '1/4', 40),
  rung('h265-full-22', 'x265', '1/1', 22),
  rung('h265-full-30', 'x265', '1/1', 30),
  rung('h265-2of3-34', 'x265', '2/3', 34),
  rung('h265-half-38', 'x265', '1/2', 38),
  rung('h265-third-32', 'x265', '1/3', 32),
  rung('vp9-full-34', 'vp9', '1/1', 34),
  rung('vp9-full-52', 'vp9', '1/1', 52),
  rung('vp9-half-44', 'vp9', '1/2', 44),
  rung('av1-full-36', 'av1', '1/1', 36),
  rung('av1-full-56', 'av1', '1/1', 56),
  rung('av1-half-45', 'av1', '1/2', 45),
  rung('av1-third-55', 'av1', '1/3', 55),
  rung('mpeg2-full-4', 'mpeg2', '1/1', 4),
  rung('mpeg2-full-12', 'mpeg2', '1/1', 12),
  rung('mpeg2-half-8', 'mpeg2', '1/2', 8),
];

/** Sets of rungs by name. */
export const RUNG_SETS: Readonly<Record<string, readonly string[]>> = {
  smoke: ['h264-full-16', 'h264-full-32', 'h264-half-28', 'h264-third-36'],
  quick: [
    ...['h264-full-24', 'h265-full-30', 'h264-full-40'],
    ...['h264-half-28', 'h264-half-36', 'h264-third-36'],
  ],
  default: [
    ...['h264-full-16', 'h265-full-22', 'vp9-full-34', 'av1-full-56', 'h264-full-32'],
    ...['h264-2of3-27', 'h264-half-28', 'h264-full-40', 'h264-full-46', 'h265-half-38'],
    ...['h264-third-36', 'h264-quarter-30'],
  ],
  all: RUNGS.filter(({ codec }) => codec !== 'mpeg2')
    .map(({ name }) => name)
    .sort(),
};

const named = (set: string): readonly RungRecipe[] =>
  (RUNG_SETS[set] ?? []).flatMap((name) => RUNGS.filter((known) => known.name === name));

/** What a recipe is where it says nothing. */
export const DEFAULT_RECIPE: Recipe = {
  format: 'tinyvmaf-ladder-recipe/1',
  rungs: named('default'),
  frames: 48,
  size: { width: 960, height: 540 },
  upscale: false,
  bitDepth: 8,
  gop: 240,
  labelOrder: 'best-low',
  keepEncodes: false,
};

/** The recipes that have a name. */
export const BUILT_IN_RECIPES: Readonly<Record<string, Recipe>> = {
  smoke: {
    ...DEFAULT_RECIPE,
    rungs: named('smoke'),
    frames: 12,
    size: { width: 576, height: 324 },
    sources: { prefer: ['FlowerMacro', 'BunnyBird', 'BallJuggle', 'CarPark'], atMost: 4 },
  },
  quick: { ...DEFAULT_RECIPE, rungs: named('quick') },
  default: DEFAULT_RECIPE,
  all: { ...DEFAULT_RECIPE, rungs: named('all') },
};
