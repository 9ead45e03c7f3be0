/**
 * Reader of the libsvm text format for what VMAF models use: nu-SVR with a
 * radial basis function (spec/model-svm.md section 3). Rows are sparse; an
 * absent index is 0. Every deviation is an error that names the line.
 */
import { either as E } from 'fp-ts';
import { printable, type TinyVmafError } from '@tinyvmaf/core';
import { parseCount, parseDecimal } from './decimal.js';

/** A support vector machine for regression with kernel `exp(-gamma * |x - v|^2)`. */
export interface SupportVectors {
  /** Kernel width, at least 0. */
  readonly gamma: number;
  /** Subtracted from the weighted sum. */
  readonly rho: number;
  /** Support vectors, in file order. */
  readonly count: number;
  /** Inputs per vector. */
  readonly width: number;
  /** `[count]`: weight of each vector. */
  readonly coefficients: Float64Array;
  /** `[count, width]`, row after row. */
  readonly values: Float64Array;
}

/** What a reader of the text must know. */
export interface LibsvmOptions {
  /** Inputs of the model; a larger index is an error. */
  readonly width: number;
  /** File, for messages. */
  readonly source: string;
  /** Place of the text in the file, for messages. Default `model`. */
  readonly path?: string;
  /** Most vectors that are taken. Default 100,000 (vmaf_v0.6.1 has 211). */
  readonly maxVectors?: number;
}

const MAX_VECTORS = 100_000;

/** What is wrong, and in which line (from 1). */
class Problem {
  constructor(
    readonly line: number,
    readonly text: string,
  ) {}
}

/**
 * Parses the text of a libsvm model.
 * @returns left `ModelFormat` with the line for anything that is not a nu-SVR model with
 * an RBF kernel and ascending indices from 1 to `width`.
 */
export const parseLibsvm = (
  text: string,
  options: LibsvmOptions,
): E.Either<TinyVmafError, SupportVectors> => {
  const result = read(text, options.width, options.maxVectors ?? MAX_VECTORS);
  if (!(result instanceof Problem)) return E.right(result);
  return E.left({
    _tag: 'ModelFormat',
    source: options.source,
    path: `${options.path ?? 'model'} line ${result.line}`,
    problem: result.text,
  });
};

const read = (text: string, width: number, maxVectors: number): SupportVectors | Problem => {
  const header = readHeader(text);
  if (header instanceof Problem) return header;
  const { gamma, rho, count } = header;
  if (count > maxVectors) {
    return new Problem(header.line, `total_sv is ${count}; at most ${maxVectors} are taken`);
  }
  // Each vector takes two characters at least: no room is made for more than can be there.
  if (count * 2 > text.length - header.end + 1) {
    return new Problem(header.line, `total_sv is ${count}, but the text has no room for them`);
  }
  const coefficients = new Float64Array(count);
  const values = new Float64Array(count * width);
  let line = header.line;
  let start = header.end;
  for (let i = 0; i < count; i++) {
    line++;
    if (start >= text.length) {
      return new Problem(line, `total_sv is ${count}, but there are ${i} support vectors`);
    }
    const end = lineEnd(text, start);
    const row = values.subarray(i * width, (i + 1) * width);
    const coefficient = readVector(text.slice(start, end), row);
    if (typeof coefficient === 'string') return new Problem(line, coefficient);
    coefficients[i] = coefficient;
    start = end + 1;
  }
  if (text.slice(start).trim() !== '') {
    return new Problem(line + 1, `total_sv is ${count}, but more follows after as many vectors`);
  }
  return { gamma, rho, count, width, coefficients, values };
};

const lineEnd = (text: string, start: number): number => {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
};

/** One row into `row`; its coefficient, or what is wrong. */
const readVector = (line: string, row: Float64Array): number | string => {
  const [first = '', ...pairs] = words(line);
  if (first === '') return 'is empty where a support vector should be';
  const coefficient = parseDecimal(first);
  if (coefficient === undefined) {
    return `the coefficient must be a decimal number, got ${printable(first)}`;
  }
  let previous = 0;
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const index = parseCount(pair.slice(0, Math.max(colon, 0)));
    if (index === undefined) return `expected index:value, got ${printable(pair)}`;
    if (index === 0) return `index 0 is not allowed, indices start at 1: ${printable(pair)}`;
    if (index <= previous) return `indices must ascend, got ${index} after ${previous}`;
    if (index > row.length) return `index ${index} is beyond the model's ${row.length} features`;
    const value = parseDecimal(pair.slice(colon + 1));
    if (value === undefined) {
      return `the value of index ${index} must be a decimal number, got ${printable(pair.slice(colon + 1))}`;
    }
    row[index - 1] = value;
    previous = index;
  }
  return coefficient;
};

const words = (line: string): readonly string[] =>
  line.split(/[ \t\r]+/).filter((word) => word !== '');

interface Header {
  readonly gamma: number;
  readonly rho: number;
  readonly count: number;
  /** Line of the `SV` token. */
  readonly line: number;
  /** Offset of the line after it. */
  readonly end: number;
}

/** Header entries: which must be there, and what their values must be. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['svm_type', 'nu_svr'],
  ['kernel_type', 'rbf'],
  ['nr_class', '2'],
]);
const NUMBERS: ReadonlySet<string> = new Set(['gamma', 'rho', 'total_sv']);
const REQUIRED = ['svm_type', 'kernel_type', 'gamma', 'total_sv', 'rho'];

/** Keys and values, separated by blanks or line ends, up to the token `SV`. */
const readHeader = (text: string): Header | Problem => {
  const entries = new Map<string, string>();
  const token = /\n|[^ \t\r\n]+/g;
  let line = 1;
  let key: string | undefined;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [word] = match;
    if (word === '\n') line++;
    else if (key !== undefined) {
      const problem = headerProblem(key, word);
      if (problem !== undefined) return new Problem(line, problem);
      entries.set(key, word);
      key = undefined;
    } else if (word === 'SV') {
      const end = lineEnd(text, token.lastIndex);
      if (text.slice(token.lastIndex, end).trim() !== '') {
        return new Problem(line, 'nothing may follow SV on its line');
      }
      return finishHeader(entries, line, end + 1);
    } else if (!WORDS.has(word) && !NUMBERS.has(word)) {
      return new Problem(line, `unknown header entry ${printable(word)}`);
    } else if (entries.has(word)) {
      return new Problem(line, `header entry ${word} is there twice`);
    } else key = word;
  }
  return new Problem(line, 'the header does not end: there is no SV line');
};

const headerProblem = (key: string, value: string): string | undefined => {
  const wanted = WORDS.get(key);
  if (wanted !== undefined) {
    return value === wanted ? undefined : `${key} must be ${wanted}, got ${printable(value)}`;
  }
  if (key === 'total_sv') {
    return parseCount(value) === undefined || Number(value) === 0
      ? `total_sv must be an integer of at least 1, got ${printable(value)}`
      : undefined;
  }
  const number = parseDecimal(value);
  if (number === undefined) return `${key} must be a decimal number, got ${printable(value)}`;
  return key === 'gamma' && number < 0 ? `gamma must be at least 0, got ${value}` : undefined;
};

const finishHeader = (
  entries: ReadonlyMap<string, string>,
  line: number,
  end: number,
): Header | Problem => {
  const missing = REQUIRED.filter((key) => !entries.has(key));
  if (missing.length > 0) {
    return new Problem(line, `the header lacks ${missing.join(', ')}`);
  }
  const number = (key: string): number => Number(entries.get(key));
  return { gamma: number('gamma'), rho: number('rho'), count: number('total_sv'), line, end };
};
