/**
 * Numbers in tables: a point, digits, perhaps an exponent, whatever the locale
 * of the machine. A decimal comma, `nan` and `inf` are no numbers here, so that
 * no label is ever read as something else than what was written.
 */
import { printable } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA = /^[+-]?\d+,\d+$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;

/** A finite number. Left: why the text is none, with the text. */
export const parseNumber = (text: string): E.Either<string, number> => {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) {
    const value = Number(trimmed);
    return Number.isFinite(value) ? E.right(value) : E.left(`${printable(trimmed)} is too large`);
  }
  if (trimmed === '') return E.left('is empty; a number is needed');
  if (COMMA.test(trimmed)) {
    return E.left(`${printable(trimmed)} has a decimal comma; write a decimal point`);
  }
  if (NOT_FINITE.test(trimmed)) {
    return E.left(`${printable(trimmed)} is not a finite number; leave the row out`);
  }
  return E.left(`${printable(trimmed)} is not a number`);
};

/** A finite number as a whole number from `least` up. Left: why it is none. */
export const parseCount = (text: string, least: number): E.Either<string, number> => {
  const value = parseNumber(text);
  if (E.isLeft(value)) return value;
  return Number.isSafeInteger(value.right) && value.right >= least
    ? value
    : E.left(`${printable(text.trim())} is not a whole number >= ${least}`);
};
