/**
 * From named values to the canonical six.
 */
import { FEATURES, featureVector, type FeatureVector, type TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { bad } from './request.js';
import type { ExtractorName } from './options.js';

/** Name suffix of each extractor whose values are wanted; empty where absent. */
export type Suffixes = Readonly<Partial<Record<ExtractorName, string>>>;

/**
 * The six features of a frame in canonical order.
 * @param values a frame's values by printed name, as the extractor gives them.
 * @param suffixes `{ adm: '_egl_1', vif: '_egl_1' }` for the NEG features.
 * @returns BadArgument naming the first value that is missing.
 */
export const featureVectorOf = (
  values: ReadonlyMap<string, number>,
  suffixes: Suffixes = {},
): E.Either<TinyVmafError, FeatureVector> => {
  const { adm = '', vif = '', motion = '' } = suffixes;
  const keys = {
    adm2: `integer_adm2${adm}`,
    vif_scale0: `integer_vif_scale0${vif}`,
    vif_scale1: `integer_vif_scale1${vif}`,
    vif_scale2: `integer_vif_scale2${vif}`,
    vif_scale3: `integer_vif_scale3${vif}`,
    motion2: `integer_motion2${motion}`,
  } as const;
  const missing = FEATURES.find((name) => !values.has(keys[name]));
  if (missing !== undefined) {
    return bad('values', `must have ${keys[missing]}`, [...values.keys()].join(', '));
  }
  const value = (name: keyof typeof keys): number => values.get(keys[name]) ?? NaN;
  return E.right(
    featureVector({
      adm2: value('adm2'),
      vif_scale0: value('vif_scale0'),
      vif_scale1: value('vif_scale1'),
      vif_scale2: value('vif_scale2'),
      vif_scale3: value('vif_scale3'),
      motion2: value('motion2'),
    }),
  );
};
