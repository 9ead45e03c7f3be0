/**
 * What the JSON of a recipe may say, field by field. Rules that need more than
 * one field are checked afterwards, in recipe.ts.
 */
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import type { RungHeight, Size } from './geometry.js';

const refined = <C extends t.Mixed>(
  codec: C,
  holds: (value: t.TypeOf<C>) => boolean,
  name: string,
) =>
  new t.Type<t.TypeOf<C>>(
    name,
    codec.is,
    (input, context) =>
      E.either.chain(codec.validate(input, context), (value: t.TypeOf<C>) =>
        holds(value) ? t.success(value) : t.failure(input, context),
      ),
    t.identity,
  );

const whole = (least: number, most: number) =>
  refined(
    t.number,
    (n) => Number.isInteger(n) && n >= least && n <= most,
    `an integer ${least} to ${most}`,
  );

const MOST_FRAMES = 10_000_000;
const MOST_SIDE = 16_384;

const Fraction = new t.Type<RungHeight>(
  'a fraction of the reference such as "2/3", at most 1',
  (input): input is RungHeight => typeof input === 'string',
  (input, context) => {
    const found = /^([1-9]\d{0,3})(?:\/([1-9]\d{0,3}))?$/u.exec(
      typeof input === 'string' ? input : '',
    );
    const [top, bottom] = [Number(found?.[1]), Number(found?.[2] ?? 1)];
    return found !== null && top <= bottom
      ? t.success<RungHeight>(`${top}/${bottom}`)
      : t.failure(input, context);
  },
  t.identity,
);

/** A rung as it is written. */
export const RungCodec = t.intersection([
  t.type({
    name: refined(
      t.string,
      (s) => /^[\w.-]{1,64}$/u.test(s),
      'a name of letters, digits, ".", "_", "-"',
    ),
    codec: t.keyof({ x264: null, x265: null, vp9: null, av1: null, mpeg2: null }),
    height: t.union([whole(2, MOST_SIDE), Fraction]),
  }),
  t.partial({ crf: t.number, kbps: whole(1, 1_000_000) }),
]);

const SizeText = new t.Type<Size>(
  'a size such as "960x540" with even sides',
  (input): input is Size => typeof input === 'object',
  (input, context) => {
    const found = /^(\d{1,5})x(\d{1,5})$/u.exec(typeof input === 'string' ? input : '');
    const [width, height] = [Number(found?.[1]), Number(found?.[2])];
    const right = [width, height].every((n) => n >= 2 && n <= MOST_SIDE && n % 2 === 0);
    return right ? t.success({ width, height }) : t.failure(input, context);
  },
  t.identity,
);

const SizeObject = t.type({ width: whole(2, MOST_SIDE), height: whole(2, MOST_SIDE) });

/** A recipe as it is written. */
export const RecipeCodec = t.intersection([
  t.type({ rungs: t.union([t.string, t.array(t.union([t.string, RungCodec]))]) }),
  t.partial({
    format: t.literal('tinyvmaf-ladder-recipe/1'),
    frames: t.union([whole(1, MOST_FRAMES), t.literal('all')]),
    size: t.union([t.literal('source'), SizeText, SizeObject]),
    upscale: t.boolean,
    bitDepth: t.union([t.literal(8), t.literal(10)]),
    gop: whole(1, 600),
    labelOrder: t.keyof({ 'best-low': null, 'best-high': null }),
    keepEncodes: t.boolean,
    sources: t.type({ prefer: t.array(t.string), atMost: whole(1, MOST_FRAMES) }),
  }),
]);
