/**
 * Runs ONNX models in plain TypeScript: the operators are put in a program
 * once, what depends on weights alone is computed once, and results are let go
 * after their last use. Whatever a file asks for stays within a budget.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { RunError, type Budget, type Operator, type Tensor } from './compute.js';
import { OPERATORS } from './operators.js';
import type { OnnxModel, OnnxNode } from './types.js';

/** Newest set of standard operators whose meaning here is known to be the same. */
export const MAX_OPSET = 22;

/** A model that can be run. */
export interface OnnxProgram {
  /** The model. */
  readonly model: OnnxModel;
  /**
   * Computes values by name.
   * @param inputs a tensor for each input of the model.
   * @param wanted names of outputs, or of any result on the way.
   * @returns the tensors in that order, or `ModelFormat` naming the operator.
   */
  run(
    inputs: ReadonlyMap<string, Tensor>,
    wanted: readonly string[],
    budget?: Budget,
  ): E.Either<TinyVmafError, readonly Tensor[]>;
}

/** What one run may cost unless said otherwise: 256 MiB of doubles in one tensor, seconds of work. */
export const runBudget = (): Budget => ({
  maxElements: 2 ** 25,
  elements: 2 ** 28,
  work: 2 ** 34,
});

/** What constants of a file may cost when it is loaded. */
const loadBudget = (): Budget => ({ maxElements: 2 ** 24, elements: 2 ** 25, work: 2 ** 30 });

interface Step {
  readonly node: OnnxNode;
  readonly operator: Operator;
  readonly place: string;
}

class Failure extends Error {
  constructor(
    readonly place: string,
    readonly problem: string,
  ) {
    super(problem);
  }
}

/**
 * Makes a program of a model.
 * @param source what errors call the model.
 * @returns `ModelFormat` for operators that are not known here, operands that
 *   nothing makes, or weights that are in a file that was not given.
 */
export const createProgram = (
  model: OnnxModel,
  source: string,
): E.Either<TinyVmafError, OnnxProgram> => {
  const fail = ({ place, problem }: Failure): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'ModelFormat', source, path: place, problem });
  const guarded = <A>(make: () => A): E.Either<TinyVmafError, A> => {
    try {
      return E.right(make());
    } catch (error) {
      if (error instanceof Failure) return fail(error);
      throw error;
    }
  };
  return guarded(() => {
    const { constants, steps } = plan(model);
    return {
      model,
      run: (inputs, wanted, budget = runBudget()) =>
        guarded(() => execute(constants, steps, inputs, wanted, budget)),
    };
  });
};

/** Checks the operators and computes what needs no input. */
const plan = (
  model: OnnxModel,
): { readonly constants: ReadonlyMap<string, Tensor>; readonly steps: readonly Step[] } => {
  if (model.opset > MAX_OPSET) {
    throw new Failure('opset_import', `version ${model.opset}; at most ${MAX_OPSET} is known`);
  }
  const constants = new Map<string, Tensor>();
  for (const { name, type, dims, data, external } of model.initializers) {
    if (external !== undefined && data.length === 0) {
      throw new Failure(
        `initializer ${JSON.stringify(name)}`,
        `its numbers are in another file, ${JSON.stringify(external.location)}`,
      );
    }
    constants.set(name, { type, dims, data });
  }
  const known = new Set([...constants.keys(), ...model.inputs.map(({ name }) => name)]);
  const budget = loadBudget();
  const steps: Step[] = [];
  for (const [index, node] of model.nodes.entries()) {
    const place = `node ${index} (${node.op})`;
    const operator = node.domain === '' ? OPERATORS.get(node.op) : undefined;
    if (operator === undefined) {
      throw new Failure(
        place,
        `the operator ${JSON.stringify(node.op)}${node.domain === '' ? '' : ` of ${JSON.stringify(node.domain)}`} is not known`,
      );
    }
    for (const name of node.inputs) {
      if (name !== '' && !known.has(name)) {
        throw new Failure(place, `nothing before it makes its operand ${JSON.stringify(name)}`);
      }
    }
    for (const name of node.outputs) {
      if (known.has(name))
        throw new Failure(place, `its result ${JSON.stringify(name)} is there already`);
      if (name !== '') known.add(name);
    }
    const step = { node, operator, place };
    if (node.inputs.every((name) => name === '' || constants.has(name))) {
      compute(step, constants, budget);
    } else steps.push(step);
  }
  for (const { name } of model.outputs) {
    if (!known.has(name)) throw new Failure(`output ${JSON.stringify(name)}`, 'nothing makes it');
  }
  return { constants, steps };
};

const compute = (
  { node, operator, place }: Step,
  values: Map<string, Tensor>,
  budget: Budget,
): void => {
  const inputs = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
  let results: readonly Tensor[];
  try {
    results = operator(node, inputs, budget);
  } catch (error) {
    if (error instanceof RunError) throw new Failure(place, error.message);
    throw error;
  }
  for (const [i, name] of node.outputs.entries()) {
    const result = results[i];
    if (name === '') continue;
    if (result === undefined) throw new Failure(place, `has no result ${i}`);
    values.set(name, result);
  }
};

const execute = (
  constants: ReadonlyMap<string, Tensor>,
  steps: readonly Step[],
  inputs: ReadonlyMap<string, Tensor>,
  wanted: readonly string[],
  budget: Budget,
): readonly Tensor[] => {
  const values = new Map([...constants, ...inputs]);
  const lastUse = new Map<string, number>();
  for (const [i, { node }] of steps.entries()) {
    for (const name of node.inputs) lastUse.set(name, i);
  }
  for (const name of wanted) lastUse.delete(name);
  for (const [i, step] of steps.entries()) {
    if (wanted.every((name) => values.has(name))) break;
    for (const name of step.node.inputs) {
      if (name !== '' && !values.has(name)) {
        throw new Failure(step.place, `no value is given for ${JSON.stringify(name)}`);
      }
    }
    compute(step, values, budget);
    for (const name of step.node.inputs) {
      if (lastUse.get(name) === i && !constants.has(name)) values.delete(name);
    }
  }
  return wanted.map((name) => {
    const value = values.get(name);
    if (value === undefined) throw new Failure(`value ${JSON.stringify(name)}`, 'nothing makes it');
    return value;
  });
};
