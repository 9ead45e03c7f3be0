/**
 * From models and wanted features to what has to be computed: one list of
 * extractors, and for each model the keys of its inputs. Plain data, checked
 * before a single frame is read.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { outputKey, resolveRequest, type ExtractorRequest } from '@tinyvmaf/features';
import type { FeatureRange, Student } from '@tinyvmaf/models';
import {
  applyOverloads,
  createPredictor,
  type Model,
  type ModelInput,
  type OptionOverload,
  type Predictor,
} from '@tinyvmaf/svm';
import { either as E, function as F, readonlyArray as RA } from 'fp-ts';
import {
  STUDENT_INPUTS,
  studentInfo,
  studentScorer,
  type StudentInfo,
  type StudentOrigin,
} from './student.js';

/** What every model of a run has. */
interface NamedModel {
  /** Key of the scores in series and logs: letters, digits, `_`, `.`, `-`, `+`. */
  readonly name: string;
  /** What to call the model in messages: `vmaf_v0.6.1`, `a5` or a path. */
  readonly label: string;
  /** Apply the score transform ("phone" view). Default false. */
  readonly enableTransform?: boolean;
  /** Report scores outside the model's range as they come. Default false. */
  readonly disableClip?: boolean;
}

/** A VMAF model under the name its scores get. */
export interface TeacherModel extends NamedModel {
  /** The model, from `parseModel` of `@tinyvmaf/svm`. */
  readonly model: Model;
}

/** A student under the name its scores get. */
export interface StudentModel extends NamedModel {
  /** The student, from `createStudent` of `@tinyvmaf/models`; it must score frames. */
  readonly student: Student;
  /** Which file it is, for reports. */
  readonly origin?: StudentOrigin;
  /** Options of its features, such as NEG's gain limits. Default: none. */
  readonly overloads?: readonly OptionOverload[];
}

/** A loaded model under the name its scores get. */
export type ScoreModel = TeacherModel | StudentModel;

/** A model ready to predict from named features. */
export interface PlannedModel {
  readonly name: string;
  readonly label: string;
  /** The features it takes, in its own order. */
  readonly inputs: readonly ModelInput[];
  /** Key of each input, in the same order. */
  readonly inputKeys: readonly string[];
  /** Keys of what the model adds to the series, in libvmaf's order. */
  readonly outputKeys: readonly string[];
  /** Values of `outputKeys` from those of `inputKeys`. Throws where one is missing or not finite. */
  predict(features: Float64Array): readonly number[];
  /** For students. */
  readonly student?: { readonly info: StudentInfo; readonly range?: FeatureRange };
}

/** What to compute. */
export interface ScorePlan {
  readonly extractors: readonly ExtractorRequest[];
  readonly models: readonly PlannedModel[];
  /** Keys that come along and mean nothing: those of AIM where no one asked for it. */
  readonly hidden: ReadonlySet<string>;
}

const MODEL_NAME = /^[\p{L}\p{N}._+-]{1,200}$/u;

/**
 * Plans a run. Extractors come in the order in which libvmaf registers them:
 * those of the models first, then those asked for.
 * @returns `BadArgument` for model names that clash or cannot stand in a log and for options
 * that an extractor does not have, `ModelFormat` for a model whose features tinyvmaf does not
 * compute.
 */
export const planScore = (
  models: readonly ScoreModel[],
  features: readonly ExtractorRequest[],
): E.Either<TinyVmafError, ScorePlan> =>
  F.pipe(
    checkNames(models),
    E.flatMap(RA.traverse(E.Applicative)(planModel)),
    E.filterOrElse(
      (planned) => planned.length + features.length > 0,
      (): TinyVmafError => ({
        _tag: 'BadArgument',
        argument: 'models',
        rule: 'or features must name at least one thing to compute',
      }),
    ),
    E.flatMap((planned) =>
      F.pipe(
        withAimWhereAsked(
          planned.flatMap(({ extractors }) => extractors),
          features,
        ),
        E.map((requests) => ({ models: planned.map(({ model }) => model), ...requests })),
      ),
    ),
  );

/**
 * Students ask for ADM without AIM. Where a model or the caller asks for the same
 * ADM with it, they share that one; else AIM's keys are hidden.
 */
const withAimWhereAsked = (
  ofModels: readonly ExtractorRequest[],
  features: readonly ExtractorRequest[],
): E.Either<TinyVmafError, Pick<ScorePlan, 'extractors' | 'hidden'>> => {
  const skips = ({ name, options }: ExtractorRequest): boolean =>
    name === 'adm' && options?.['adm_skip_aim'] === true;
  const suffixOf = (request: ExtractorRequest): E.Either<TinyVmafError, string> =>
    F.pipe(
      resolveRequest(request),
      E.map(({ suffix }) => suffix),
    );
  return F.pipe(
    [...ofModels, ...features].filter((request) => request.name === 'adm' && !skips(request)),
    RA.traverse(E.Applicative)(suffixOf),
    E.flatMap((withAim) => {
      const hidden = new Set<string>();
      const extractors: ExtractorRequest[] = [];
      for (const request of ofModels) {
        const suffix = skips(request) ? suffixOf(request) : E.right(undefined);
        if (E.isLeft(suffix)) return suffix;
        const shared = suffix.right !== undefined && withAim.includes(suffix.right);
        const { adm_skip_aim: _, ...others } = request.options ?? {};
        extractors.push(shared ? { ...request, options: others } : request);
        if (suffix.right === undefined || shared || features.some(skips)) continue;
        for (const output of ['aim', 'adm3']) hidden.add(outputKey('adm', output, suffix.right));
      }
      return E.right({ extractors: [...extractors, ...features], hidden });
    }),
  );
};

const checkNames = (
  models: readonly ScoreModel[],
): E.Either<TinyVmafError, readonly ScoreModel[]> => {
  const seen = new Set<string>();
  for (const { name } of models) {
    const rule = !MODEL_NAME.test(name)
      ? 'must consist of letters, digits and _ . - +'
      : seen.has(name)
        ? 'must be given to one model only; add :name=... to tell models apart'
        : undefined;
    if (rule !== undefined) {
      return E.left({ _tag: 'BadArgument', argument: 'model name', rule, value: name });
    }
    seen.add(name);
  }
  return E.right(models);
};

interface ModelWithExtractors {
  readonly model: PlannedModel;
  readonly extractors: readonly ExtractorRequest[];
}

const planModel = (model: ScoreModel): E.Either<TinyVmafError, ModelWithExtractors> =>
  'student' in model ? planStudent(model) : planTeacher(model);

const planTeacher = (given: TeacherModel): E.Either<TinyVmafError, ModelWithExtractors> => {
  const { name, label, model, enableTransform = false, disableClip = false } = given;
  return F.pipe(
    model.inputs,
    RA.traverse(E.Applicative)(planInput(label)),
    E.map((inputs) => ({
      extractors: inputs.map(({ request }) => request),
      model: {
        name,
        label,
        inputs: model.inputs,
        inputKeys: inputs.map(({ key }) => key),
        outputKeys: modelKeys(name, model),
        predict: teacherScorer(createPredictor(model, { enableTransform, disableClip })),
      },
    })),
  );
};

const planStudent = (given: StudentModel): E.Either<TinyVmafError, ModelWithExtractors> => {
  const { name, label, student, enableTransform = false, disableClip = false } = given;
  const range = student.metadata?.range;
  return F.pipe(
    E.Do,
    E.bind('score', () => studentScorer(student, label, { enableTransform, disableClip })),
    E.bind('taken', () => applyOverloads({ inputs: STUDENT_INPUTS }, given.overloads ?? [])),
    E.bind('inputs', ({ taken }) =>
      F.pipe(taken.inputs, RA.traverse(E.Applicative)(planInput(label))),
    ),
    E.map(({ score, taken, inputs }) => ({
      extractors: inputs.map(({ request }) => request),
      model: {
        name,
        label,
        inputs: taken.inputs,
        inputKeys: inputs.map(({ key }) => key),
        outputKeys: [name],
        predict: (features) => [score(features)],
        student: {
          info: studentInfo(student, given.origin),
          ...(range === undefined ? {} : { range }),
        },
      },
    })),
  );
};

const teacherScorer =
  (predictor: Predictor) =>
  (features: Float64Array): readonly number[] => {
    const { score, bootstrap } = predictor.predict(features);
    return bootstrap === undefined
      ? [score]
      : [
          score,
          ...bootstrap.members,
          bootstrap.bagging,
          bootstrap.stddev,
          bootstrap.ciP95Lo,
          bootstrap.ciP95Hi,
        ];
  };

interface PlannedInput {
  readonly request: ExtractorRequest;
  readonly key: string;
}

const planInput =
  (label: string) =>
  (input: ModelInput): E.Either<TinyVmafError, PlannedInput> => {
    const { extractor } = input;
    if (extractor !== 'adm' && extractor !== 'vif' && extractor !== 'motion') {
      return E.left({
        _tag: 'ModelFormat',
        source: label,
        path: 'feature_names',
        problem: `needs ${input.featureName} of the extractor ${extractor}; tinyvmaf computes the integer features of adm, vif and motion. Use the integer twin of this model, such as vmaf_v0.6.1`,
      });
    }
    return F.pipe(
      E.Do,
      E.bind('options', () => numericOptions(extractor, input.options)),
      E.let('request', ({ options }): ExtractorRequest => ({ name: extractor, options })),
      E.bind('resolved', ({ request }) => resolveRequest(request)),
      E.map(({ request, resolved }) => ({
        request,
        key: outputKey(extractor, input.output, resolved.suffix),
      })),
    );
  };

/** Options with text left in them were written wrongly: no extractor takes text. */
const numericOptions = (
  extractor: string,
  options: ModelInput['options'],
): E.Either<TinyVmafError, Record<string, number | boolean>> => {
  const numeric: Record<string, number | boolean> = {};
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'string') {
      const rule = 'must be a number, true or false';
      return E.left({ _tag: 'BadArgument', argument: `${extractor}.${name}`, rule, value });
    }
    numeric[name] = value;
  }
  return E.right(numeric);
};

/**
 * Keys of the series: features first, then what each model adds.
 * @returns `BadArgument` where a model's result would stand under a key that is taken, such as
 * that of a feature.
 */
export const seriesKeys = (
  features: readonly string[],
  models: readonly PlannedModel[],
): E.Either<TinyVmafError, readonly string[]> => {
  const keys = new Set(features);
  for (const { name, outputKeys } of models) {
    for (const key of outputKeys) {
      if (keys.has(key)) {
        const rule = `must be another: the results have ${key} already`;
        return E.left({ _tag: 'BadArgument', argument: 'model name', rule, value: name });
      }
      keys.add(key);
    }
  }
  return E.right([...keys]);
};

/** Keys of a model's results in libvmaf's order: the score, then a collection's statistics. */
export const modelKeys = (name: string, model: Model): readonly string[] =>
  model.kind === 'single'
    ? [name]
    : [
        name,
        ...Array.from(
          { length: model.members.length - 1 },
          (_, i) => `${name}_${String(i + 1).padStart(4, '0')}`,
        ),
        `${name}_bagging`,
        `${name}_stddev`,
        `${name}_ci_p95_lo`,
        `${name}_ci_p95_hi`,
      ];
