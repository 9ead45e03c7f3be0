/**
 * The operators that our files and those of our peers use, in plain
 * TypeScript. Doubles are computed in doubles; results of other types are
 * rounded once per element. Anything else is an error that names the operator.
 */
import { exp } from '../graph/exp.js';
import {
  around,
  axisOf,
  elementwise,
  mapped,
  operand,
  product,
  reshaped,
  RunError,
  zeros,
  type Budget,
  type Operator,
  type Tensor,
} from './compute.js';
import { floatOf, integerOf, integersOf } from './attributes.js';
import { LAYOUT, transposed } from './layout.js';
import { QUANTISED } from './quantised.js';
import { elementType } from './types.js';

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
        const term = exp((a.data[start + k * after] ?? NaN) - largest);
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
  return Math.sign(x) * Math.min(1, (2 / Math.sqrt(Math.PI)) * exp(-a * a) * sum);
};

/** Operators of the standard set that can be run, by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...LAYOUT,
  ...QUANTISED,
  ['Abs', unary(Math.abs)],
  ['Add', binary((x, y) => x + y)],
  ['Cast', cast],
  ['Clip', clip],
  ['Constant', constant],
  ['Div', binary((x, y) => x / y)],
  ['Erf', unary(erf)],
  ['Exp', unary(exp)],
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
  ['Sigmoid', unary((x) => 1 / (1 + exp(-x)))],
  ['Softmax', softmax],
  ['Sqrt', unary(Math.sqrt)],
  ['Sub', binary((x, y) => x - y)],
  ['Tanh', unary(Math.tanh)],
]);
