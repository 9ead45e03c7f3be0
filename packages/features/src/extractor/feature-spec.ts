/**
 * The text form of a request, as the `--feature` option of libvmaf's tool
 * takes it: `name` or `name=option=value:option=value`.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E, function as F } from 'fp-ts';
import { describeRule, findOption, type ExtractorName, type OptionValue } from './options.js';
import { bad, checkName, resolveRequest, unknownOption, type ExtractorRequest } from './request.js';

/** Decimal number: `1`, `-0.5`, `.5`, `1e-3`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads `adm`, `adm=adm_enhn_gain_limit=1.0:debug=true`.
 * @returns BadArgument for unknown extractors (with the list of those that
 * exist), unknown options (likewise), and values that break an option's rule.
 */
export const parseFeatureSpec = (text: string): E.Either<TinyVmafError, ExtractorRequest> => {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  return F.pipe(
    checkName(name),
    E.chain((extractor) =>
      F.pipe(
        equals < 0 ? E.right({}) : parseFeatureOptions(extractor, text.slice(equals + 1)),
        E.map((options): ExtractorRequest => ({ name: extractor, options })),
      ),
    ),
    E.chainFirst(resolveRequest),
  );
};

/**
 * Reads `adm_enhn_gain_limit=1.0:debug=true` for one extractor. Long names and
 * aliases are taken; the result has long names.
 */
export const parseFeatureOptions = (
  extractor: ExtractorName,
  text: string,
): E.Either<TinyVmafError, Record<string, OptionValue>> => {
  const options: Record<string, OptionValue> = {};
  for (const part of text.split(':')) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const option = findOption(extractor, key);
    if (option === undefined) return unknownOption(extractor, key);
    const argument = `${extractor}.${option.name}`;
    if (option.name in options) return bad(argument, 'is given twice');
    if (equals < 0) return bad(argument, 'needs a value: option=value');
    const value = parseOptionValue(part.slice(equals + 1), option.kind === 'boolean');
    if (value === undefined) return bad(argument, describeRule(option), part.slice(equals + 1));
    options[option.name] = value;
  }
  return E.right(options);
};

const parseOptionValue = (text: string, isBoolean: boolean): OptionValue | undefined => {
  if (isBoolean) return text === 'true' ? true : text === 'false' ? false : undefined;
  return NUMBER.test(text) ? Number(text) : undefined;
};
