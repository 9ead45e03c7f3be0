import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import { describe, expect, it } from 'vitest';
import { decodeWith, issuesText, type DecodeIssue } from '../src/decode.js';
import type { TinyVmafError } from '../src/errors.js';

const asInternal = (issues: readonly DecodeIssue[]): TinyVmafError => ({
  _tag: 'Internal',
  problem: issuesText(issues),
});

const problem = (codec: t.Mixed, value: unknown): string => {
  const result = decodeWith(codec, value, asInternal);
  if (E.isRight(result)) throw new Error('decoded');
  return result.left._tag === 'Internal' ? result.left.problem : '';
};

const layer = t.intersection([
  t.type({ k: t.union([t.number, t.null]) }),
  t.partial({ name: t.string }),
]);

describe('decodeWith', () => {
  it('names path, expectation and value through arrays', () => {
    const codec = t.type({ model_dict: t.type({ slopes: t.array(t.number) }) });
    expect(problem(codec, { model_dict: { slopes: [1, 2, 3, 'x'] } })).toBe(
      'model_dict.slopes.3: expected number, got "x"',
    );
  });

  it('joins the alternatives of a union and hides its numbering', () => {
    expect(problem(t.type({ layers: t.array(layer) }), { layers: [{ k: 'x', name: 3 }] })).toBe(
      'layers.0.k: expected number or null, got "x"; layers.0.name: expected string, got 3',
    );
  });

  it('tells a missing member from null, arrays and objects', () => {
    const codec = t.type({ a: t.number, b: t.number, c: t.number, d: t.number });
    expect(problem(codec, { b: null, c: [1, 2], d: {} })).toBe(
      'a: expected number, got nothing; b: expected number, got null; c: expected number, got an array of 2; d: expected number, got an object',
    );
  });

  it('calls structures an object or an array', () => {
    const codec = t.type({ a: layer, b: t.array(layer), c: t.record(t.string, t.number) });
    expect(problem(codec, { a: 1, b: {}, c: [] })).toBe(
      'a: expected an object, got 1; b: expected an array, got an object; c: expected an object, got an array of 0',
    );
  });

  it('keeps the keys of strict, exact and read-only objects, and hides numbering inside them', () => {
    const both = t.intersection([t.type({ a: t.number }), t.partial({ b: t.number })]);
    expect(problem(t.strict({ a: t.strict({ b: t.number }) }), { a: { b: 'x' } })).toBe(
      'a.b: expected number, got "x"',
    );
    expect(problem(t.exact(both), { a: 1, b: 'x' })).toBe('b: expected number, got "x"');
    expect(problem(t.readonly(t.exact(both)), { a: 1, b: 'x' })).toBe(
      'b: expected number, got "x"',
    );
    expect(problem(t.readonly(t.exact(both)), 3)).toBe('expected an object, got 3');
  });

  it('has no path for the value itself', () => {
    expect(problem(t.number, 'x')).toBe('expected number, got "x"');
  });

  it('lists at most 20 issues', () => {
    const result = problem(
      t.array(t.number),
      Array.from({ length: 1000 }, () => 'x'),
    );
    expect(result.split(';')).toHaveLength(20);
  });

  it('passes the value on the right', () => {
    expect(decodeWith(layer, { k: 1 }, asInternal)).toEqual(E.right({ k: 1 }));
  });
});
