/**
 * From models and wanted features to what has to be computed: one list of
 * extractors, and for each model the keys of its inputs. Plain data, checked
 * before a single frame is read.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { outputKey, resolveRequest, type ExtractorRequest } from '@tinyvmaf/features';
import { createPredictor, type Model, type ModelInput, type Predictor } from '@tinyvmaf/svm';
import { either as E, function as F, readonlyArray as RA } from 'fp-ts';

/** A loaded model under the name its scores get. */
export interface ScoreModel {
  /** Key of the scores in series and logs: letters, digits, `_`, `.`, `-`, `+`. */
  readonly name: string;
  /** What to call the model in messages: `vmaf_v0.6.1` or a path. */
  readonly label: string;
  /** The model, from `parseModel` of `@tinyvmaf/svm`. */
  readonly model: Model;
  /** Apply the model's score transform ("phone" view). Default false. */
  readonly enableTransform?: boolean;
  /** Report scores outside the model's range as they come. Default false. */
  readonly disableClip?: boolean;
}

/** A model ready to predict from named features. */
export interface PlannedModel {
  readonly name: string;
  readonly label: string;
  readonly model: Model;
  readonly predictor: Predictor;
  /** Key of each SVM input, in the model's order. */
  readonly inputKeys: readonly string[];
  /** Keys of what the model adds to the series, in libvmaf's order. */
  readonly outputKeys: readonly string[];
}

/** What to compute. */
export interface ScorePlan {
  readonly extractors: readonly ExtractorRequest[];
  readonly models: readonly PlannedModel[];
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
    E.map((planned) => ({
      models: planned.map(({ model }) => model),
      extractors: [...planned.flatMap(({ extractors }) => extractors), ...features],
    })),
  );

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
  F.pipe(
    model.model.inputs,
    RA.traverse(E.Applicative)(planInput(model)),
    E.map((inputs) => ({
      extractors: inputs.map(({ request }) => request),
      model: {
        name: model.name,
        label: model.label,
        model: model.model,
        predictor: createPredictor(model.model, {
          enableTransform: model.enableTransform ?? false,
          disableClip: model.disableClip ?? false,
        }),
        inputKeys: inputs.map(({ key }) => key),
        outputKeys: modelKeys(model.name, model.model),
      },
    })),
  );

interface PlannedInput {
  readonly request: ExtractorRequest;
  readonly key: string;
}

const planInput =
  (model: ScoreModel) =>
  (input: ModelInput): E.Either<TinyVmafError, PlannedInput> => {
    const { extractor } = input;
    if (extractor !== 'adm' && extractor !== 'vif' && extractor !== 'motion') {
      return E.left({
        _tag: 'ModelFormat',
        source: model.label,
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
