/**
 * Codecs of the JSON inside a model file (spec/model-svm.md section 1): types
 * of members only. What they must be together is judged in `member.ts`.
 */
import * as t from 'io-ts';

/** A number that is neither infinite nor NaN: `1e999` in JSON is Infinity. */
const finite = new t.Type<number, number, unknown>(
  'a finite number',
  (value): value is number => typeof value === 'number' && Number.isFinite(value),
  (value, context) =>
    typeof value === 'number' && Number.isFinite(value)
      ? t.success(value)
      : t.failure(value, context),
  t.identity,
);

type Pair = readonly [number, number];

const isPair = (value: unknown): value is Pair =>
  Array.isArray(value) && value.length === 2 && value.every(finite.is);

/** io-ts's own tuple would drop what follows the second number. */
const pair = new t.Type<Pair, Pair, unknown>(
  'two finite numbers',
  isPair,
  (value, context) => (isPair(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

/** The codec's values and null; unlike a union, it reports only what the codec says. */
const orNull = <A>(codec: t.Type<A, A, unknown>): t.Type<A | null, A | null, unknown> =>
  new t.Type(
    codec.name,
    (value): value is A | null => value === null || codec.is(value),
    (value, context) => (value === null ? t.success(null) : codec.validate(value, context)),
    t.identity,
  );

const optionalNumber = orNull(finite);
const flag = t.keyof({ true: null, false: null }, '"true" or "false"');
const optionValue = t.union([finite, t.boolean, t.string]);

const scoreTransform = t.partial({
  enabled: t.boolean,
  p0: optionalNumber,
  p1: optionalNumber,
  p2: optionalNumber,
  knots: orNull(t.array(pair)),
  out_lte_in: flag,
  out_gte_in: flag,
});

/** `model_dict` of one model. */
export const modelDict = t.intersection([
  t.type({
    model_type: t.string,
    feature_names: t.array(t.string),
    norm_type: t.keyof({ linear_rescale: null, none: null }, '"linear_rescale" or "none"'),
    model: t.string,
  }),
  t.partial({
    feature_opts_dicts: orNull(t.array(t.record(t.string, optionValue))),
    slopes: t.array(finite),
    intercepts: t.array(finite),
    score_clip: orNull(pair),
    score_transform: orNull(scoreTransform),
    chroma_correction_parameter: t.unknown,
  }),
]);

/** Decoded {@link modelDict}. */
export type ModelDict = t.TypeOf<typeof modelDict>;

/** Decoded `score_transform`. */
export type ScoreTransformDict = t.TypeOf<typeof scoreTransform>;

/** A single model. */
export const modelFile = t.type({ model_dict: modelDict });

/** Any JSON object. */
export const jsonObject = t.UnknownRecord;
