/**
 * Patterns such as `{source}_{rung}.mp4`: text that stands for itself and
 * placeholders in braces. Never turned into a regular expression, so nothing
 * in a pattern or a file name can change what it means or make it slow.
 */
import type { TinyVmafError } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';

/** Placeholders that stand for numbers. */
const NUMBERS = new Set(['height', 'width', 'kbps', 'crf', 'qp', 'fps']);

/** Placeholders that stand for any text of one character or more. */
const TEXTS = new Set(['source', 'rung', 'codec', 'preset']);

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' | 'number'; readonly name: string };

/** A pattern that was read. */
export interface Pattern {
  readonly tokens: readonly Token[];
}

const wrong = (value: string, rule: string): E.Either<TinyVmafError, never> =>
  E.left({ _tag: 'BadArgument', argument: '--pattern', rule, value });

const names = [...TEXTS, ...NUMBERS].map((name) => `{${name}}`).join(', ');

/**
 * Reads a pattern: it holds `{source}` once, other placeholders once at most,
 * and two placeholders never touch.
 * Left: `BadArgument` with the rule.
 */
export const parsePattern = (text: string): E.Either<TinyVmafError, Pattern> => {
  const tokens: Token[] = [];
  const seen = new Set<string>();
  const parts = text.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  for (const part of parts) {
    if (!part.startsWith('{')) {
      if (/[{}]/.test(part)) return wrong(text, 'must close every brace that it opens');
      if (part.includes('/')) return wrong(text, 'must be of a file name, without folders');
      tokens.push({ kind: 'text', text: part });
      continue;
    }
    const name = part.slice(1, -1);
    if (!TEXTS.has(name) && !NUMBERS.has(name)) {
      return wrong(text, `may hold the placeholders ${names}`);
    }
    if (seen.has(name)) return wrong(text, `must hold ${part} once at most`);
    if (tokens.at(-1)?.kind !== 'text' && tokens.length > 0) {
      return wrong(text, 'must have text between two placeholders');
    }
    seen.add(name);
    tokens.push({ kind: NUMBERS.has(name) ? 'number' : 'any', name });
  }
  if (!seen.has('source')) return wrong(text, 'must hold {source}');
  return E.right({ tokens });
};

/** What the placeholders stand for in one name. */
export type Captures = Readonly<Record<string, string>>;

const NUMBER = /^\d{1,9}(?:\.\d{1,6})?$/;

/**
 * Every way in which a whole name can be read, told apart by the source:
 * at most one reading for each source that `known` accepts, the longest source
 * first; in it the other placeholders are as short as they can be.
 */
export const matchPattern = (
  pattern: Pattern,
  name: string,
  known: (source: string) => boolean,
): readonly Captures[] => {
  const { tokens } = pattern;
  const at = tokens.findIndex((token) => token.kind === 'any' && token.name === 'source');
  const before = tokens.slice(0, at);
  const after = tokens.slice(at + 1);
  const found: Captures[] = [];
  for (let start = 0; start < name.length; start++) {
    for (let end = name.length; end > start; end--) {
      const source = name.slice(start, end);
      if (!known(source)) continue;
      const head = matchAll(before, name.slice(0, start));
      const tail = head === undefined ? undefined : matchAll(after, name.slice(end));
      if (head !== undefined && tail !== undefined) found.push({ ...head, ...tail, source });
    }
    // Without anything before it, a source begins at the beginning.
    if (before.length === 0) break;
  }
  const longest = new Map(found.map((one) => [one['source'] ?? '', one]));
  return [...longest.values()].sort(
    (a, b) => (b['source']?.length ?? 0) - (a['source']?.length ?? 0),
  );
};

/**
 * Matches all of `text`; placeholders from the left, as short as they can be.
 * Failed places are remembered, so the work grows with tokens x length^2 at
 * most, whatever the text.
 */
const matchAll = (tokens: readonly Token[], text: string): Captures | undefined => {
  const failed = new Set<number>();
  const go = (token: number, from: number): Record<string, string> | undefined => {
    const key = token * (text.length + 1) + from;
    if (failed.has(key)) return undefined;
    const found = step(token, from);
    if (found === undefined) failed.add(key);
    return found;
  };
  const step = (token: number, from: number): Record<string, string> | undefined => {
    const one = tokens[token];
    if (one === undefined) return from === text.length ? {} : undefined;
    if (one.kind === 'text') {
      return text.startsWith(one.text, from) ? go(token + 1, from + one.text.length) : undefined;
    }
    for (let end = from + 1; end <= text.length; end++) {
      const value = text.slice(from, end);
      if (one.kind === 'number' && !NUMBER.test(value)) {
        if (!/^\d+\.?$/.test(value)) break;
        continue;
      }
      const rest = go(token + 1, end);
      if (rest !== undefined) return { ...rest, [one.name]: value };
    }
    return undefined;
  };
  return go(0, 0);
};
