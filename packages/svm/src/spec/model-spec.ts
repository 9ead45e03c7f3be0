/**
 * The grammar of `--model`: what libvmaf's command takes, read strictly. Parts
 * are separated by colons; whatever is not understood is an error, never the
 * default model (spec/peers.md section 3, cases.md A6).
 */
import { either as E } from 'fp-ts';
import { printable, type TinyVmafError } from '@tinyvmaf/core';
import { DEFAULT_VERSION, knownModel } from '../known/known.js';
import { splitParts } from './split.js';

/** Where a model comes from: a version to be found, or a file. */
export type ModelSource = { readonly version: string } | { readonly path: string };

/** An option set from outside for every input of one extractor. */
export interface OptionOverload {
  /** `adm`, `vif`, `motion` or a float twin. */
  readonly extractor: string;
  /** Long name: `adm_enhn_gain_limit`. */
  readonly option: string;
  /** As written. */
  readonly value: string;
}

/** One `--model`, understood. */
export interface ModelSpec {
  /** Where the model comes from. */
  readonly source: ModelSource;
  /** Key of the score in logs. Default `vmaf`. */
  readonly name: string;
  /** Whether the text said `name=`; who scores with other models has other defaults. */
  readonly named: boolean;
  /** Apply the model's transform (phone view). */
  readonly enableTransform: boolean;
  /** Do not limit scores to the model's range. */
  readonly disableClip: boolean;
  /** Extractor options set from outside. */
  readonly overloads: readonly OptionOverload[];
}

/** What is scored with where there is no `--model`. */
export const DEFAULT_MODEL_SPEC: ModelSpec = {
  source: { version: DEFAULT_VERSION },
  name: 'vmaf',
  named: false,
  enableTransform: false,
  disableClip: false,
  overloads: [],
};

const ARGUMENT = '--model';
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const NAME = /^[\p{L}\p{N}._+-]{1,200}$/u;
const OVERLOAD = /^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$/;

const KEYS =
  'path=FILE or version=NAME, then name=KEY, enable_transform[=true|false], disable_clip[=true|false], EXTRACTOR.OPTION=VALUE';

const bad = (rule: string, value?: string): E.Either<TinyVmafError, never> =>
  E.left({
    _tag: 'BadArgument',
    argument: ARGUMENT,
    rule,
    ...(value === undefined ? {} : { value }),
  });

/** What has been read so far. */
interface Draft {
  source?: ModelSource;
  name?: string;
  enableTransform?: boolean;
  disableClip?: boolean;
  readonly overloads: OptionOverload[];
}

/**
 * Parses the text of one `--model`: `version=vmaf_v0.6.1:name=a:disable_clip`,
 * `path=my.json`, a bare `vmaf_v0.6.1`, a bare `my.json` or `my.onnx`. `\:` stands for a colon
 * inside a part; the colon of a Windows drive needs no backslash.
 * @returns left `BadArgument` for anything else.
 */
export const parseModelSpec = (text: string): E.Either<TinyVmafError, ModelSpec> => {
  if (text.trim() === '') return bad(`must not be empty: give ${KEYS}`);
  const draft: Draft = { overloads: [] };
  for (const [i, part] of splitParts(text).entries()) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? undefined : part.slice(equals + 1);
    const read = readPart(draft, { key, value, first: i === 0 }, part);
    if (E.isLeft(read)) return read;
  }
  if (draft.source === undefined) {
    return bad(`must say which model: version=${DEFAULT_VERSION} or path=FILE`, text);
  }
  return E.right({
    source: draft.source,
    name: draft.name ?? DEFAULT_MODEL_SPEC.name,
    named: draft.name !== undefined,
    enableTransform: draft.enableTransform ?? false,
    disableClip: draft.disableClip ?? false,
    overloads: draft.overloads,
  });
};

interface Part {
  readonly key: string;
  /** Undefined where there is no `=`. */
  readonly value: string | undefined;
  readonly first: boolean;
}

type Step = E.Either<TinyVmafError, void>;

const DONE: Step = E.right(undefined);

const readPart = (draft: Draft, { key, value, first }: Part, part: string): Step => {
  switch (key) {
    case 'path':
      return setSource(draft, readPath(value), part);
    case 'version':
      return setSource(draft, readVersion(value), part);
    case 'name':
      if (draft.name !== undefined) return bad('has name= twice', part);
      if (value === undefined || !NAME.test(value)) {
        return bad('name= takes letters, digits and . _ + - (up to 200)', part);
      }
      draft.name = value;
      return DONE;
    case 'enable_transform':
      if (draft.enableTransform !== undefined) return bad(`has ${key} twice`, part);
      return readFlag(part, value, (on) => (draft.enableTransform = on));
    case 'disable_clip':
      if (draft.disableClip !== undefined) return bad(`has ${key} twice`, part);
      return readFlag(part, value, (on) => (draft.disableClip = on));
    default:
      if (value === undefined && first) return setSource(draft, readBare(part), part);
      return readOverload(draft, key, value, part);
  }
};

const setSource = (
  draft: Draft,
  source: E.Either<TinyVmafError, ModelSource>,
  part: string,
): Step => {
  if (E.isLeft(source)) return source;
  if (draft.source !== undefined) return bad('names more than one model', part);
  draft.source = source.right;
  return DONE;
};

const readFlag = (part: string, value: string | undefined, set: (on: boolean) => void): Step => {
  if (value !== undefined && value !== 'true' && value !== 'false') {
    return bad('flags take =true or =false (small letters), or nothing for true', part);
  }
  set(value !== 'false');
  return DONE;
};

const readPath = (value: string | undefined): E.Either<TinyVmafError, ModelSource> =>
  value === undefined || value === '' || value.includes('\0')
    ? bad('path= needs the name of a model file', value)
    : E.right({ path: value });

const FILE_ENDING = /\.(?:json|onnx)$/i;

const looksLikeFile = (text: string): boolean => /[\\/]/.test(text) || FILE_ENDING.test(text);

const readVersion = (value: string | undefined): E.Either<TinyVmafError, ModelSource> => {
  if (value === undefined || value === '') return bad('version= needs the name of a model', value);
  if (looksLikeFile(value)) return bad('version= takes a name; use path= for a file', value);
  return VERSION.test(value)
    ? E.right({ version: value })
    : bad('version= takes letters, digits and . _ + -', value);
};

/** A first part without `=`: a file that says so by its ending, or a version. */
const readBare = (part: string): E.Either<TinyVmafError, ModelSource> => {
  if (FILE_ENDING.test(part)) return readPath(part);
  if (looksLikeFile(part)) {
    return bad('takes FILE.json or FILE.onnx, or path=FILE for other names', part);
  }
  const prefixed = `vmaf_${part}`;
  return readVersion(knownModel(prefixed) === undefined ? part : prefixed);
};

const readOverload = (draft: Draft, key: string, value: string | undefined, part: string): Step => {
  const [, extractor, option] = OVERLOAD.exec(key) ?? [];
  if (extractor === undefined || option === undefined) {
    return bad(`has the unknown part ${printable(part)}; it takes ${KEYS}`);
  }
  if (value === undefined || value === '') return bad(`${key} needs =VALUE`, part);
  if (draft.overloads.some((one) => one.extractor === extractor && one.option === option)) {
    return bad(`has ${key} twice`, part);
  }
  draft.overloads.push({ extractor, option, value });
  return DONE;
};

/**
 * Refuses two models under one name: their scores would overwrite each other.
 * @returns the specs, or left `BadArgument` with the name.
 */
export const checkUniqueNames = (
  specs: readonly ModelSpec[],
): E.Either<TinyVmafError, readonly ModelSpec[]> => {
  const names = specs.map((spec) => spec.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined
    ? E.right(specs)
    : bad('names must differ: add name=KEY to each of several models', twice);
};
