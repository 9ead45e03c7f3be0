/** Attributes of operators, and lists that old files have as attributes and new ones as operands. */
import { RunError, type Tensor } from './compute.js';
import type { OnnxNode } from './types.js';

/** An integer attribute. */
export const integerOf = (node: OnnxNode, name: string, preset?: number): number => {
  const attribute = node.attributes.get(name);
  if (attribute === undefined && preset !== undefined) return preset;
  if (attribute?.kind !== 'int') throw new RunError(`attribute ${name} must be an integer`);
  return attribute.value;
};

/** A number attribute. */
export const floatOf = (node: OnnxNode, name: string, preset: number): number => {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return preset;
  if (attribute.kind !== 'float') throw new RunError(`attribute ${name} must be a number`);
  return attribute.value;
};

/** Integers of an operand, or of the attribute that old files have instead. */
export const integersOf = (
  node: OnnxNode,
  inputs: readonly (Tensor | undefined)[],
  at: number,
  name: string,
): readonly number[] | undefined => {
  const given = inputs[at];
  if (given !== undefined) return Array.from(given.data);
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return undefined;
  if (attribute.kind !== 'ints') throw new RunError(`attribute ${name} must be integers`);
  return attribute.value;
};
