/**
 * Collects the operators and initializers of a file while a graph is lowered:
 * short names, one copy of each small constant, and numbers in the smallest
 * form that gives the same doubles.
 */
import type { Attribute, ElementType, OnnxNode, OnnxTensor, TensorData } from './types.js';

/** Collects operators and initializers. */
export interface Emitter {
  /** Adds an operator and hands back the name of its result. */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, number>>,
  ): string;
  /** Adds an operator whose result has a given name. */
  named(
    output: string,
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, number>>,
  ): void;
  /** Adds an initializer and hands back its name. */
  tensor(type: ElementType, dims: readonly number[], data: TensorData): string;
  /** A double without dimensions; equal ones are one. */
  scalar(value: number): string;
  /** A list of one axis; equal ones are one. */
  axis(value: number): string;
  /** Doubles of any dimensions, kept in binary32 where they are such numbers and that is smaller. */
  doubles(dims: readonly number[], values: Float64Array): string;
  /** What was added. */
  readonly nodes: readonly OnnxNode[];
  /** What was added. */
  readonly initializers: readonly OnnxTensor[];
}

/** Up to so many numbers the operator that widens binary32 weighs more than it saves. */
const SMALL = 6;

/** Names `a`, `b`, ... `z`, `ba`, `bb`, ... */
const shortName = (index: number): string => {
  let name = '';
  let rest = index;
  do {
    name = String.fromCharCode(97 + (rest % 26)) + name;
    rest = Math.floor(rest / 26);
  } while (rest > 0);
  return name;
};

/** @param reserved names of inputs and outputs. */
export const createEmitter = (reserved: readonly string[]): Emitter => {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const known = new Map<string, string>();
  let count = 0;
  const fresh = (): string => {
    const name = shortName(count++);
    return reserved.includes(name) ? fresh() : name;
  };
  const once = (key: string, make: () => string): string => {
    const name = known.get(key) ?? make();
    known.set(key, name);
    return name;
  };
  const emitter: Emitter = {
    nodes,
    initializers,
    node: (op, inputs, attributes) => {
      const output = fresh();
      emitter.named(output, op, inputs, attributes);
      return output;
    },
    named: (output, op, inputs, attributes = {}) => {
      const entries = Object.entries(attributes).map(([name, value]): [string, Attribute] => [
        name,
        { kind: 'int', value },
      ]);
      nodes.push({ op, domain: '', inputs, outputs: [output], attributes: new Map(entries) });
    },
    tensor: (type, dims, data) => {
      const name = fresh();
      initializers.push({ name, type, dims, data });
      return name;
    },
    // Object.is tells -0 from 0; the text of both is the same.
    scalar: (value) =>
      once(`scalar ${Object.is(value, -0) ? '-0' : value}`, () =>
        emitter.tensor('float64', [], Float64Array.of(value)),
      ),
    axis: (value) =>
      once(`axis ${value}`, () => emitter.tensor('int64', [1], Float64Array.of(value))),
    doubles: (dims, values) =>
      values.length > SMALL && values.every((value) => Math.fround(value) === value)
        ? emitter.node('Cast', [emitter.tensor('float32', dims, Float32Array.from(values))], {
            to: DOUBLE,
          })
        : emitter.tensor('float64', dims, values),
  };
  return emitter;
};

/** ONNX's numbers for binary64 and binary32 in `Cast`. */
export const DOUBLE = 11;
/** See {@link DOUBLE}. */
export const FLOAT = 1;
