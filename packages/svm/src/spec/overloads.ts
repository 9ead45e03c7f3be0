/**
 * Extractor options set from outside, put into a model's inputs: with both gain
 * limits at 1 the ordinary model becomes the NEG model.
 */
import { either as E } from 'fp-ts';
import type { TinyVmafError } from '@tinyvmaf/core';
import { parseDecimal } from '../libsvm/decimal.js';
import type { Model, OptionValue } from '../model/model.js';
import type { OptionOverload } from './model-spec.js';

/**
 * A model with options set on all inputs of the extractors named. Whether an extractor
 * has such an option, and such a value, is judged by the extractor.
 * @returns left `BadArgument` for an extractor that the model does not use.
 */
export const applyOverloads = <A extends Pick<Model, 'inputs'>>(
  model: A,
  overloads: readonly OptionOverload[],
): E.Either<TinyVmafError, A> => {
  if (overloads.length === 0) return E.right(model);
  const used = new Set<string>(model.inputs.map((input) => input.extractor));
  const stray = overloads.find((one) => !used.has(one.extractor));
  if (stray !== undefined) {
    return E.left({
      _tag: 'BadArgument',
      argument: '--model',
      rule: `options of this model are those of ${[...used].join(', ')}`,
      value: `${stray.extractor}.${stray.option}=${stray.value}`,
    });
  }
  const inputs = model.inputs.map((input) => {
    const own = overloads.filter((one) => one.extractor === input.extractor);
    const set = own.map((one): [string, OptionValue] => [one.option, optionValue(one.value)]);
    return { ...input, options: { ...input.options, ...Object.fromEntries(set) } };
  });
  return E.right({ ...model, inputs });
};

/** An option as written: a decimal number, `true` or `false`, else text. */
export const optionValue = (text: string): OptionValue =>
  text === 'true' ? true : text === 'false' ? false : (parseDecimal(text) ?? text);
