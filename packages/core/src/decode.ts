/**
 * From io-ts's validation errors to sentences a person can act on: the path of
 * the value, what was expected, and what was there. Used wherever data from
 * outside (JSON, options) passes a codec.
 */
import { either as E } from 'fp-ts';
import type * as t from 'io-ts';
import { printable, type TinyVmafError } from './errors.js';

/** One broken rule of decoded data. */
export interface DecodeIssue {
  /** Keys joined by dots: `model_dict.slopes.3`; empty for the value itself. */
  readonly path: string;
  /** `expected number, got "x"`. */
  readonly problem: string;
}

/** Issues beyond this many are not listed. */
const MAX_ISSUES = 20;

/**
 * The issues of a failed decoding, one per path: alternatives of a union are
 * joined by `or`. At most 20.
 */
export const reportErrors = (errors: t.Errors): readonly DecodeIssue[] => {
  const byPath = new Map<string, { readonly expected: Set<string>; readonly got: string }>();
  for (const error of errors) {
    const path = pathOf(error.context);
    const known = byPath.get(path);
    if (known === undefined && byPath.size === MAX_ISSUES) break;
    const entry = known ?? { expected: new Set<string>(), got: show(error.value) };
    entry.expected.add(error.message ?? expectation(error.context.at(-1)?.type));
    byPath.set(path, entry);
  }
  return [...byPath].map(([path, { expected, got }]) => ({
    path,
    problem: `expected ${[...expected].join(' or ')}, got ${got}`,
  }));
};

/** Issues as one line: `model_dict.slopes.3: expected number, got "x"; ...`. */
export const issuesText = (issues: readonly DecodeIssue[]): string =>
  issues.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)).join('; ');

/**
 * Decodes with a codec.
 * @param toError makes the error of the caller's kind from the issues (at least one).
 */
export const decodeWith = <A>(
  codec: t.Decoder<unknown, A>,
  value: unknown,
  toError: (issues: readonly DecodeIssue[]) => TinyVmafError,
): E.Either<TinyVmafError, A> =>
  E.mapLeft((errors: t.Errors) => toError(reportErrors(errors)))(codec.decode(value));

// A union or intersection numbers its members; those numbers are no keys of the data.
const NUMBERED = new Set(['UnionType', 'IntersectionType']);

// These stand for the type inside them: its numbers, or its keys, come next.
const WRAPPERS = new Set(['RefinementType', 'ExactType', 'ReadonlyType']);

const inner = (type: t.Decoder<unknown, unknown>): t.Decoder<unknown, unknown> =>
  WRAPPERS.has(tagOf(type)) && 'type' in type
    ? inner(type.type as t.Decoder<unknown, unknown>)
    : type;

const pathOf = (context: t.Context): string =>
  context
    .filter((entry, i) => {
      const parent = context[i - 1];
      return entry.key !== '' && parent !== undefined && !NUMBERED.has(tagOf(inner(parent.type)));
    })
    .map((entry) => entry.key)
    .join('.');

const OBJECTS = new Set([
  'InterfaceType',
  'PartialType',
  'StrictType',
  'DictionaryType',
  'AnyDictionaryType',
  'IntersectionType',
  'ExactType',
]);
const ARRAYS = new Set(['ArrayType', 'ReadonlyArrayType', 'TupleType', 'AnyArrayType']);

/** What a codec wants, in few words: io-ts's names of structures spell out all members. */
const expectation = (type: t.Decoder<unknown, unknown> | undefined): string => {
  if (type === undefined) return 'another value';
  const tag = tagOf(type);
  if (tag === 'ReadonlyType' && 'type' in type) {
    return expectation(type.type as t.Decoder<unknown, unknown>);
  }
  return OBJECTS.has(tag) ? 'an object' : ARRAYS.has(tag) ? 'an array' : type.name;
};

const tagOf = (type: t.Decoder<unknown, unknown>): string =>
  '_tag' in type && typeof type._tag === 'string' ? type._tag : '';

const show = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return printable(value);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
};
