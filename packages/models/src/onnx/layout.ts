/**
 * Operators that compute nothing: they move numbers, or see the same ones in
 * other sizes.
 */
import { integerOf, integersOf } from './attributes.js';
import {
  around,
  axisOf,
  operand,
  reshaped,
  RunError,
  sizeOf,
  zeros,
  type Budget,
  type Operator,
  type Tensor,
} from './compute.js';

/** A tensor with its axes in another order; reversed by default. */
export const transposed = (budget: Budget, a: Tensor, order?: readonly number[]): Tensor => {
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

/** These operators by name. */
export const LAYOUT: readonly (readonly [string, Operator])[] = [
  ['Concat', concat],
  ['Flatten', flatten],
  ['Reshape', reshape],
  ['Squeeze', squeeze],
  ['Transpose', transpose],
  ['Unsqueeze', unsqueeze],
];
