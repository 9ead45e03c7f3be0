/** Codecs of the numbers in recipes, with their limits in the message. */
import * as t from 'io-ts';

/** A finite number within two limits. */
export const within = (low: number, high: number): t.Type<number, number, unknown> => {
  const is = (value: unknown): value is number =>
    typeof value === 'number' && value >= low && value <= high;
  return new t.Type(
    `a number ${low} .. ${high}`,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  );
};

/** A whole number within two limits. */
export const wholeWithin = (low: number, high: number): t.Type<number, number, unknown> => {
  const is = (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high;
  return new t.Type(
    `a whole number ${low} .. ${high}`,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  );
};
