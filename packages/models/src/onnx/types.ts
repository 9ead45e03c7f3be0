/**
 * An ONNX file as plain data: the part of its schema that tiny regressors use.
 * The writer takes it, the reader gives it, the runner evaluates it.
 */

/** Element types of ONNX that are understood: the numbers of `TensorProto.DataType`. */
export const TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float64: 11 } as const;

/** Name of an element type. */
export type ElementType = keyof typeof TYPE;

const NAMES = new Map<number, ElementType>(
  Object.entries(TYPE).map(([name, number]) => [number, name as ElementType]),
);

/** Element type by its number in files; `undefined` for one that is not understood. */
export const elementType = (number: number): ElementType | undefined => NAMES.get(number);

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float64: 8,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
};

/** Zeros of an element type. */
export const allocate = (type: ElementType, count: number): TensorData => {
  switch (type) {
    case 'float32':
      return new Float32Array(count);
    case 'float64':
    case 'int64':
      return new Float64Array(count);
    case 'int32':
      return new Int32Array(count);
    case 'int8':
      return new Int8Array(count);
    case 'uint8':
      return new Uint8Array(count);
  }
};

/** Numbers of a tensor. 64-bit integers are kept as doubles, all within 2^53. */
export type TensorData = Float32Array | Float64Array | Uint8Array | Int8Array | Int32Array;

/** Weights that a file keeps in another one. */
export interface ExternalData {
  /** The other file, as the file writes it. */
  readonly location: string;
  /** First byte. */
  readonly offset: number;
  /** Number of bytes; to the end where nothing is said. */
  readonly length?: number;
}

/** A named array of numbers in a file. */
export interface OnnxTensor {
  /** Its name; empty for the value of an attribute. */
  readonly name: string;
  /** Element type. */
  readonly type: ElementType;
  /** Sizes; none for a single number. */
  readonly dims: readonly number[];
  /** The numbers, row by row; none while they are in another file. */
  readonly data: TensorData;
  /** Where the numbers are, if not in this file. */
  readonly external?: ExternalData;
}

/** Value of a node's attribute. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  /** A sub-graph or another kind that no operator here uses. */
  | { readonly kind: 'other' };

/** An operator with its operands. */
export interface OnnxNode {
  /** Operator: `MatMul`. */
  readonly op: string;
  /** Operator set; empty for the standard one. */
  readonly domain: string;
  /** Names of operands; an empty name is an optional one left out. */
  readonly inputs: readonly string[];
  /** Names of results. */
  readonly outputs: readonly string[];
  /** Attributes by name. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output of the graph. */
export interface OnnxValue {
  /** Its name. */
  readonly name: string;
  /** Element type; absent where unknown here. */
  readonly type?: ElementType;
  /** Sizes: numbers, or names of sizes that are free; absent where not said. */
  readonly dims?: readonly (number | string)[];
}

/** A whole file. */
export interface OnnxModel {
  /** Version of the format itself. */
  readonly irVersion: number;
  /** Version of the standard operators. */
  readonly opset: number;
  /** Program that wrote it. */
  readonly producer: string;
  /** Text by key. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Operators, in order. */
  readonly nodes: readonly OnnxNode[];
  /** Weights and constants. */
  readonly initializers: readonly OnnxTensor[];
  /** Inputs, initializers not among them. */
  readonly inputs: readonly OnnxValue[];
  /** Outputs. */
  readonly outputs: readonly OnnxValue[];
}
