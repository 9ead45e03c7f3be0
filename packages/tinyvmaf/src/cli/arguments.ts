/**
 * Values of command-line options: text in, checked values out. A rule that is
 * broken becomes commander's usage error, exit status 1.
 */
import { InvalidArgumentError } from 'commander';
import { isPoolMethod, POOL_METHODS, type PoolMethod } from '@tinyvmaf/core';

/** An integer in decimal or `0x` notation, as libvmaf's options take it. */
export const integer =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const value = /^(\d+|0[xX][0-9a-fA-F]+)$/.test(text) ? Number(text) : NaN;
    if (!(value >= minimum && value <= maximum)) {
      throw new InvalidArgumentError(`Must be an integer ${minimum} to ${maximum}.`);
    }
    return value;
  };

/** One of a few words. */
export const choice =
  <A extends string>(...allowed: readonly A[]) =>
  (text: string): A => {
    const found = allowed.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`Must be ${allowed.join(', ')}.`);
    return found;
  };

/** One of a few numbers. */
export const numberChoice =
  <A extends number>(...allowed: readonly A[]) =>
  (text: string): A => {
    const found = allowed.find((number) => String(number) === text);
    if (found === undefined) throw new InvalidArgumentError(`Must be ${allowed.join(', ')}.`);
    return found;
  };

/** Collects a repeatable option. */
export const repeatable = (text: string, previous: readonly string[] | undefined): string[] => [
  ...(previous ?? []),
  text,
];

/** A comma-separated list of words. */
export const commaList = (text: string): readonly string[] => {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidArgumentError('Must be words separated by commas.');
  return words;
};

/** A comma-separated list of pooling methods. */
export const poolList = (text: string): readonly PoolMethod[] => {
  const methods = text.split(',').map((word) => word.trim());
  const unknown = methods.find((word) => !isPoolMethod(word));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is none of ${POOL_METHODS.join(', ')}.`);
  }
  return methods.filter(isPoolMethod);
};

/**
 * Long options may be written with dashes or with libvmaf's underscores:
 * rewrites `--frame-skip-ref` to `--frame_skip_ref` where only the latter is
 * known, up to a `--`.
 */
export const normaliseOptions = (
  argv: readonly string[],
  known: ReadonlySet<string>,
): readonly string[] => {
  const end = argv.indexOf('--');
  return argv.map((word, i) => {
    if ((end >= 0 && i >= end) || !word.startsWith('--')) return word;
    const [, name = '', rest = ''] = /^(--[^=]*)(.*)$/.exec(word) ?? [];
    const variants = [name.replaceAll('_', '-'), `--${name.slice(2).replaceAll('-', '_')}`];
    const variant = known.has(name) ? undefined : variants.find((other) => known.has(other));
    return variant === undefined ? word : variant + rest;
  });
};
