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

const optionalNumber = t.union([finite, t.null]);
const flag = t.keyof({ true: null, false: null }, '"true" or "false"');
const optionValue = t.union([finite, t.boolean, t.string]);

const scoreTransform = t.partial({
  enabled: t.boolean,
  p0: optionalNumber,
  p1: optionalNumber,
  p2: optionalNumber,
  knots: t.union([t.array(t.tuple([finite, finite])), t.null]),
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
    feature_opts_dicts: t.union([t.array(t.record(t.string, optionValue)), t.null]),
    slopes: t.array(finite),
    intercepts: t.array(finite),
    score_clip: t.union([t.tuple([finite, finite]), t.null]),
    score_transform: t.union([scoreTransform, t.null]),
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
