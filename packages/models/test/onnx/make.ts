// The linear model of the public bug reports, 10 + 80 * adm2, as its own bytes:
// with weights inside or in another file, and whatever else a case wants.
import { writeOnnx, type OnnxModel, type OnnxNode, type OnnxTensor } from '@tinyvmaf/models';

const node = (op: string, inputs: readonly string[], output: string): OnnxNode => ({
  op,
  domain: '',
  inputs,
  outputs: [output],
  attributes: new Map(),
});

const WEIGHTS = Float32Array.of(80, 0, 0, 0, 0, 0);

/** Numbers of the matrix, as files hold them. */
export const WEIGHT_BYTES = new Uint8Array(WEIGHTS.buffer);

const tensor = (name: string, dims: readonly number[], data: Float32Array): OnnxTensor => ({
  name,
  type: 'float32',
  dims,
  data,
});

/** The model as data; parts may be replaced. */
export const linearModel = (changes: Partial<OnnxModel> = {}): OnnxModel => ({
  irVersion: 8,
  opset: 17,
  producer: 'hand',
  metadata: new Map(),
  nodes: [
    node('MatMul', ['features', 'W'], 'm'),
    node('Add', ['m', 'b'], 'y'),
    node('Squeeze', ['y', 'ax'], 'vmaf'),
  ],
  initializers: [
    tensor('W', [6, 1], WEIGHTS),
    tensor('b', [1], Float32Array.of(10)),
    { name: 'ax', type: 'int64', dims: [1], data: Float64Array.of(1) },
  ],
  inputs: [{ name: 'features', type: 'float32', dims: ['N', 6] }],
  outputs: [{ name: 'vmaf', type: 'float32', dims: ['N'] }],
  ...changes,
});

/** Its bytes. */
export const linearBytes = (changes: Partial<OnnxModel> = {}): Uint8Array =>
  writeOnnx(linearModel(changes));

// A tensor whose numbers are elsewhere cannot be written by our writer, which
// writes whole files only; so the fields are put together here.
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
const field = (number: number, bytes: readonly number[]): number[] => [
  ...varint((number << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const integer = (number: number, value: number): number[] => [
  ...varint(number << 3),
  ...varint(value),
];
const text = (number: number, value: string): number[] =>
  field(number, Array.from(new TextEncoder().encode(value)));

/** The same model with its matrix in another file. */
export const externalBytes = (location: string, offset = 0, length = 24): Uint8Array => {
  const entry = (key: string, value: string): number[] =>
    field(13, [...text(1, key), ...text(2, value)]);
  const matrix = [
    ...integer(1, 6),
    ...integer(1, 1),
    ...integer(2, 1),
    ...text(8, 'W'),
    ...entry('location', location),
    ...entry('offset', String(offset)),
    ...entry('length', String(length)),
    ...integer(14, 1),
  ];
  const nodes = [
    [...text(1, 'features'), ...text(1, 'W'), ...text(2, 'm'), ...text(4, 'MatMul')],
    [...text(1, 'm'), ...text(1, 'b'), ...text(2, 'y'), ...text(4, 'Add')],
    [...text(1, 'y'), ...text(1, 'ax'), ...text(2, 'vmaf'), ...text(4, 'Squeeze')],
  ];
  const bias = [...integer(1, 1), ...integer(2, 1), ...text(8, 'b'), ...field(9, [0, 0, 32, 65])];
  const axis = [
    ...integer(1, 1),
    ...integer(2, 7),
    ...text(8, 'ax'),
    ...field(9, [1, 0, 0, 0, 0, 0, 0, 0]),
  ];
  const value = (name: string, dims: readonly number[][]): number[] => [
    ...text(1, name),
    ...field(
      2,
      field(1, [
        ...integer(1, 1),
        ...field(
          2,
          dims.flatMap((dim) => field(1, dim)),
        ),
      ]),
    ),
  ];
  const graph = [
    ...nodes.flatMap((each) => field(1, each)),
    ...text(2, 'g'),
    ...field(5, matrix),
    ...field(5, bias),
    ...field(5, axis),
    ...field(11, value('features', [text(2, 'N'), integer(1, 6)])),
    ...field(12, value('vmaf', [text(2, 'N')])),
  ];
  return Uint8Array.from([
    ...integer(1, 8),
    ...field(7, graph),
    ...field(8, [...text(1, ''), ...integer(2, 17)]),
  ]);
};
