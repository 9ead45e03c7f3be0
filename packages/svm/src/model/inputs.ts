/**
 * From the feature names and option dictionaries of a model file to the
 * extractors and outputs they mean. What tinyvmaf does not compute is named,
 * never replaced.
 */
import { either as E } from 'fp-ts';
import { formatGeneral, printable, type FeatureName } from '@tinyvmaf/core';
import type { ModelDict } from './codec.js';
import type { ExtractorName, ExtractorOptions, ModelInput, OptionValue } from './model.js';

/** A place in the file and what is wrong there. */
export interface Flaw {
  readonly path: string;
  readonly problem: string;
}

const KNOWN_NAME = /^VMAF_(integer_)?feature_((adm)2|(motion)2|(vif)_scale[0-3])_score$/;

/** Any feature name of libvmaf, to say it shortly. */
const ANY_NAME = /^[A-Za-z]+(?:_[a-z]+)*?_feature_(\w+)_score$/;

const OPTION_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** The inputs of a model in the order of its file, or the first flaw. */
export const readInputs = (dict: ModelDict): E.Either<Flaw, readonly ModelInput[]> => {
  const names = dict.feature_names;
  const flaw = namesFlaw(dict) ?? optionsFlaw(dict);
  if (flaw !== undefined) return E.left(flaw);
  return E.right(
    names.flatMap((name, i) => {
      const input = inputNamed(name, dict.feature_opts_dicts?.[i] ?? {});
      return input === undefined ? [] : [input];
    }),
  );
};

const namesFlaw = (dict: ModelDict): Flaw | undefined => {
  const names = dict.feature_names;
  if (names.length === 0) return { path: 'feature_names', problem: 'is empty' };
  const unknown = names.filter((name) => !KNOWN_NAME.test(name));
  if (unknown.length > 0) {
    const listed = unknown.slice(0, 8).map(shortName);
    return {
      path: 'feature_names',
      problem: `needs features that tinyvmaf does not compute for models: ${listed.join(', ')}`,
    };
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    return { path: 'feature_names', problem: `has ${twice} twice` };
  }
  if (dict.chroma_correction_parameter !== undefined) {
    return {
      path: 'chroma_correction_parameter',
      problem: 'asks for the chroma correction of v1 models, which tinyvmaf does not have',
    };
  }
  return undefined;
};

const shortName = (name: string): string =>
  // The pattern backtracks: long names are not tried.
  (name.length < 100 ? ANY_NAME.exec(name)?.[1] : undefined) ?? printable(name);

const optionsFlaw = (dict: ModelDict): Flaw | undefined => {
  const options = dict.feature_opts_dicts ?? undefined;
  if (options === undefined) return undefined;
  if (options.length !== dict.feature_names.length) {
    return {
      path: 'feature_opts_dicts',
      problem: `has ${options.length} entries for ${dict.feature_names.length} features`,
    };
  }
  for (const [i, one] of options.entries()) {
    const odd = Object.entries(one).find(
      ([name, value]) => !OPTION_NAME.test(name) || fileOption(value) === undefined,
    );
    if (odd !== undefined) {
      return {
        path: `feature_opts_dicts.${i}`,
        problem: `has no usable option ${printable(odd[0])}: ${printable(String(odd[1]))}`,
      };
    }
  }
  return undefined;
};

const inputNamed = (
  featureName: string,
  options: Readonly<Record<string, OptionValue>>,
): ModelInput | undefined => {
  const match = KNOWN_NAME.exec(featureName);
  const output = match?.[2];
  const base = match?.[3] ?? match?.[4] ?? match?.[5];
  if (output === undefined || base === undefined) return undefined;
  const extractor = match?.[1] === undefined ? `float_${base}` : base;
  return {
    // The pattern lets through no other names.
    extractor: extractor as ExtractorName,
    output: output as FeatureName,
    options: fileOptions(options),
    featureName,
  };
};

const fileOptions = (options: Readonly<Record<string, OptionValue>>): ExtractorOptions =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, fileOption(value) ?? value]),
  );

/**
 * An option as libvmaf takes it from a file: numbers pass through binary32 and
 * `%g`, six significant digits (spec/model-svm.md section 2). Undefined for a
 * number that leaves binary32.
 */
const fileOption = (value: OptionValue): OptionValue | undefined => {
  if (typeof value !== 'number') return value;
  const single = Math.fround(value);
  return Number.isFinite(single) ? Number(formatGeneral(single)) : undefined;
};
