// The linear model of cases.md A13, 10 + 80 * adm2, as bytes: its weights inside
// the file, or in another one, which our own writer refuses to make.
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

const floats = (...values: number[]): number[] => [
  ...new Uint8Array(Float32Array.from(values).buffer),
];

/** The matrix as files hold it: 24 bytes. */
export const WEIGHTS = Uint8Array.from(floats(80, 0, 0, 0, 0, 0));

const tensor = (
  name: string,
  type: number,
  dims: readonly number[],
  data: readonly number[],
): number[] => [
  ...dims.flatMap((dim) => integer(1, dim)),
  ...integer(2, type),
  ...text(8, name),
  ...data,
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

const node = (op: string, inputs: readonly string[], output: string): number[] => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(4, op),
];

/** The model's bytes. @param external name of the file that holds the matrix. */
export const linearModel = (external?: string): Uint8Array => {
  const elsewhere = (location: string): number[] => [
    ...[
      ['location', location],
      ['offset', '0'],
      ['length', '24'],
    ].flatMap(([key = '', entry = '']) => field(13, [...text(1, key), ...text(2, entry)])),
    ...integer(14, 1),
  ];
  const graph = [
    ...field(1, node('MatMul', ['features', 'W'], 'm')),
    ...field(1, node('Add', ['m', 'b'], 'y')),
    ...field(1, node('Squeeze', ['y', 'ax'], 'vmaf')),
    ...text(2, 'g'),
    ...field(
      5,
      tensor('W', 1, [6, 1], external === undefined ? field(9, [...WEIGHTS]) : elsewhere(external)),
    ),
    ...field(5, tensor('b', 1, [1], field(9, floats(10)))),
    ...field(5, tensor('ax', 7, [1], field(9, [1, 0, 0, 0, 0, 0, 0, 0]))),
    ...field(11, value('features', [text(2, 'N'), integer(1, 6)])),
    ...field(12, value('vmaf', [text(2, 'N')])),
  ];
  return Uint8Array.from([
    ...integer(1, 8),
    ...field(7, graph),
    ...field(8, [...text(1, ''), ...integer(2, 17)]),
  ]);
};
