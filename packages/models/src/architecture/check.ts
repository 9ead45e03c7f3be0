/**
 * Takes architectures from others: checks that a value keeps the contract, and
 * builds its graph from options of any kind without letting anything be thrown.
 */
import {
  issuesText,
  printable,
  reportErrors,
  TinyVmafException,
  type TinyVmafError,
} from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import * as t from 'io-ts';
import { checkGraph } from '../graph/check.js';
import type { LayerGraph } from '../graph/graph.js';
import { ARCHITECTURE_API, type Architecture } from './architecture.js';

const failed = (architecture: string, problem: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'ArchitectureApi', architecture, problem });

const ID = /^[a-z0-9][a-z0-9-]{0,63}(\/[a-z0-9][a-z0-9-]{0,63})?$/;

/** A codec: an object that decodes. Not by its class, which may come from another copy of io-ts. */
const codec = t.refinement(
  t.unknown,
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'decode' in value &&
    typeof value.decode === 'function',
  'an io-ts codec',
);

const positive = t.refinement(t.Integer, (value) => value >= 1, 'an integer >= 1');

const contract = t.intersection([
  t.type({
    id: t.refinement(t.string, (value) => ID.test(value), 'an id such as a1 or acme/my-arch'),
    title: t.string,
    version: positive,
    input: t.keyof({ frame: null, clip: null }),
    options: codec,
    build: t.Function,
  }),
  t.partial({
    budget: t.intersection([
      t.type({ tier: t.keyof({ nano: null, tiny: null, small: null }) }),
      t.partial({ onnxBytes: positive }),
    ]),
    recipe: t.UnknownRecord,
  }),
]);

/**
 * Checks that a value is an architecture.
 * @param name what errors call it: the name or path it was found under.
 * @returns the same value, or `ArchitectureApi` with the rule and what was found.
 */
export const checkArchitecture = (
  value: unknown,
  name: string,
): E.Either<TinyVmafError, Architecture> => {
  if (typeof value !== 'object' || value === null) {
    return failed(
      name,
      `its default export must be an architecture, is ${value === null ? 'null' : typeof value}`,
    );
  }
  const version: unknown = 'apiVersion' in value ? value.apiVersion : undefined;
  if (version !== ARCHITECTURE_API) {
    return failed(
      name,
      `apiVersion must be ${ARCHITECTURE_API}, is ${typeof version === 'number' ? version : version === undefined ? 'absent' : 'no number'}`,
    );
  }
  const decoded = contract.decode(value);
  return E.isLeft(decoded)
    ? failed(name, issuesText(reportErrors(decoded.left)))
    : // What decoding returns may be a copy without methods of a class.
      E.right(value as Architecture);
};

/**
 * The checked graph of an architecture.
 * @param options hyper-parameters as they came from outside; what is missing gets its default.
 * @returns the graph and the decoded options; `BadArgument` for options that the
 *   architecture does not take, `ArchitectureShape` naming the node,
 *   `ArchitectureApi` where `build` throws something else or its graph is of the
 *   other kind.
 */
export const buildArchitecture = <Options>(
  architecture: Architecture<Options>,
  options: unknown = {},
): E.Either<TinyVmafError, { readonly graph: LayerGraph; readonly options: Options }> => {
  const { id } = architecture;
  return F.pipe(
    guarded(id, () => architecture.options.decode(options)),
    E.flatMap(
      E.mapLeft((errors): TinyVmafError => ({
        _tag: 'BadArgument',
        argument: `options of ${id}`,
        rule: `are wrong: ${issuesText(reportErrors(errors))}`,
      })),
    ),
    E.flatMap((decoded) =>
      F.pipe(
        guarded(id, () => architecture.build(decoded)),
        E.flatMap((graph) => checkGraph(graph, id)),
        E.flatMap((graph) =>
          graph.kind === architecture.input
            ? E.right({ graph, options: decoded })
            : failed(id, `input is ${architecture.input}, and build makes a ${graph.kind} model`),
        ),
      ),
    ),
  );
};

const guarded = <A>(id: string, run: () => A): E.Either<TinyVmafError, A> =>
  E.tryCatch(run, (thrown): TinyVmafError =>
    thrown instanceof TinyVmafException
      ? thrown.error
      : {
          _tag: 'ArchitectureApi',
          architecture: id,
          problem: `it throws ${printable(String(thrown))}`,
          cause: thrown,
        },
  );
