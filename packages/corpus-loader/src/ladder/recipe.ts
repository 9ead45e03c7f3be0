/**
 * What a ladder shall be, as plain data: rungs, size, length. A recipe comes
 * from a JSON file or has a name; flags of the command change fields of it.
 */
import { decodeWith, issuesText, printable, type TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import type * as t from 'io-ts';
import { CODECS, type CodecName, type Quality } from './codecs.js';
import type { RungHeight, Size } from './geometry.js';
import { RecipeCodec, type RungCodec } from './recipe-schema.js';
import { DEFAULT_RECIPE, RUNG_SETS, RUNGS } from './sets.js';

/** One rung: codec, height of the encode, and quality setting or bit rate. */
export type RungRecipe = {
  /** Letters, digits, `.`, `_`, `-`; unique in the recipe. */
  readonly name: string;
  readonly codec: CodecName;
  readonly height: RungHeight;
} & Quality;

/** A ladder as it is wanted. */
export interface Recipe {
  readonly format: 'tinyvmaf-ladder-recipe/1';
  /** 1 to 99. */
  readonly rungs: readonly RungRecipe[];
  /** Frames a clip has at most, or `all`. Default 48. */
  readonly frames: number | 'all';
  /** Size of references, sides even; smaller sources keep theirs. `source`: each source's own. Default 960x540. */
  readonly size: Size | 'source';
  /** Whether smaller sources are enlarged to `size`. Default false. */
  readonly upscale: boolean;
  /** Bits per sample of the files that are written. Default 8. */
  readonly bitDepth: 8 | 10;
  /** Frames between key frames, at most. Default 240. */
  readonly gop: number;
  /** `best-low`: 5 is the best clip of a source; `best-high`: 95 is. Default `best-low`. */
  readonly labelOrder: 'best-low' | 'best-high';
  /** Whether the bit streams stay, under `enc/`. Default false. */
  readonly keepEncodes: boolean;
  /** Those of these ids that are there, else the first few. Default: all sources. */
  readonly sources?: { readonly prefer: readonly string[]; readonly atMost: number };
}

const FIELDS = new Set([...Object.keys(DEFAULT_RECIPE), 'sources']);
const MOST_RUNGS = 99;

type Written = t.TypeOf<typeof RecipeCodec>;
type WrittenRung = t.TypeOf<typeof RungCodec>;

/**
 * A recipe from parsed JSON. `rungs` is the name of a set, or a list of names
 * and of spelt-out rungs; everything else has its default. Left: TableFormat
 * with the place.
 * @param source the file's name, for messages.
 */
export const decodeRecipe = (value: unknown, source: string): E.Either<TinyVmafError, Recipe> => {
  const wrong = (place: string, problem: string): TinyVmafError => ({
    _tag: 'TableFormat',
    source,
    place,
    problem,
  });
  return F.pipe(
    decodeWith(RecipeCodec, value, (issues) =>
      wrong(issues[0]?.path || 'recipe', issuesText(issues)),
    ),
    E.filterOrElse(
      (written) => Object.keys(written).every((key) => FIELDS.has(key)),
      (written) =>
        wrong(
          Object.keys(written).find((key) => !FIELDS.has(key)) ?? 'recipe',
          `is no field of a recipe; there are ${[...FIELDS].join(', ')}`,
        ),
    ),
    E.chain((written) =>
      F.pipe(
        rungsOf(written.rungs, wrong),
        E.chain((rungs) => checked({ ...withDefaults(written), rungs }, wrong)),
      ),
    ),
  );
};

const withDefaults = (written: Written): Recipe => {
  const { rungs: _rungs, size, ...rest } = written;
  return { ...DEFAULT_RECIPE, ...rest, size: size ?? DEFAULT_RECIPE.size };
};

type Wrong = (place: string, problem: string) => TinyVmafError;

const rungsOf = (
  written: Written['rungs'],
  wrong: Wrong,
): E.Either<TinyVmafError, readonly RungRecipe[]> => {
  const list =
    typeof written !== 'string'
      ? written
      : Object.hasOwn(RUNG_SETS, written)
        ? RUNG_SETS[written]
        : undefined;
  if (list === undefined) {
    return E.left(
      wrong(
        'rungs',
        `there is no set ${printable(typeof written === 'string' ? written : '')}; there are ${Object.keys(RUNG_SETS).join(', ')}`,
      ),
    );
  }
  return E.traverseArray((entry: string | WrittenRung) => rungOf(entry, wrong))(list);
};

const rungOf = (entry: string | WrittenRung, wrong: Wrong): E.Either<TinyVmafError, RungRecipe> => {
  if (typeof entry === 'string') {
    const known = RUNGS.find(({ name }) => name === entry);
    return known === undefined
      ? E.left(
          wrong(
            'rungs',
            `there is no rung ${printable(entry)}; there are ${RUNGS.map(({ name }) => name).join(', ')}`,
          ),
        )
      : E.right(known);
  }
  const { name, codec, crf, kbps } = entry;
  const height = entry.height;
  const place = `rungs, ${name}`;
  const [best, worst] = CODECS[codec].crf;
  if ((crf === undefined) === (kbps === undefined)) {
    return E.left(wrong(place, 'needs one of crf and kbps'));
  }
  if (crf !== undefined && !(crf >= best && crf <= worst)) {
    return E.left(wrong(place, `crf of ${codec} must be ${best} to ${worst}, got ${crf}`));
  }
  const quality: Quality = crf === undefined ? { kbps: kbps ?? 0 } : { crf };
  return E.right({ name, codec, height, ...quality });
};

const checked = (recipe: Recipe, wrong: Wrong): E.Either<TinyVmafError, Recipe> => {
  const { rungs, bitDepth, size } = recipe;
  if (rungs.length === 0 || rungs.length > MOST_RUNGS) {
    return E.left(wrong('rungs', `must be 1 to ${MOST_RUNGS}, got ${rungs.length}`));
  }
  const names = rungs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return E.left(wrong('rungs', `${twice} is there twice`));
  const unfit = rungs.find(({ codec }) => !CODECS[codec].bitDepths.includes(bitDepth));
  if (unfit !== undefined) {
    return E.left(
      wrong(
        `rungs, ${unfit.name}`,
        `${unfit.codec} has no ${bitDepth} bits; leave the rung out or set bitDepth to 8`,
      ),
    );
  }
  if (size !== 'source' && (size.width % 2 !== 0 || size.height % 2 !== 0)) {
    return E.left(wrong('size', `sides must be even, got ${size.width}x${size.height}`));
  }
  return E.right(recipe);
};
