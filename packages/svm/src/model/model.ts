/**
 * A VMAF model in memory: which features it wants, and one or more support
 * vector machines with their scalings, transform and clip. Plain data; made by
 * `parseModel`, evaluated by `createPredictor`.
 */
import type { FeatureName } from '@tinyvmaf/core';
import type { SupportVectors } from '../libsvm/libsvm.js';

/** Extractors that the models of the v0.6.1 family use: integer and float. */
export const EXTRACTORS = [
  'adm',
  'vif',
  'motion',
  'float_adm',
  'float_vif',
  'float_motion',
] as const;

/** Name of a feature extractor, as libvmaf spells it. */
export type ExtractorName = (typeof EXTRACTORS)[number];

/** Value of an extractor's option. */
export type OptionValue = number | boolean | string;

/** Options of an extractor by long name; those left out are at their defaults. */
export type ExtractorOptions = Readonly<Record<string, OptionValue>>;

/** One input of a model. */
export interface ModelInput {
  /** libvmaf's name of the extractor. */
  readonly extractor: ExtractorName;
  /** Which of the extractor's outputs. */
  readonly output: FeatureName;
  /** The extractor's options that differ from their defaults. */
  readonly options: ExtractorOptions;
  /** Name in the model file: `VMAF_integer_feature_adm2_score`. */
  readonly featureName: string;
}

/** Range of scores, inclusive. */
export interface ClipRange {
  /** Lowest score, VMAF points. */
  readonly min: number;
  /** Highest score, VMAF points. */
  readonly max: number;
}

/** A point of a piecewise linear curve. */
export interface Knot {
  /** Score before the mapping. */
  readonly x: number;
  /** Score after it. */
  readonly y: number;
}

/** Mapping of a raw score, such as the phone view (spec/model-svm.md section 5). */
export interface ScoreTransform {
  /** Whether the model applies it without being asked. */
  readonly enabled: boolean;
  /** Coefficients of the polynomial; all three absent: no polynomial. */
  readonly p0?: number;
  /** Factor of the score. */
  readonly p1?: number;
  /** Factor of its square. */
  readonly p2?: number;
  /** At least two, x strictly ascending, y not descending. */
  readonly knots?: readonly Knot[];
  /** The result is at most the raw score. */
  readonly outLteIn: boolean;
  /** The result is at least the raw score. */
  readonly outGteIn: boolean;
}

/** `x = slope * feature + intercept`; element 0 belongs to the score, j to input j - 1. */
export interface LinearScaling {
  /** `[inputs + 1]`; element 0 is not 0. */
  readonly slopes: Float64Array;
  /** `[inputs + 1]`. */
  readonly intercepts: Float64Array;
}

/** One complete regression. */
export interface ModelMember {
  /** The support vectors. */
  readonly svm: SupportVectors;
  /** Absent for `norm_type: none`. */
  readonly scaling?: LinearScaling;
  /** Mapping of raw scores, where the model has one. */
  readonly transform?: ScoreTransform;
  /** Absent: scores are not limited. */
  readonly clip?: ClipRange;
}

/** A model file, understood. */
export interface Model {
  /** `bootstrap`: member 0 is the ordinary model, the others give the interval. */
  readonly kind: 'single' | 'bootstrap';
  /** File the model came from, for messages. */
  readonly source: string;
  /** Inputs in the order of the support vector machine, the same for all members. */
  readonly inputs: readonly ModelInput[];
  /** One for `single`; at least two for `bootstrap`. */
  readonly members: readonly ModelMember[];
  /** Clip of member 0. */
  readonly clip?: ClipRange;
  /** Whether member 0 has a transform that `enableTransform` would apply. */
  readonly hasTransform: boolean;
  /** Whether member 0 applies its transform without being asked. */
  readonly transformEnabled: boolean;
}
