/**
 * Operators on eight-bit numbers: weights with a scale, which our files use,
 * and quantisation on the fly, which some of our peers' do.
 */
import {
  around,
  axisOf,
  mapped,
  operand,
  product,
  RunError,
  zeros,
  type Operator,
  type Tensor,
} from './compute.js';

/** Adding and subtracting it rounds to an integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;
const nearest = (x: number): number => x + ROUNDER - ROUNDER;

const dequantizeLinear: Operator = (node, inputs, budget) => {
  const x = operand(inputs, 0);
  const scale = operand(inputs, 1);
  const zero = inputs[2];
  if (scale.type !== 'float32') throw new RunError(`a scale of type ${scale.type}`);
  const attribute = node.attributes.get('axis');
  const perAxis = scale.dims.length === 1 && scale.data.length > 1;
  const axis = perAxis
    ? axisOf(attribute?.kind === 'int' ? attribute.value : 1, x.dims.length)
    : x.dims.length;
  const [, count, after] = perAxis ? around(x.dims, axis) : [1, 1, 1];
  if (scale.data.length !== count || (zero !== undefined && zero.data.length !== count)) {
    throw new RunError(`${scale.data.length} scales for ${count} slices`);
  }
  const out = zeros(budget, 'float32', x.dims);
  for (let i = 0; i < out.data.length; i++) {
    const slice = Math.floor(i / after) % count;
    // Both factors have few enough bits for the product to be exact before it is rounded.
    out.data[i] = ((x.data[i] ?? NaN) - (zero?.data[slice] ?? 0)) * (scale.data[slice] ?? NaN);
  }
  return [out];
};

const dynamicQuantizeLinear: Operator = (_node, inputs, budget) => {
  const x = operand(inputs, 0);
  let low = 0;
  let high = 0;
  for (const value of x.data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const range = Math.fround(Math.fround(high - low) / 255);
  const scale = range === 0 ? 1 : range;
  const within = (value: number): number => Math.max(0, Math.min(255, value));
  const zero = nearest(within(Math.fround(-low / scale)));
  const y = zeros(budget, 'uint8', x.dims);
  for (let i = 0; i < y.data.length; i++) {
    y.data[i] = within(nearest(Math.fround((x.data[i] ?? NaN) / scale)) + zero);
  }
  return [
    y,
    { type: 'float32', dims: [], data: Float32Array.of(scale) },
    { type: 'uint8', dims: [], data: Uint8Array.of(zero) },
  ];
};

const matMulInteger: Operator = (_node, inputs, budget) => {
  const shifted = (at: number, zeroAt: number): Tensor => {
    const a = operand(inputs, at);
    const zero = inputs[zeroAt];
    if (zero !== undefined && zero.data.length !== 1) throw new RunError('a zero point per column');
    const offset = zero?.data[0] ?? 0;
    const wide = { ...a, type: 'int32' as const };
    return mapped(budget, wide, (x) => x - offset);
  };
  return [product(budget, shifted(0, 2), shifted(1, 3), 'int32')];
};

/** Quantised operators by name. */
export const QUANTISED: readonly (readonly [string, Operator])[] = [
  ['DequantizeLinear', dequantizeLinear],
  ['DynamicQuantizeLinear', dynamicQuantizeLinear],
  ['MatMulInteger', matMulInteger],
];
