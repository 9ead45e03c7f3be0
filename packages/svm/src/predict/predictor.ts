/**
 * From the features of one frame to its score: the public face of model
 * evaluation. Scores are equal to libvmaf's as bits; a number that is not
 * finite never comes out.
 */
import { either as E } from 'fp-ts';
import { unwrap, type TinyVmafError } from '@tinyvmaf/core';
import type { Model, ModelMember } from '../model/model.js';
import { bootstrapStatistics, type BootstrapPrediction } from './bootstrap.js';
import { rawScore } from './regression.js';
import { applyClip, applyTransform } from './transform.js';

/** How a model is applied. */
export interface PredictorOptions {
  /** Apply the score transform (the phone view) where the model has one. Default false. */
  readonly enableTransform?: boolean;
  /** Do not limit scores to the model's range. Default false. */
  readonly disableClip?: boolean;
}

/** Result for one frame, in VMAF points. */
export interface Prediction {
  /** Score of the model, for a collection that of its member 0. */
  readonly score: number;
  /** For bootstrap collections only. */
  readonly bootstrap?: BootstrapPrediction;
}

/** A model ready to score frames. Not re-entrant, holds its scratch memory. */
export interface Predictor {
  /** The model it was made from. */
  readonly model: Model;
  /**
   * Scores one frame.
   * @param features `[model.inputs.length]`, in the order of `model.inputs`, as the
   * extractors deliver them; not kept.
   * @returns left `BadArgument` for a wrong length or a feature that is not finite, left
   * `ModelFormat` where the model gives no finite number.
   */
  predictEither(features: Float64Array): E.Either<TinyVmafError, Prediction>;
  /** The same; throws `TinyVmafException` instead of a left. */
  predict(features: Float64Array): Prediction;
}

/** Prepares a model for scoring. */
export const createPredictor = (model: Model, options: PredictorOptions = {}): Predictor => {
  const scratch = new Float64Array(model.inputs.length);
  const [main, ...others] = model.members;
  const raw = new Float64Array(others.length);
  const finish = (member: ModelMember | undefined, score: number): number =>
    finishScore(member, score, options);

  const compute = (features: Float64Array): Prediction => {
    const score = main === undefined ? NaN : finish(main, rawScore(main, features, scratch));
    if (others.length === 0) return { score };
    for (const [i, member] of others.entries()) raw[i] = rawScore(member, features, scratch);
    const members = others.map((member, i) => finish(member, raw[i] ?? NaN));
    const statistics = bootstrapStatistics(raw, (value) => finish(others[0], value));
    return { score, bootstrap: { members, ...statistics } };
  };

  const predictEither = (features: Float64Array): E.Either<TinyVmafError, Prediction> => {
    const problem = featuresProblem(model, features);
    if (problem !== undefined) return E.left(problem);
    const prediction = compute(features);
    return isFinitePrediction(prediction) ? E.right(prediction) : E.left(notFinite(model));
  };

  return { model, predictEither, predict: (features) => unwrap(predictEither(features)) };
};

const finishScore = (
  member: ModelMember | undefined,
  score: number,
  options: PredictorOptions,
): number => {
  const transform = member?.transform;
  const wanted = transform?.enabled === true || options.enableTransform === true;
  const transformed = transform !== undefined && wanted ? applyTransform(transform, score) : score;
  return member?.clip === undefined || options.disableClip === true
    ? transformed
    : applyClip(member.clip, transformed);
};

const featuresProblem = (model: Model, features: Float64Array): TinyVmafError | undefined => {
  const { inputs } = model;
  if (features.length !== inputs.length) {
    return {
      _tag: 'BadArgument',
      argument: 'features',
      rule: `must hold the ${inputs.length} inputs of the model`,
      value: `${features.length} numbers`,
    };
  }
  for (const [i, input] of inputs.entries()) {
    if (Number.isFinite(features[i])) continue;
    return {
      _tag: 'BadArgument',
      argument: `features.${i} (${input.output})`,
      rule: 'must be a finite number',
      value: String(features[i]),
    };
  }
  return undefined;
};

const isFinitePrediction = ({ score, bootstrap }: Prediction): boolean =>
  Number.isFinite(score) &&
  (bootstrap === undefined ||
    (bootstrap.members.every(Number.isFinite) &&
      [bootstrap.bagging, bootstrap.stddev, bootstrap.ciP95Lo, bootstrap.ciP95Hi].every(
        Number.isFinite,
      )));

const notFinite = (model: Model): TinyVmafError => ({
  _tag: 'ModelFormat',
  source: model.source,
  path: 'the prediction',
  problem: 'is not a finite number for these features',
});
