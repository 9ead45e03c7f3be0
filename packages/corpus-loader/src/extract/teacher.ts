/**
 * Teachers: Netflix's models, which score the features of the store without
 * another look at the video. Models that want other features than the six at
 * their defaults are refused.
 */
import { unwrap, type TinyVmafError } from '@tinyvmaf/core';
import {
  createPredictor,
  knownModel,
  parseModelSpec,
  type Model,
  type ModelInput,
  type ModelSpec,
} from '@tinyvmaf/svm';
import { loadModelSpecTE, type FindOptions, type LoadedModel } from '@tinyvmaf/svm/node';
import { either as E, function as F, taskEither as TE } from 'fp-ts';
import type { FeatureRows, Sha256, Task } from '../store/contracts.js';

/** A model that scores. */
export interface Teacher {
  /** Its version, or the path of its file: `vmaf_v0.6.1`. */
  readonly name: string;
  /** Of the file's bytes. */
  readonly sha256: Sha256;
  /** The model, parsed. */
  readonly model: Model;
}

/** The teachers that were found, and what there is to say. */
export interface Teachers {
  /** In the order of the specs, each file once. */
  readonly teachers: readonly Teacher[];
  /** `The model ... is not on this machine ...`, and what the models' files say. */
  readonly warnings: readonly string[];
}

/**
 * Loads teachers. A known one that is not on this machine is a warning: features
 * are worth having without it.
 * @param specs in the grammar of `--model`: `version=vmaf_v0.6.1`, `path=FILE`,
 * or bare.
 * Left: BadArgument for a spec with options or features of its own (a score is
 * addressed by the model file alone), ModelNotFound for a name that is not known,
 * ModelFormat, HashMismatch, Io.
 */
export const loadTeachersTE = (
  specs: readonly string[],
  options: FindOptions = {},
): Task<Teachers> =>
  F.pipe(
    specs.map((text) => loadTeacherTE(text, options)),
    TE.sequenceSeqArray,
    TE.map((found) => ({
      teachers: unique(found.flatMap(({ teachers }) => teachers)),
      warnings: found.flatMap(({ warnings }) => warnings),
    })),
  );

const unique = (teachers: readonly Teacher[]): readonly Teacher[] => [
  ...new Map(teachers.map((teacher) => [teacher.sha256, teacher])).values(),
];

const loadTeacherTE = (text: string, options: FindOptions): Task<Teachers> =>
  F.pipe(
    parseModelSpec(text),
    E.flatMap((spec) => checkSpec(spec, text)),
    TE.fromEither,
    TE.flatMap((spec) => loadModelSpecTE(spec, options)),
    TE.flatMapEither((loaded) => teacherOf(loaded, text)),
    TE.orElse((error) =>
      error._tag === 'ModelNotFound' && knownModel(error.name) !== undefined
        ? TE.right<TinyVmafError, Teachers>({ teachers: [], warnings: [missing(error)] })
        : TE.left(error),
    ),
  );

const missing = ({ name, problem, remedy }: { name: string; problem: string; remedy: string }) =>
  `The teacher ${name} ${problem}: features alone are computed. ${remedy.replace(/\.$/, '')}, then run this again: only the scores are added.`;

const bad = (rule: string, value: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument: '--model', rule, value });

const checkSpec = (spec: ModelSpec, text: string): E.Either<TinyVmafError, ModelSpec> =>
  spec.enableTransform || spec.disableClip || spec.overloads.length > 0
    ? bad('must name a model without options: scores are stored by the model file alone', text)
    : E.right(spec);

const INTEGER_EXTRACTORS: readonly string[] = ['adm', 'vif', 'motion'];

const teacherOf = (
  { spec, model, sha256, warnings }: LoadedModel,
  text: string,
): E.Either<TinyVmafError, Teachers> => {
  const other = model.inputs.find(
    ({ extractor, options }) =>
      !INTEGER_EXTRACTORS.includes(extractor) || Object.keys(options).length > 0,
  );
  if (other !== undefined) {
    return bad(
      `must be a model of the six features at their defaults; this one needs ${inputText(other)}`,
      text,
    );
  }
  const name = 'version' in spec.source ? spec.source.version : spec.source.path;
  return E.right({ teachers: [{ name, sha256, model }], warnings });
};

const inputText = ({ featureName, options }: ModelInput): string => {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return given.length === 0 ? featureName : `${featureName} with ${given.join(', ')}`;
};

/**
 * Scores of a clip, one a frame, in VMAF points.
 * @throws ModelFormat, BadArgument for a feature that is not finite, as exceptions.
 */
export const scoresOf = ({ model }: Teacher, rows: FeatureRows): Float64Array => {
  const predictor = createPredictor(model);
  const columns = model.inputs.map(({ output }) => rows.columns[output]);
  const inputs = new Float64Array(columns.length);
  const scores = new Float64Array(rows.frames);
  for (let frame = 0; frame < rows.frames; frame++) {
    for (let i = 0; i < inputs.length; i++) inputs[i] = columns[i]?.[frame] ?? NaN;
    scores[frame] = unwrap(predictor.predictEither(inputs)).score;
  }
  return scores;
};
