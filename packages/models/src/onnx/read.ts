/**
 * Reads ONNX files of anybody: what is there is parsed, what is damaged or
 * hostile is a typed error. No size in the file is believed before the bytes
 * that it speaks of have been seen, so memory stays within a small multiple of
 * the file. Operators are not judged here; see `runOnnx`.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import { externalFiles, readTensor, type ExternalFiles } from './tensor.js';
import {
  elementType,
  type Attribute,
  type ElementType,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './types.js';
import {
  asEntry,
  asFloat,
  asInteger,
  asIntegers,
  asMessage,
  asNumbers,
  asText,
  fields,
  WireError,
  type Field,
  type Slice,
} from './wire.js';

/** Largest file that is read, and largest file of weights beside it: bytes. */
export const MAX_ONNX_BYTES = 64 * 2 ** 20;

/** Most operators, initializers, inputs and outputs of a file. */
const MAX_PARTS = 20_000;

/** How a file is read. */
export interface ReadOptions {
  /** What errors call it. */
  readonly source?: string;
  /**
   * Bytes of a file of weights, by the name that the model gives it. Without
   * it, models that keep weights elsewhere are refused.
   */
  readonly external?: (location: string) => Uint8Array | undefined;
}

/**
 * Reads a model.
 * @returns the model, or `ModelFormat` with the place. A tensor whose numbers
 *   are in another file that was not given has no data and says where it is;
 *   `createStudent` refuses it.
 */
export const readOnnx = (
  bytes: Uint8Array,
  { source = 'The model', external }: ReadOptions = {},
): E.Either<TinyVmafError, OnnxModel> => {
  const fail = (path: string, problem: string): E.Either<TinyVmafError, never> =>
    E.left({ _tag: 'ModelFormat', source, path, problem });
  if (bytes.length > MAX_ONNX_BYTES) {
    return fail('file', `has ${bytes.length} bytes; at most ${MAX_ONNX_BYTES} are taken`);
  }
  if (bytes.length === 0) return fail('file', 'is empty');
  try {
    const files = external && externalFiles(external, MAX_ONNX_BYTES);
    return E.right(readModel({ bytes, offset: 0 }, files));
  } catch (error) {
    if (error instanceof WireError) return fail(`byte ${error.offset}`, error.problem);
    throw error;
  }
};

type External = ExternalFiles | undefined;

const limited = <A>(list: A[], item: A, offset: number, what: string): void => {
  if (list.length >= MAX_PARTS) throw new WireError(offset, `more than ${MAX_PARTS} ${what}`);
  list.push(item);
};

const readModel = (slice: Slice, external: External): OnnxModel => {
  let irVersion = 0;
  let opset = 0;
  let producer = '';
  let graph: Slice | undefined;
  const metadata = new Map<string, string>();
  for (const each of fields(slice)) {
    switch (each.field) {
      case 1:
        irVersion = asInteger(each);
        break;
      case 2:
        producer = asText(each);
        break;
      case 7:
        if (graph !== undefined) throw new WireError(each.offset, 'a second graph');
        graph = asMessage(each);
        break;
      case 8: {
        const [domain, version] = readOpset(asMessage(each));
        if (domain === '' || domain === 'ai.onnx') opset = version;
        break;
      }
      case 14: {
        const [key, value] = asEntry(each);
        if (metadata.has(key)) throw new WireError(each.offset, 'a second text under the same key');
        if (metadata.size >= MAX_PARTS) throw new WireError(each.offset, 'too many texts');
        metadata.set(key, value);
        break;
      }
    }
  }
  if (graph === undefined) throw new WireError(0, 'there is no graph; this is not an ONNX model');
  if (opset < 1) throw new WireError(0, 'no version of the standard operators is given');
  return { irVersion, opset, producer, metadata, ...readGraph(graph, external) };
};

const readOpset = (slice: Slice): readonly [string, number] => {
  let domain = '';
  let version = 0;
  for (const each of fields(slice)) {
    if (each.field === 1) domain = asText(each);
    if (each.field === 2) version = asInteger(each);
  }
  return [domain, version];
};

const readGraph = (
  slice: Slice,
  external: External,
): Pick<OnnxModel, 'nodes' | 'initializers' | 'inputs' | 'outputs'> => {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  for (const each of fields(slice)) {
    const { field, offset } = each;
    if (field === 1) limited(nodes, readNode(asMessage(each)), offset, 'operators');
    if (field === 5) {
      limited(initializers, readTensor(asMessage(each), external), offset, 'initializers');
    }
    if (field === 11) limited(inputs, readValue(asMessage(each)), offset, 'inputs');
    if (field === 12) limited(outputs, readValue(asMessage(each)), offset, 'outputs');
    if (field === 15) throw new WireError(offset, 'sparse initializers are not supported');
  }
  const names = new Set<string>();
  for (const { name } of initializers) {
    if (names.has(name))
      throw new WireError(slice.offset, `two initializers ${JSON.stringify(name)}`);
    names.add(name);
  }
  // Old files list initializers among the inputs.
  return { nodes, initializers, inputs: inputs.filter(({ name }) => !names.has(name)), outputs };
};

const readNode = (slice: Slice): OnnxNode => {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let op = '';
  let domain = '';
  for (const each of fields(slice)) {
    switch (each.field) {
      case 1:
        limited(inputs, asText(each), each.offset, 'operands');
        break;
      case 2:
        limited(outputs, asText(each), each.offset, 'results');
        break;
      case 4:
        op = asText(each);
        break;
      case 5: {
        const [name, value] = readAttribute(asMessage(each));
        attributes.set(name, value);
        break;
      }
      case 7:
        domain = asText(each);
        break;
    }
  }
  return { op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs, attributes };
};

const readAttribute = (slice: Slice): readonly [string, Attribute] => {
  let name = '';
  let value: Attribute = { kind: 'other' };
  const ints: number[] = [];
  const floats: number[] = [];
  const more = (list: number[], items: readonly number[], { offset }: Field): void => {
    for (const item of items) limited(list, item, offset, 'numbers in an attribute');
  };
  for (const each of fields(slice)) {
    switch (each.field) {
      case 1:
        name = asText(each);
        break;
      case 2:
        value = { kind: 'float', value: asFloat(each) };
        break;
      case 3:
        value = { kind: 'int', value: asInteger(each) };
        break;
      case 4:
        value = { kind: 'string', value: asText(each) };
        break;
      case 5:
        value = { kind: 'tensor', value: readTensor(asMessage(each), undefined) };
        break;
      case 7:
        more(floats, asNumbers(each, 4), each);
        value = { kind: 'floats', value: floats };
        break;
      case 8:
        more(ints, asIntegers(each), each);
        value = { kind: 'ints', value: ints };
        break;
    }
  }
  return [name, value];
};

/** A `ValueInfoProto`: name, and of its type what tensors have. */
const readValue = (slice: Slice): OnnxValue => {
  let name = '';
  let type: ElementType | undefined;
  let dims: (number | string)[] | undefined;
  for (const each of fields(slice)) {
    if (each.field === 1) name = asText(each);
    if (each.field !== 2) continue;
    for (const kind of fields(asMessage(each))) {
      if (kind.field !== 1) continue;
      for (const part of fields(asMessage(kind))) {
        if (part.field === 1) type = elementType(asInteger(part));
        if (part.field === 2) dims = readShape(asMessage(part));
      }
    }
  }
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(dims === undefined ? {} : { dims }),
  };
};

const readShape = (slice: Slice): (number | string)[] => {
  const dims: (number | string)[] = [];
  for (const each of fields(slice)) {
    if (each.field !== 1) continue;
    let dim: number | string = '';
    for (const part of fields(asMessage(each))) {
      if (part.field === 1) dim = asInteger(part);
      if (part.field === 2) dim = asText(part);
    }
    limited(dims, dim, each.offset, 'dimensions');
  }
  return dims;
};
