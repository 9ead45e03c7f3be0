// Each operator of the runner against onnxruntime, on a model of one operator.
import { unwrap } from '@tinyvmaf/core';
import {
  createProgram,
  writeOnnx,
  type Attribute,
  type OnnxModel,
  type OnnxTensor,
  type Tensor,
} from '@tinyvmaf/models';
import { either as E } from 'fp-ts';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';

const float = (name: string, dims: number[], from = -1.5): OnnxTensor => ({
  name,
  type: 'float32',
  dims,
  data: Float32Array.from(
    { length: dims.reduce((a, b) => a * b, 1) },
    (_, i) => from + ((i * 7) % 11) * 0.37,
  ),
});
const ints = (name: string, values: number[]): OnnxTensor => ({
  name,
  type: 'int64',
  dims: [values.length],
  data: Float64Array.from(values),
});
const int = (value: number): Attribute => ({ kind: 'int', value });
const real = (value: number): Attribute => ({ kind: 'float', value });

interface Case {
  readonly op: string;
  readonly input: readonly number[];
  readonly more?: readonly OnnxTensor[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly from?: number;
}

const CASES: readonly Case[] = [
  ...['Abs', 'Exp', 'Erf', 'Identity', 'Neg', 'Relu', 'Sigmoid', 'Tanh'].map((op) => ({
    op,
    input: [3, 5],
  })),
  { op: 'Sqrt', input: [7], from: 0.1 },
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min'].flatMap((op) => [
    { op, input: [2, 3, 4], more: [float('b', [3, 1], 0.2)] },
    { op, input: [4], more: [float('b', [2, 3, 1], 0.2)] },
  ]),
  { op: 'Clip', input: [9], more: [float('lo', [], -0.3), float('hi', [], 0.9)] },
  { op: 'Concat', input: [2, 3], more: [float('b', [2, 2])], attributes: { axis: int(1) } },
  { op: 'Flatten', input: [2, 3, 4], attributes: { axis: int(2) } },
  {
    op: 'Gemm',
    input: [3, 2],
    more: [float('b', [2, 4]), float('c', [4])],
    attributes: { alpha: real(0.5), beta: real(2) },
  },
  {
    op: 'Gemm',
    input: [3, 2],
    more: [float('b', [4, 3]), float('c', [1])],
    attributes: { transA: int(1), transB: int(1) },
  },
  { op: 'MatMul', input: [3, 4], more: [float('b', [4, 2])] },
  { op: 'MatMul', input: [4], more: [float('b', [4, 2])] },
  { op: 'MatMul', input: [3, 4], more: [float('b', [4])] },
  { op: 'ReduceSum', input: [2, 3, 4], more: [ints('axes', [-1, 0])] },
  {
    op: 'ReduceSum',
    input: [2, 3, 4],
    more: [ints('axes', [1])],
    attributes: { keepdims: int(0) },
  },
  { op: 'ReduceSum', input: [2, 3] },
  { op: 'ReduceMean', input: [2, 3, 4], attributes: { axes: { kind: 'ints', value: [1] } } },
  { op: 'Reshape', input: [2, 6], more: [ints('shape', [0, 3, -1])] },
  { op: 'Softmax', input: [3, 4] },
  { op: 'Softmax', input: [3, 4, 2], attributes: { axis: int(1) } },
  { op: 'Squeeze', input: [1, 3, 1], more: [ints('axes', [-1])] },
  { op: 'Squeeze', input: [1, 3, 1] },
  { op: 'Transpose', input: [2, 3, 4] },
  { op: 'Transpose', input: [2, 3, 4], attributes: { perm: { kind: 'ints', value: [1, 2, 0] } } },
  { op: 'Unsqueeze', input: [2, 3], more: [ints('axes', [0, -1])] },
];

const model = ({ op, input, more = [], attributes = {} }: Case): OnnxModel => ({
  irVersion: 8,
  opset: 17,
  producer: '',
  metadata: new Map(),
  nodes: [
    {
      op,
      domain: '',
      inputs: ['x', ...more.map(({ name }) => name)],
      outputs: ['y'],
      attributes: new Map(Object.entries(attributes)),
    },
  ],
  initializers: more,
  inputs: [{ name: 'x', type: 'float32', dims: input }],
  outputs: [{ name: 'y', type: 'float32' }],
});

const run = (each: Case, x: Tensor): ReturnType<ReturnType<typeof program>['run']> =>
  program(each).run(new Map([['x', x]]), ['y']);
const program = (each: Case) => unwrap(createProgram(model(each), 'test'));

describe.each(
  CASES.map((each): [string, Case] => [`${each.op} of [${each.input.join(', ')}]`, each]),
)('%s', (_name, each) => {
  it('gives what onnxruntime gives', async () => {
    const { dims, data } = float('x', [...each.input], each.from);
    const session = await ort.InferenceSession.create(writeOnnx(model(each)), {
      logSeverityLevel: 3,
    });
    const { y } = await session.run({ x: new ort.Tensor('float32', data as Float32Array, dims) });
    const [mine] = unwrap(run(each, { type: 'float32', dims, data }));
    expect(mine!.dims).toEqual(Array.from(y!.dims));
    Array.from(y!.data as Float32Array).forEach((value, i) => {
      expect(Math.abs(mine!.data[i]! - value)).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(value)),
      );
    });
  });
});

describe('operators', () => {
  it.each<[Case, string]>([
    [{ op: 'Add', input: [3], more: [float('b', [2])] }, '[3] and [2] do not fit each other'],
    [{ op: 'Add', input: [3], more: [ints('b', [1, 2, 3])] }, 'float32 with int64'],
    [{ op: 'MatMul', input: [2, 3], more: [float('b', [2, 3])] }, '[2, 3] times [2, 3]'],
    [{ op: 'MatMul', input: [1, 2, 3], more: [float('b', [3])] }, 'products of 3 and 1 dimensions'],
    [{ op: 'Squeeze', input: [2, 3], more: [ints('a', [0])] }, 'axis 0 of [2, 3] is not 1'],
    [{ op: 'Reshape', input: [2, 3], more: [ints('s', [4, -1])] }, '[2, 3] as [4, -1]'],
    [{ op: 'Reshape', input: [2, 3], more: [ints('s', [0, -1, -1])] }, '[2, 3] as [2, -1, -1]'],
    [{ op: 'Softmax', input: [2], attributes: { axis: int(3) } }, 'axis 3 of 1 dimensions'],
    [
      { op: 'Softmax', input: [2], attributes: { axis: real(0) } },
      'attribute axis must be an integer',
    ],
    [{ op: 'Cast', input: [2], attributes: { to: int(8) } }, 'a cast to type 8'],
    [{ op: 'Cast', input: [2] }, 'attribute to must be an integer'],
    [
      { op: 'Transpose', input: [2, 3], attributes: { perm: { kind: 'ints', value: [0, 0] } } },
      'an order of axes 0, 0',
    ],
    [{ op: 'Unsqueeze', input: [2], more: [ints('a', [0, 0])] }, 'axes 0, 0'],
    [{ op: 'Add', input: [2] }, '1 operands where 2 are known'],
  ])('%j is refused', (each, problem) => {
    const x = float('x', [...each.input]);
    expect(run(each, x)).toMatchObject({
      left: {
        _tag: 'ModelFormat',
        path: `node 0 (${each.op})`,
        problem: expect.stringContaining(problem),
      },
    });
  });

  it('say which input is missing', () => {
    const each: Case = { op: 'Relu', input: [2] };
    expect(E.isLeft(program(each).run(new Map(), ['y']))).toBe(true);
    expect(program(each).run(new Map(), ['y'])).toMatchObject({
      left: { problem: 'no value is given for "x"' },
    });
  });
});
