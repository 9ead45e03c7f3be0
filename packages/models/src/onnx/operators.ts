/**
 * The operators that our files and those of our peers use, in plain
 * TypeScript. Doubles are computed in doubles; results of other types are
 * rounded once per element. Anything else is an error that names the operator.
 */
import {
  around,
  axisOf,
  elementwise,
  mapped,
  operand,
  product,
  reshaped,
  RunError,
  sizeOf,
  zeros,
  type Budget,
  type Operator,
  type Tensor,
} from './compute.js';
import { QUANTISED } from './quantised.js';
import { elementType, type OnnxNode } from './types.js';

/** An integer attribute. */
const integerOf = (node: OnnxNode, name: string, preset?: number): number => {
  const attribute = node.attributes.get(name);
  if (attribute === undefined && preset !== undefined) return preset;
  if (attribute?.kind !== 'int') throw new RunError(`attribute ${name} must be an integer`);
  return attribute.value;
};

const floatOf = (node: OnnxNode, name: string, preset: number): number => {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return preset;
  if (attribute.kind !== 'float') throw new RunError(`attribute ${name} must be a number`);
  return attribute.value;
};

/** Integers of an operand, or of the attribute that old files have instead. */
const integersOf = (
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

const binary =
  (f: (x: number, y: number) => number): Operator =>
  (_node, inputs, budget) => {
    if (inputs.length !== 2) throw new RunError(`${inputs.length} operands where 2 are known`);
    return [elementwise(budget, operand(inputs, 0), operand(inputs, 1), f)];
  };

const unary =
  (f: (x: number) => number): Operator =>
  (_node, inputs, budget) => [mapped(budget, operand(inputs, 0), f)];

const cast: Operator = (node, inputs, budget) => {
  const a = operand(inputs, 0);
  const number = integerOf(node, 'to');
  const type = elementType(number);
  if (type === undefined) throw new RunError(`a cast to type ${number}`);
  const out = zeros(budget, type, a.dims);
  const whole = type !== 'float32' && type !== 'float64';
  for (let i = 0; i < out.data.length; i++) {
    const value = a.data[i] ?? NaN;
    out.data[i] = whole ? Math.trunc(value) : value;
  }
  return [out];
};

const clip: Operator = (node, inputs, budget) => {
  const bound = (at: number, name: string, preset: number): number =>
    inputs[at] === undefined ? floatOf(node, name, preset) : (inputs[at].data[0] ?? NaN);
  const low = bound(1, 'min', -Infinity);
  const high = bound(2, 'max', Infinity);
  return [mapped(budget, operand(inputs, 0), (x) => Math.min(high, Math.max(low, x)))];
};

const matmul: Operator = (_node, inputs, budget) => {
  const a = operand(inputs, 0);
  const b = operand(inputs, 1);
  if (a.type !== b.type) throw new RunError(`${a.type} with ${b.type}`);
  return [product(budget, a, b, a.type)];
};

const transposed = (budget: Budget, a: Tensor, order?: readonly number[]): Tensor => {
  const rank = a.dims.length;
  const from = order ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (
    from.length !== rank ||
    new Set(from).size !== rank ||
    from.some((i) => a.dims[i] === undefined)
  ) {
    throw new RunError(`an order of axes ${from.join(', ')} for ${rank} dimensions`);
  }
  const dims = from.map((i) => a.dims[i] ?? 1);
  const out = zeros(budget, a.type, dims);
  const stepOf = a.dims.map((_, i) => sizeOf(a.dims.slice(i + 1)));
  const stepsOf = from.map((i) => stepOf[i] ?? 0);
  const counter = new Array<number>(rank).fill(0);
  let at = 0;
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = a.data[at] ?? NaN;
    for (let axis = rank - 1; axis >= 0; axis--) {
      at += stepsOf[axis] ?? 0;
      counter[axis] = (counter[axis] ?? 0) + 1;
      const dim = dims[axis] ?? 1;
      if ((counter[axis] ?? 0) < dim) break;
      counter[axis] = 0;
      at -= dim * (stepsOf[axis] ?? 0);
    }
  }
  return out;
};

const transpose: Operator = (node, inputs, budget) => [
  transposed(budget, operand(inputs, 0), integersOf(node, [], 0, 'perm')),
];

const gemm: Operator = (node, inputs, budget) => {
  const turn = (a: Tensor, name: string): Tensor => {
    if (a.dims.length !== 2) throw new RunError(`a matrix of ${a.dims.length} dimensions`);
    return integerOf(node, name, 0) === 0 ? a : transposed(budget, a);
  };
  const alpha = floatOf(node, 'alpha', 1);
  const beta = floatOf(node, 'beta', 1);
  const a = turn(operand(inputs, 0), 'transA');
  const result = product(budget, a, turn(operand(inputs, 1), 'transB'), a.type);
  const scaled = alpha === 1 ? result : mapped(budget, result, (x) => x * alpha);
  const c = inputs[2];
  return [c === undefined ? scaled : elementwise(budget, scaled, c, (x, y) => x + beta * y)];
};

const softmax: Operator = (node, inputs, budget) => {
  const a = operand(inputs, 0);
  const axis = axisOf(integerOf(node, 'axis', -1), a.dims.length);
  const [before, count, after] = around(a.dims, axis);
  const out = zeros(budget, a.type, a.dims);
  const terms = new Float64Array(count);
  for (let i = 0; i < before; i++) {
    for (let j = 0; j < after; j++) {
      const start = i * count * after + j;
      let largest = -Infinity;
      for (let k = 0; k < count; k++) {
        largest = Math.max(largest, a.data[start + k * after] ?? NaN);
      }
      let total = 0;
      for (let k = 0; k < count; k++) {
        const term = Math.exp((a.data[start + k * after] ?? NaN) - largest);
        terms[k] = term;
        total += term;
      }
      for (let k = 0; k < count; k++) out.data[start + k * after] = (terms[k] ?? NaN) / total;
    }
  }
  return [out];
};

const reduced = (budget: Budget, a: Tensor, axis: number, mean: boolean): Tensor => {
  const [before, count, after] = around(a.dims, axis);
  const dims = a.dims.map((dim, i) => (i === axis ? 1 : dim));
  const out = zeros(budget, a.type, dims);
  for (let i = 0; i < before; i++) {
    for (let j = 0; j < after; j++) {
      let total = 0;
      for (let k = 0; k < count; k++) total += a.data[(i * count + k) * after + j] ?? NaN;
      out.data[i * after + j] = mean ? total / count : total;
    }
  }
  return out;
};

const reduce =
  (mean: boolean): Operator =>
  (node, inputs, budget) => {
    const a = operand(inputs, 0);
    const rank = a.dims.length;
    const given = integersOf(node, inputs, 1, 'axes') ?? [];
    if (given.length === 0 && integerOf(node, 'noop_with_empty_axes', 0) !== 0) return [a];
    const axes = new Set(
      given.length === 0 ? a.dims.keys() : given.map((axis) => axisOf(axis, rank)),
    );
    let out = a;
    for (const axis of axes) out = reduced(budget, out, axis, mean);
    return integerOf(node, 'keepdims', 1) === 0
      ? [
          reshaped(
            out,
            out.dims.filter((_, i) => !axes.has(i)),
          ),
        ]
      : [out];
  };

const squeeze: Operator = (node, inputs) => {
  const a = operand(inputs, 0);
  const given = integersOf(node, inputs, 1, 'axes');
  const axes = new Set(
    given?.map((axis) => axisOf(axis, a.dims.length)) ??
      [...a.dims.keys()].filter((axis) => a.dims[axis] === 1),
  );
  for (const axis of axes) {
    if (a.dims[axis] !== 1) throw new RunError(`axis ${axis} of [${a.dims.join(', ')}] is not 1`);
  }
  return [
    reshaped(
      a,
      a.dims.filter((_, i) => !axes.has(i)),
    ),
  ];
};

const unsqueeze: Operator = (node, inputs) => {
  const a = operand(inputs, 0);
  const given = integersOf(node, inputs, 1, 'axes') ?? [];
  const rank = a.dims.length + given.length;
  const axes = new Set(given.map((axis) => axisOf(axis, rank)));
  if (axes.size !== given.length) throw new RunError(`axes ${given.join(', ')}`);
  const rest = [...a.dims];
  return [
    reshaped(
      a,
      Array.from({ length: rank }, (_, i) => (axes.has(i) ? 1 : (rest.shift() ?? 1))),
    ),
  ];
};

const reshape: Operator = (_node, inputs) => {
  const a = operand(inputs, 0);
  const wanted = Array.from(operand(inputs, 1).data, (dim, i) =>
    dim === 0 ? (a.dims[i] ?? 0) : dim,
  );
  const known = sizeOf(wanted.filter((dim) => dim !== -1));
  const dims = wanted.map((dim) => (dim === -1 ? a.data.length / known : dim));
  if (dims.some((dim) => !Number.isInteger(dim) || dim < 0) || sizeOf(dims) !== a.data.length) {
    throw new RunError(`[${a.dims.join(', ')}] as [${wanted.join(', ')}]`);
  }
  return [reshaped(a, dims)];
};

const flatten: Operator = (node, inputs) => {
  const a = operand(inputs, 0);
  const axis = integerOf(node, 'axis', 1);
  const at = axis < 0 ? axis + a.dims.length : axis;
  return [reshaped(a, [sizeOf(a.dims.slice(0, at)), sizeOf(a.dims.slice(at))])];
};

const concat: Operator = (node, inputs, budget) => {
  const first = operand(inputs, 0);
  const axis = axisOf(integerOf(node, 'axis'), first.dims.length);
  const [before, , after] = around(first.dims, axis);
  const parts = inputs.map((_, i) => operand(inputs, i));
  for (const { dims, type } of parts) {
    const same =
      dims.length === first.dims.length &&
      dims.every((dim, i) => i === axis || dim === first.dims[i]);
    if (!same || type !== first.type) throw new RunError('operands that do not fit each other');
  }
  const total = parts.reduce((sum, { dims }) => sum + (dims[axis] ?? 0), 0);
  const out = zeros(
    budget,
    first.type,
    first.dims.map((dim, i) => (i === axis ? total : dim)),
  );
  let start = 0;
  for (const { dims, data } of parts) {
    const length = (dims[axis] ?? 0) * after;
    for (let i = 0; i < before; i++) {
      out.data.set(data.subarray(i * length, (i + 1) * length), i * total * after + start);
    }
    start += length;
  }
  return [out];
};

const constant: Operator = (node) => {
  const attribute = node.attributes.get('value');
  if (attribute?.kind !== 'tensor') throw new RunError('a constant without a tensor');
  return [attribute.value];
};

/**
 * The error function, to about 1e-15: its series of positive terms,
 * 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)).
 */
const erf = (x: number): number => {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  let term = a;
  let sum = a;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * a * a) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * Math.min(1, (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum);
};

/** Operators of the standard set that can be run, by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...QUANTISED,
  ['Abs', unary(Math.abs)],
  ['Add', binary((x, y) => x + y)],
  ['Cast', cast],
  ['Clip', clip],
  ['Concat', concat],
  ['Constant', constant],
  ['Div', binary((x, y) => x / y)],
  ['Erf', unary(erf)],
  ['Exp', unary(Math.exp)],
  ['Flatten', flatten],
  ['Gemm', gemm],
  ['Identity', (_node, inputs) => [operand(inputs, 0)]],
  ['MatMul', matmul],
  ['Max', binary(Math.max)],
  ['Min', binary(Math.min)],
  ['Mul', binary((x, y) => x * y)],
  ['Neg', unary((x) => -x)],
  ['ReduceMean', reduce(true)],
  ['ReduceSum', reduce(false)],
  ['Relu', unary((x) => Math.max(x, 0))],
  ['Reshape', reshape],
  ['Sigmoid', unary((x) => 1 / (1 + Math.exp(-x)))],
  ['Softmax', softmax],
  ['Sqrt', unary(Math.sqrt)],
  ['Squeeze', squeeze],
  ['Sub', binary((x, y) => x - y)],
  ['Tanh', unary(Math.tanh)],
  ['Transpose', transpose],
  ['Unsqueeze', unsqueeze],
]);
