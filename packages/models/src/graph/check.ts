/**
 * Checks graphs that others made: plugins may write a graph by hand, without
 * the builder. After the check every operand is an earlier node, every shape
 * is the one that follows, and the output is a score.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import type { LayerGraph, Operation, Shape } from './graph.js';
import { inferShape, nodeName, operands, outputShape, shapeText } from './shape.js';

/** Most nodes of a graph. */
export const MAX_NODES = 10_000;

const OPERATIONS: Readonly<Record<Operation['op'], true>> = {
  input: true,
  mask: true,
  parameter: true,
  constant: true,
  add: true,
  subtract: true,
  multiply: true,
  matmul: true,
  transpose: true,
  relu: true,
  exp: true,
  scale: true,
  softmax: true,
  sum: true,
  clip: true,
  distances: true,
};

interface Problem {
  readonly node: string;
  readonly problem: string;
}

/**
 * Checks a graph: operations, operands, shapes, names, output.
 * @param name what errors call it.
 * @returns the graph itself, or `ArchitectureShape` naming the node.
 */
export const checkGraph = (
  graph: LayerGraph,
  name: string,
): E.Either<TinyVmafError, LayerGraph> => {
  let problem: Problem | undefined;
  try {
    problem = firstProblem(graph);
  } catch (cause) {
    // Not even the form of a graph: fields that are missing or of another kind.
    problem = {
      node: 'the graph',
      problem: `has not the form of a layer graph (${String(cause)})`,
    };
  }
  return problem === undefined
    ? E.right(graph)
    : E.left({ _tag: 'ArchitectureShape', architecture: name, ...problem });
};

const sameShape = (a: Shape, b: Shape): boolean => a[0] === b[0] && a[1] === b[1];

const firstProblem = ({ kind, nodes, output }: LayerGraph): Problem | undefined => {
  const whole = (problem: string): Problem => ({ node: 'the graph', problem });
  if (!['frame', 'clip'].includes(kind))
    return whole(`kind must be frame or clip, is ${String(kind)}`);
  if (nodes.length > MAX_NODES)
    return whole(`${nodes.length} nodes; at most ${MAX_NODES} are taken`);
  const names = new Set<string>();
  for (const [index, { operation, shape }] of nodes.entries()) {
    if (!Object.hasOwn(OPERATIONS, operation.op)) {
      return { node: `node ${index}`, problem: `there is no operation ${String(operation.op)}` };
    }
    const at = nodeName(index, operation);
    for (const operand of operands(operation)) {
      if (!(Number.isInteger(operand) && operand >= 0 && operand < index)) {
        return { node: at, problem: `there is no node ${String(operand)} before it` };
      }
    }
    const inferred = inferShape(kind, operation, nodes, shape);
    if ('problem' in inferred) return { node: at, problem: inferred.problem };
    if (!sameShape(inferred.shape, shape)) {
      return {
        node: at,
        problem: `says it is ${shapeText(shape)} and is ${shapeText(inferred.shape)}`,
      };
    }
    if (operation.op === 'parameter') {
      if (names.has(operation.name))
        return { node: at, problem: 'another parameter has that name' };
      names.add(operation.name);
    }
  }
  const wanted = outputShape(kind);
  const last = nodes[output];
  if (last === undefined) return whole(`there is no node ${String(output)} to be the output`);
  return sameShape(last.shape, wanted)
    ? undefined
    : {
        node: nodeName(output, last.operation),
        problem: `the output of a ${kind} model must be ${shapeText(wanted)}, is ${shapeText(last.shape)}`,
      };
};
