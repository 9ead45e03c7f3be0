/**
 * Writes ONNX: the few messages of its protobuf schema that {@link OnnxModel}
 * has. Fields that are at their default are left out, numbers are raw bytes in
 * little-endian order, nothing depends on time or machine.
 */
import {
  ELEMENT_BYTES,
  TYPE,
  type Attribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './types.js';

/** Bytes of a message, in parts. */
type Parts = readonly Uint8Array[];

const join = (parts: Parts): Uint8Array => {
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** An integer in 7-bit groups, lowest first; negative ones as 64-bit two's complement. */
const varint = (value: number): Uint8Array => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
};

const integer = (field: number, value: number): Parts => [varint(field << 3), varint(value)];
const bytes = (field: number, value: Uint8Array): Parts => [
  varint((field << 3) | 2),
  varint(value.length),
  value,
];
const text = (field: number, value: string): Parts => bytes(field, new TextEncoder().encode(value));
const message = (field: number, parts: Parts): Parts => bytes(field, join(parts));
const float = (field: number, value: number): Parts => {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setFloat32(0, value, true);
  return [varint((field << 3) | 5), out];
};

/** Numbers in little-endian order, whatever the machine's own is. */
const rawData = ({ type, data }: OnnxTensor): Uint8Array => {
  const size = ELEMENT_BYTES[type];
  const out = new Uint8Array(data.length * size);
  const view = new DataView(out.buffer);
  for (const [i, value] of data.entries()) {
    switch (type) {
      case 'float32':
        view.setFloat32(i * size, value, true);
        break;
      case 'float64':
        view.setFloat64(i * size, value, true);
        break;
      case 'int64':
        view.setBigInt64(i * size, BigInt(value), true);
        break;
      case 'int32':
        view.setInt32(i * size, value, true);
        break;
      case 'int8':
        view.setInt8(i, value);
        break;
      case 'uint8':
        view.setUint8(i, value);
        break;
    }
  }
  return out;
};

const tensor = (each: OnnxTensor): Parts => [
  ...each.dims.flatMap((dim) => integer(1, dim)),
  ...integer(2, TYPE[each.type]),
  ...(each.name === '' ? [] : text(8, each.name)),
  ...bytes(9, rawData(each)),
];

/** Numbers of `AttributeProto.AttributeType`. */
const KIND = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

const attribute = (name: string, value: Attribute): Parts => {
  if (value.kind === 'other') return [];
  const content = (): Parts => {
    switch (value.kind) {
      case 'float':
        return float(2, value.value);
      case 'int':
        return integer(3, value.value);
      case 'string':
        return text(4, value.value);
      case 'tensor':
        return message(5, tensor(value.value));
      case 'floats':
        return value.value.flatMap((each) => float(7, each));
      case 'ints':
        return value.value.flatMap((each) => integer(8, each));
    }
  };
  return [...text(1, name), ...content(), ...integer(20, KIND[value.kind])];
};

const node = (each: OnnxNode): Parts => [
  ...each.inputs.flatMap((name) => text(1, name)),
  ...each.outputs.flatMap((name) => text(2, name)),
  ...text(4, each.op),
  ...[...each.attributes].flatMap(([name, value]) => message(5, attribute(name, value))),
  ...(each.domain === '' ? [] : text(7, each.domain)),
];

const value = ({ name, type, dims }: OnnxValue): Parts => {
  const shape = (dims ?? []).flatMap((dim) =>
    message(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim)),
  );
  const tensorType = [
    ...(type === undefined ? [] : integer(1, TYPE[type])),
    ...(dims === undefined ? [] : message(2, shape)),
  ];
  return [...text(1, name), ...message(2, message(1, tensorType))];
};

/**
 * Bytes of a file.
 * @param model with its numbers inside: external data is not written.
 */
export const writeOnnx = (model: OnnxModel): Uint8Array => {
  const graph: Parts = [
    ...model.nodes.flatMap((each) => message(1, node(each))),
    // A graph must have a name; nobody reads it.
    ...text(2, 'g'),
    ...model.initializers.flatMap((each) => message(5, tensor(each))),
    ...model.inputs.flatMap((each) => message(11, value(each))),
    ...model.outputs.flatMap((each) => message(12, value(each))),
  ];
  return join([
    ...integer(1, model.irVersion),
    ...(model.producer === '' ? [] : text(2, model.producer)),
    ...message(7, graph),
    ...message(8, integer(2, model.opset)),
    ...[...model.metadata].flatMap(([key, content]) =>
      message(14, [...text(1, key), ...text(2, content)]),
    ),
  ]);
};
