/**
 * The reader of VMAF model files: text in, {@link Model} out, or an error that
 * names the place. Takes any text at all without harm: size and shape are
 * looked at before anything is built from it.
 */
import { either as E, function as F } from 'fp-ts';
import { decodeWith, printable, type DecodeIssue, type TinyVmafError } from '@tinyvmaf/core';
import { jsonObject, modelFile, type ModelDict } from './codec.js';
import { readInputs } from './inputs.js';
import { flawError, readMember, type Place } from './member.js';
import type { Model, ModelInput, ModelMember } from './model.js';
import { shapeProblem } from './shape.js';

/** Most members of a collection; vmaf_b_v0.6.3 has 21. */
const MAX_MEMBERS = 1000;

/** Most support vectors of all members together; vmaf_b_v0.6.3 has about 5,000. */
const MAX_VECTORS = 1_000_000;

const MEMBER_TYPES: readonly string[] = ['BOOTSTRAP_LIBSVMNUSVR', 'RESIDUEBOOTSTRAP_LIBSVMNUSVR'];

/**
 * Parses a VMAF model file, single or bootstrap collection.
 * @param text the file's content.
 * @param source its name, for messages.
 * @returns left `ModelFormat` for whatever is not a model of the v0.6.1 kind, v1 models
 * included: the message lists the features they would need.
 */
export const parseModel = (text: string, source: string): E.Either<TinyVmafError, Model> =>
  F.pipe(
    parseJson(text, source),
    E.chain((json) =>
      'model_dict' in json ? readSingle(json, source) : readCollection(json, source),
    ),
  );

const fileError = (source: string, problem: string, cause?: unknown): TinyVmafError => ({
  _tag: 'ModelFormat',
  source,
  path: 'the file',
  problem,
  ...(cause === undefined ? {} : { cause }),
});

const parseJson = (
  text: string,
  source: string,
): E.Either<TinyVmafError, Record<string, unknown>> => {
  const problem = text.trim() === '' ? 'is empty' : shapeProblem(text);
  if (problem !== undefined) return E.left(fileError(source, problem));
  return F.pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      (thrown) =>
        fileError(source, `is not JSON (${printable(String(thrown)).slice(1, -1)})`, thrown),
    ),
    E.chain((json) =>
      decodeWith(jsonObject, json, () => fileError(source, 'is JSON, but not an object')),
    ),
  );
};

/** Decodes one `model_dict`; `prefix` is the path of the object it stands in. */
const decodeDict = (
  json: unknown,
  source: string,
  prefix: string,
): E.Either<TinyVmafError, ModelDict> =>
  F.pipe(
    decodeWith(modelFile, json, (issues) => issuesError(source, prefix, issues)),
    E.map((file) => file.model_dict),
  );

const issuesError = (
  source: string,
  prefix: string,
  issues: readonly DecodeIssue[],
): TinyVmafError => {
  const [first, ...others] = issues.map(({ path, problem }) => ({
    path: `${prefix}${path}`.replace(/\.$/, ''),
    problem,
  }));
  const more = others.map(({ path, problem }) => `; ${path}: ${problem}`).join('');
  return {
    _tag: 'ModelFormat',
    source,
    path: first?.path ?? 'the file',
    problem: `${first?.problem ?? 'is not a model'}${more}`,
  };
};

const checkType = (
  dict: ModelDict,
  place: Place,
  allowed: readonly string[],
): E.Either<TinyVmafError, ModelDict> =>
  allowed.includes(dict.model_type)
    ? E.right(dict)
    : E.left(
        flawError(place)({
          path: 'model_type',
          problem: `must be ${allowed.join(' or ')} here, got ${printable(dict.model_type)}`,
        }),
      );

const readSingle = (json: unknown, source: string): E.Either<TinyVmafError, Model> => {
  const place: Place = { source, path: 'model_dict' };
  return F.pipe(
    decodeDict(json, source, ''),
    E.chain((dict) => checkType(dict, place, ['LIBSVMNUSVR'])),
    E.bindTo('dict'),
    E.bind('inputs', ({ dict }) => F.pipe(readInputs(dict), E.mapLeft(flawError(place)))),
    E.bind('member', ({ dict }) => readMember(dict, place, MAX_VECTORS)),
    E.map(({ inputs, member }) => assemble('single', source, inputs, [member])),
  );
};

const readCollection = (
  json: Readonly<Record<string, unknown>>,
  source: string,
): E.Either<TinyVmafError, Model> => {
  const keys = Object.keys(json);
  const odd = keys.find((key) => !/^(0|[1-9]\d{0,5})$/.test(key) || Number(key) >= keys.length);
  if (odd !== undefined || keys.length === 0) {
    const found = odd === undefined ? 'nothing' : printable(odd);
    return E.left(
      fileError(
        source,
        `has neither a member model_dict nor members "0", "1", ... without gaps (found ${found})`,
      ),
    );
  }
  if (keys.length < 2 || keys.length > MAX_MEMBERS) {
    return E.left(
      fileError(source, `is a collection of ${keys.length}, needs 2 to ${MAX_MEMBERS} members`),
    );
  }
  const members: ModelMember[] = [];
  let inputs: readonly ModelInput[] = [];
  let vectors = 0;
  for (let i = 0; i < keys.length; i++) {
    const read = readCollectionMember(json[String(i)], source, i, MAX_VECTORS - vectors);
    if (E.isLeft(read)) return read;
    if (i === 0) inputs = read.right.inputs;
    else if (!sameInputs(inputs, read.right.inputs)) {
      return E.left(
        flawError({ source, path: `${i}.model_dict` })({
          path: 'feature_names',
          problem: 'differs from that of member 0 in names, order or options',
        }),
      );
    }
    vectors += read.right.member.svm.count;
    members.push(read.right.member);
  }
  return E.right(assemble('bootstrap', source, inputs, members));
};

const readCollectionMember = (
  json: unknown,
  source: string,
  index: number,
  maxVectors: number,
): E.Either<TinyVmafError, { inputs: readonly ModelInput[]; member: ModelMember }> => {
  const place: Place = { source, path: `${index}.model_dict` };
  return F.pipe(
    decodeDict(json, source, `${index}.`),
    E.chain((dict) => checkType(dict, place, MEMBER_TYPES)),
    E.bindTo('dict'),
    E.bind('inputs', ({ dict }) => F.pipe(readInputs(dict), E.mapLeft(flawError(place)))),
    E.bind('member', ({ dict }) => readMember(dict, place, maxVectors)),
  );
};

const sameInputs = (a: readonly ModelInput[], b: readonly ModelInput[]): boolean =>
  JSON.stringify(a.map(comparable)) === JSON.stringify(b.map(comparable));

const comparable = ({ featureName, options }: ModelInput): unknown => [
  featureName,
  Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)),
];

const assemble = (
  kind: Model['kind'],
  source: string,
  inputs: readonly ModelInput[],
  members: readonly ModelMember[],
): Model => {
  const main = members[0];
  return {
    kind,
    source,
    inputs,
    members,
    ...(main?.clip === undefined ? {} : { clip: main.clip }),
    hasTransform: main?.transform !== undefined,
    transformEnabled: main?.transform?.enabled ?? false,
  };
};
