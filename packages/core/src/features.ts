/**
 * The six features of the v0.6.1 family in the order in which tinyvmaf keeps
 * them everywhere: tables, tensors, model inputs. Convert by name at a border,
 * never by position: the teacher's own order differs.
 */

/** Canonical feature order. */
export const FEATURES = [
  'adm2',
  'vif_scale0',
  'vif_scale1',
  'vif_scale2',
  'vif_scale3',
  'motion2',
] as const;

/** Name of one of the six features. */
export type FeatureName = (typeof FEATURES)[number];

/** The six features of one frame, `Float64Array` of length 6 in {@link FEATURES} order. */
export type FeatureVector = Float64Array;

/** The six features by name. */
export type NamedFeatures = Readonly<Record<FeatureName, number>>;

/** A {@link FeatureVector} from values by name. */
export const featureVector = (named: NamedFeatures): FeatureVector =>
  Float64Array.from(FEATURES, (name) => named[name]);
